"""All rules on a surface as one ES module: what may be wanted next, before it is."""

import re
from collections.abc import Callable, Iterator, Mapping

from optviz.kernels.kernel import kernel
from optviz.kernels.lines import lines_kernel
from optviz.kernels.schedule import schedule_kernel
from optviz.notation import CannotPrint
from optviz.rules import RULES
from optviz.schedules import SCHEDULES

_EXPORT = re.compile(r"^export (?=(?:const|function) (\w+))", re.M)
# What stands before the name of a rule's lines.
LINES = "lines"


def stock(surface: str) -> str:
    """Return an ES module that exports `modules`, what each kernel exports, by its name.

    They are called like adam/beale and cosine. What no kernel can do is left out; RaceError if
    there is no such surface.
    """
    makers: dict[str, Callable[[], str]] = {
        f"{rule}/{surface}": lambda rule=rule: kernel(rule, surface) for rule in RULES
    }
    makers |= {slug: lambda slug=slug: schedule_kernel(slug) for slug in SCHEDULES}
    return _together(makers)


def lines_stock(surface: str) -> str:
    """Return the same of all rules' lines, called like lines/adam/beale."""
    return _together(
        {
            f"{LINES}/{rule}/{surface}": lambda rule=rule: lines_kernel(rule, surface)
            for rule in RULES
        }
    )


def _together(makers: Mapping[str, Callable[[], str]]) -> str:
    return f"export const modules = {{\n{','.join(_parts(makers))}}};\n"


def _parts(makers: Mapping[str, Callable[[], str]]) -> Iterator[str]:
    for name, make in makers.items():
        try:
            text = make()
        except CannotPrint:
            continue
        exports = ", ".join(_EXPORT.findall(text))
        yield f'"{name}": (() => {{\n{_EXPORT.sub("", text)}return {{ {exports} }};\n}})()'
