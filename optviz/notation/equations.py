"""A function's statements as lines of equations: a rule's step, a schedule, a surface."""

import ast
from collections.abc import Iterator

from optviz.notation.definition import Definition, assignments, body
from optviz.notation.expression import Expressions
from optviz.notation.fragment import Kind
from optviz.notation.layout import Line, aligned
from optviz.notation.names import mathematical
from optviz.notation.symbols import distinct, preferred


def equations(definition: Definition, notation: str) -> str:
    """Return the LaTeX of a step, a schedule or any other function of numbers, by its arguments."""
    match definition.positional[:2]:
        case ["f", "theta"]:
            lines = steps(definition, notation)
        case ["k", "T"]:
            rate = preferred("lr", notation)
            lines = _function(definition, notation, rf"{rate}_k \,/\, {rate}_0")
        case arguments:
            listed = ", ".join(mathematical(a) for a in arguments)
            lines = _function(definition, "book", f"f({listed})")
    return aligned(lines)


def names(definition: Definition, notation: str) -> dict[str, str]:
    """Return name -> symbol for every argument and local name of the function."""
    memory = definition.positional[2:]
    others = dict.fromkeys([*definition.positional[:2], *definition.assigned])
    others = [n for n in others if n not in memory and n not in definition.keywords]
    return distinct(definition.tree.name, definition.keywords, memory, others, notation)


def steps(definition: Definition, notation: str) -> Iterator[Line]:
    """Yield the line of every assignment of a rule's step."""
    symbols = names(definition, notation)
    kinds = {"theta": Kind.VECTOR}
    for name in definition.positional[2:]:
        kinds[name] = _kind(definition.defaults.get(name))
    printer = Expressions(definition, symbols, kinds)
    for target, value in assignments(definition):
        result = printer.visit(value)
        kinds[target] = result.kind
        yield Line(symbols[target], r"\leftarrow", result)


def _kind(default: ast.expr | None) -> Kind:
    """Return what a memory is, by its first value: a count, an array like theta, or a matrix."""
    if isinstance(default, ast.Constant):
        return Kind.SCALAR if isinstance(default.value, int) else Kind.VECTOR
    return Kind.MATRIX


def _function(definition: Definition, notation: str, left: str) -> Iterator[Line]:
    symbols = names(definition, notation)
    printer = Expressions(definition, symbols, {})
    known = {*definition.positional, *definition.keywords}
    *before, last = body(definition)
    for target, value in before:
        yield Line(symbols[target], r"\leftarrow" if target in known else "=", printer.visit(value))
        known.add(target)
    yield Line(left, "=", printer.visit(last[1]))
