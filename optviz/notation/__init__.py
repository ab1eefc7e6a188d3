"""Equations printed from code: the syntax tree of a Python function, as LaTeX."""

from typing import Any

from optviz.notation.definition import CannotPrint, Definition
from optviz.notation.equations import equations, names, steps
from optviz.notation.layout import aligned
from optviz.notation.names import plain
from optviz.notation.symbols import NOTATIONS, Notation, current, find, preferred

__all__ = ["NOTATIONS", "CannotPrint", "Notation", "current", "latex", "lines", "symbol", "text"]


def latex(thing: Any, notation: str = "book") -> str:
    """Return the equations of a rule, a schedule, a surface, or of a function that defines one.

    A LaTeX that `thing` declares by hand as its `equation` is returned as it is. `notation` is a
    slug of NOTATIONS (ValueError otherwise); a surface reads the same in all of them. What cannot
    be printed raises CannotPrint, with a sentence that says what and where.
    """
    find(notation)
    return getattr(thing, "equation", None) or equations(Definition.of(_function(thing)), notation)


def lines(rule: Any, notation: str = "book") -> list[str]:
    """Return the LaTeX of each line of a rule's step, one for every assignment of its code.

    A rule with an equation made by hand has none.
    """
    find(notation)
    if getattr(rule, "equation", None):
        return []
    return [aligned([line]) for line in steps(Definition.of(_function(rule)), notation)]


def symbol(name: str, notation: str = "book", rule: Any = None) -> str:
    """Return the LaTeX of a hyperparameter; in `rule`, if given, where letters never coincide."""
    if rule is None or getattr(rule, "equation", None):
        return preferred(name, notation)
    return names(Definition.of(_function(rule)), notation)[name]


def text(name: str, notation: str = "book", rule: Any = None) -> str:
    """Return the symbol of a hyperparameter as plain text, for a slider's label."""
    return plain(symbol(name, notation, rule))


def _function(thing: Any) -> Any:
    for attribute in ("step", "function", "formula"):
        if hasattr(thing, attribute):
            return getattr(thing, attribute)
    return thing
