"""All rules on a surface, and all schedules, as one ES module: what may be wanted next."""

import re
from collections.abc import Callable, Iterator

from optviz.kernels.kernel import kernel
from optviz.kernels.schedule import schedule_kernel
from optviz.notation import CannotPrint
from optviz.rules import RULES
from optviz.schedules import SCHEDULES

_EXPORT = re.compile(r"^export (?=(?:const|function) (\w+))", re.M)


def stock(surface: str) -> str:
    """Return an ES module that exports `modules`, what each kernel exports, by its name.

    They are called like adam/beale and cosine. What no kernel can do is left out; RaceError if
    there is no such surface.
    """
    makers: dict[str, Callable[[], str]] = {
        f"{rule}/{surface}": lambda rule=rule: kernel(rule, surface) for rule in RULES
    }
    makers |= {slug: lambda slug=slug: schedule_kernel(slug) for slug in SCHEDULES}
    return f"export const modules = {{\n{','.join(_parts(makers))}}};\n"


def _parts(makers: dict[str, Callable[[], str]]) -> Iterator[str]:
    for name, make in makers.items():
        try:
            text = make()
        except CannotPrint:
            continue
        exports = ", ".join(_EXPORT.findall(text))
        yield f'"{name}": (() => {{\n{_EXPORT.sub("", text)}return {{ {exports} }};\n}})()'
