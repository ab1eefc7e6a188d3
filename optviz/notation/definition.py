"""A Python function as its syntax tree, and the error for what cannot be printed."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class CannotPrint(ValueError):  # noqa: N818 - what the sentence says, not a fault
    """A function has something in it that no equation can be printed for."""


@dataclass(frozen=True)
class Definition:
    """A function's syntax tree, where it stands, and the modules that its code can name."""

    tree: ast.FunctionDef
    first_line: int
    modules: frozenset[str]

    @classmethod
    def of(cls, function: Callable[..., Any]) -> Definition:
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
        """Names that the body assigns, each once, in order."""
        names = [
            n.id
            for n in ast.walk(self.tree)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        ]
        return list(dict.fromkeys(names))

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
