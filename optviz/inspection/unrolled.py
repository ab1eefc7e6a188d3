"""A rule's step with a name of its own for every value, so that none is lost to a later line."""

import ast
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Self

from optviz.notation.definition import Definition, assignments


@dataclass(frozen=True)
class Line:
    """One assignment: the name in the code, the name of its value here, and how it is computed."""

    target: str
    name: str
    value: ast.expr


@dataclass(frozen=True)
class Unrolled:
    """The lines of a step in order.

    `averages` are the parts of the memory that begin at 0.0, `latest` maps every name of the code
    to that of its last value.
    """

    memory: tuple[str, ...]
    hyperparameters: tuple[str, ...]
    averages: tuple[str, ...]
    lines: tuple[Line, ...]
    latest: Mapping[str, str]

    @classmethod
    def of(cls, definition: Definition) -> Self:
        """Rename the values of a rule's step: the second value of `v` becomes `v__1`."""
        latest = {name: name for name in (*definition.positional, *definition.keywords)}
        lines = []
        for index, (target, value) in enumerate(assignments(definition)):
            line = Line(target, f"{target}__{index}", _Rename(latest).visit(deepcopy(value)))
            lines.append(line)
            latest[target] = line.name
        memory = tuple(definition.positional[2:])
        averages = tuple(name for name in memory if ast.unparse(definition.defaults[name]) == "0.0")
        return cls(memory, tuple(definition.keywords), averages, tuple(lines), latest)

    def gradients(self) -> Iterator[ast.expr]:
        """Yield where gradients are taken: the argument X of each grad(f)(X), in order."""
        for line in self.lines:
            for node in ast.walk(line.value):
                if isinstance(node, ast.Call) and is_gradient(node):
                    yield node.args[0]


def is_gradient(node: ast.AST) -> bool:
    """Say whether an expression is grad(f)(X)."""
    match node:
        case ast.Call(func=ast.Call(args=[_]) as derivative, args=[_]):
            return called(derivative) == "grad"
    return False


def called(call: ast.Call) -> str:
    """Return the name of the function that is called, without its module."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


class _Rename(ast.NodeTransformer):
    def __init__(self, latest: Mapping[str, str]) -> None:
        self.latest = latest

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.latest.get(node.id, node.id), ast.Load())
