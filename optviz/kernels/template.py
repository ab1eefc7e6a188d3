"""Modules with gaps: what is printed goes where a comment names it."""

import re
from collections.abc import Mapping


def filled(template: str, parts: Mapping[str, str | list[str]]) -> str:
    """Return the template with a text in place of every /*name*/, or with lines where it is one.

    What documents it stays in the template: it is sent to everybody.
    """

    def lines(found: re.Match[str]) -> str:
        return "".join(f"{found[1]}{line}\n" for line in parts[found[2]])

    def text(found: re.Match[str]) -> str:
        return str(parts[found[1]])

    code = re.sub(r"^/\*\*.*?\*/\n", "", template, flags=re.M | re.S)
    several = re.sub(r"^( *)/\*([\w ]+)\*/\n", lines, code, flags=re.M)
    return re.sub(r"/\*([\w ]+)\*/", text, several)
