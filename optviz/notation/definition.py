"""A Python function as its syntax tree, and as the assignments that are printed and inspected."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self


class CannotPrint(ValueError):  # noqa: N818 - what the sentence says, not a fault
    """A function has something in it that no equation can be printed for."""


@dataclass(frozen=True)
class Definition:
    """A function's syntax tree, where it stands, and the modules that its code can name."""

    tree: ast.FunctionDef
    first_line: int
    modules: frozenset[str]

    @classmethod
    def of(cls, function: Callable[..., Any]) -> Self:
        """Read the source of `function`."""
        name = getattr(function, "__name__", str(function)[:40])
        try:
            lines, first_line = inspect.getsourcelines(function)
            tree = ast.parse(textwrap.dedent("".join(lines))).body[0]
        except (OSError, TypeError, SyntaxError):
            tree, first_line = None, 0
        if not isinstance(tree, ast.FunctionDef):
            raise CannotPrint(
                f"{name} cannot be printed: there is no def of it to read; "
                "define it in a file, or declare its LaTeX by hand"
            )
        known = getattr(inspect.unwrap(function), "__globals__", {})
        modules = frozenset(n for n, value in known.items() if inspect.ismodule(value))
        return cls(tree, first_line, modules)

    @property
    def positional(self) -> list[str]:
        """Names of the positional arguments."""
        return [a.arg for a in self.tree.args.args]

    @property
    def keywords(self) -> list[str]:
        """Names of the keyword-only arguments."""
        return [a.arg for a in self.tree.args.kwonlyargs]

    @property
    def assigned(self) -> list[str]:
        """Names that the body assigns, in order."""
        names = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name)]
        return [name.id for name in names if isinstance(name.ctx, ast.Store)]

    @property
    def defaults(self) -> dict[str, ast.expr]:
        """Positional arguments that have a default, with its syntax tree."""
        values = self.tree.args.defaults
        return dict(zip(self.positional[len(self.positional) - len(values) :], values, strict=True))

    def refuse(self, node: ast.AST, what: str) -> CannotPrint:
        """Return the error that names `what` cannot be printed, and where it stands."""
        line = self.first_line + getattr(node, "lineno", 1) - 1
        return CannotPrint(
            f"{self.tree.name}, line {line}: {what} cannot be printed as an equation; "
            "write it with assignments, operators and calls, or declare the LaTeX by hand"
        )


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
    raise definition.refuse(statement, f"this statement ({excerpt(statement)})")


def excerpt(node: ast.AST) -> str:
    """Return the beginning of a construct, short enough for a sentence."""
    return ast.unparse(node).splitlines()[0][:40]


def _returned(definition: Definition, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Yield what the return still changes, ordered so that nothing is read after it changed."""
    values = value.elts if isinstance(value, ast.Tuple) else [value]
    targets = definition.positional[1:]
    if len(values) != len(targets):
        what = f"a return of {len(values)} values instead of {', '.join(targets)}"
        raise definition.refuse(value, what)
    pending = {t: v for t, v in zip(targets, values, strict=True) if getattr(v, "id", "") != t}
    while pending:
        reads = {target: _names(value) for target, value in pending.items()}
        free = next((t for t in pending if all(t not in reads[o] for o in pending if o != t)), None)
        if free is None:
            raise definition.refuse(value, "a return that exchanges values")
        yield free, pending.pop(free)


def _names(value: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
