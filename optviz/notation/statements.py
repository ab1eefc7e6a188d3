"""A function's body as assignments in order, the way they are printed and inspected."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from optviz.notation.definition import Definition


def assignments(definition: Definition) -> Iterator[tuple[str, ast.expr]]:
    """Yield (name, value) of each line of a step: assignments, then what the return changes."""
    *before, (_, returned) = body(definition)
    yield from before
    yield from _returned(definition, returned)


def body(definition: Definition) -> Iterator[tuple[str, ast.expr]]:
    """Yield (name, value) of each assignment, then the value that is returned, without a name."""
    statements = definition.tree.body
    if isinstance(statements[0], ast.Expr) and ast.get_docstring(definition.tree) is not None:
        statements = statements[1:]
    if not statements or not isinstance(statements[-1], ast.Return) or not statements[-1].value:
        raise definition.refuse(definition.tree, "a body that does not end with a return")
    for statement in statements[:-1]:
        yield _assignment(definition, statement)
    yield "", statements[-1].value


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
