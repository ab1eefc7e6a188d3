"""A function's statements as lines of equations: a rule's step, a schedule, a surface."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from optviz.notation.definition import Definition
from optviz.notation.expression import Expressions
from optviz.notation.fragment import Kind
from optviz.notation.layout import Line, aligned
from optviz.notation.names import mathematical
from optviz.notation.symbols import distinct, preferred


def equations(definition: Definition, notation: str) -> str:
    """Return the LaTeX of a step, a schedule or any other function of numbers, by its arguments."""
    match definition.positional[:2]:
        case ["f", "theta"]:
            lines = _step(definition, notation)
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
    return distinct(definition.keywords, memory, others, notation)


def _step(definition: Definition, notation: str) -> Iterator[Line]:
    symbols = names(definition, notation)
    kinds = {"theta": Kind.VECTOR}
    for name in definition.positional[2:]:
        kinds[name] = _kind(definition.defaults.get(name))
    printer = Expressions(definition, symbols, kinds)
    *body, last = _statements(definition)
    for target, value in body:
        result = printer.visit(value)
        kinds[target] = result.kind
        yield Line(symbols[target], r"\leftarrow", result)
    for target, value in _returned(definition, last[1]):
        yield Line(symbols[target], r"\leftarrow", printer.visit(value))


def _kind(default: ast.expr | None) -> Kind:
    """Return what a memory is, by its first value: a count, an array like theta, or a matrix."""
    if isinstance(default, ast.Constant):
        return Kind.SCALAR if isinstance(default.value, int) else Kind.VECTOR
    return Kind.MATRIX


def _function(definition: Definition, notation: str, left: str) -> Iterator[Line]:
    symbols = names(definition, notation)
    printer = Expressions(definition, symbols, {})
    known = {*definition.positional, *definition.keywords}
    *body, last = _statements(definition)
    for target, value in body:
        yield Line(symbols[target], r"\leftarrow" if target in known else "=", printer.visit(value))
        known.add(target)
    yield Line(left, "=", printer.visit(last[1]))


def _statements(definition: Definition) -> Iterator[tuple[str, ast.expr]]:
    """Yield (name, value) of each assignment, then the value that is returned, without a name."""
    body = definition.tree.body
    if isinstance(body[0], ast.Expr) and ast.get_docstring(definition.tree) is not None:
        body = body[1:]
    if not body or not isinstance(body[-1], ast.Return) or body[-1].value is None:
        raise definition.refuse(definition.tree, "a body that does not end with a return")
    for statement in body[:-1]:
        yield _assignment(definition, statement)
    yield "", body[-1].value


def _assignment(definition: Definition, statement: ast.stmt) -> tuple[str, ast.expr]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AugAssign(target=ast.Name(id=name) as target, op=op, value=value):
            before = ast.copy_location(ast.Name(name, ast.Load()), target)
            return name, ast.copy_location(ast.BinOp(before, op, value), statement)
    construct = ast.unparse(statement).splitlines()[0][:40]
    raise definition.refuse(statement, f"this statement ({construct})")


def _returned(definition: Definition, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Yield what the return still changes, ordered so that nothing is read after it changed."""
    values = value.elts if isinstance(value, ast.Tuple) else [value]
    targets = definition.positional[1:]
    if len(values) != len(targets):
        what = f"a return of {len(values)} values instead of {', '.join(targets)}"
        raise definition.refuse(value, what)
    pending = {
        t: v
        for t, v in zip(targets, values, strict=True)
        if not (isinstance(v, ast.Name) and v.id == t)
    }
    while pending:
        free = next((t for t in pending if not _read_elsewhere(t, pending)), None)
        if free is None:
            raise definition.refuse(value, "a return that exchanges values")
        yield free, pending.pop(free)


def _read_elsewhere(target: str, pending: dict[str, ast.expr]) -> bool:
    return any(
        isinstance(n, ast.Name) and n.id == target
        for other, value in pending.items()
        if other != target
        for n in ast.walk(value)
    )
