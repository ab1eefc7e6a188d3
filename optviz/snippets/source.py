"""The source of a rule, a surface or a schedule, in the words of another library."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

HOUSE = ("optviz", "surfaces")


@dataclass(frozen=True)
class Words:
    """How a library writes what the catalogues are written with.

    `prefix` stands before a function's name, `constants` before pi and e; `own` are functions that
    """

    prefix: str
    constants: str
    own: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)
    clamp: str = ""


@dataclass(frozen=True)
class Source:
    """A function's syntax tree, its lines, and what its code can name."""

    tree: ast.FunctionDef
    lines: tuple[str, ...]
    known: Mapping[str, Any]

    @staticmethod
    @lru_cache(maxsize=256)
    def of(function: Callable[..., Any]) -> "Source":
        """Read the source of a function of the catalogues."""
        text = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(text).body[0]
        assert isinstance(tree, ast.FunctionDef)
        return Source(tree, tuple(text.splitlines()), getattr(function, "__globals__", {}))

    @property
    def statements(self) -> list[ast.stmt]:
        """The body without the docstring."""
        return self.tree.body[ast.get_docstring(self.tree) is not None :]

    @property
    def helpers(self) -> set[str]:
        """Names of the house's own functions that the body calls."""
        return {node.id for node in self._named() if self.of_the_house(node.id)}

    def body(self, words: Words) -> str:
        """Return the body as it stands, comments and all, with the names of the library."""
        first = self.statements[0]
        changes = sorted(self._changes(words), key=lambda change: change[:2], reverse=True)
        lines = [line.encode() for line in self.lines]
        for number, start, end, new in changes:
            line = lines[number - 1]
            lines[number - 1] = line[:start] + new.encode() + line[end:]
        return "\n".join(line.decode() for line in lines[first.lineno - 1 :])

    def _changes(self, words: Words) -> Iterator[tuple[int, int, int, str]]:
        """Yield (line, start, end, new text) for what the library writes otherwise."""
        done: set[ast.AST] = set()
        calls = [node for node in self._nodes() if isinstance(node, ast.Call)]
        for call in calls:
            if new := words.calls.get(ast.unparse(call)):
                done.update(ast.walk(call))
                yield (*_place(call), new)
            elif words.clamp and _bounded(call):
                done.add(call.func)
                yield (*_place(call.func), words.clamp)
                yield (*_place(call.args[1]), f"min={ast.unparse(call.args[1])}")
        numbers = self._numbers() if words.constants != words.prefix else set()
        plain = {call.func for call in calls if numbers and _operands(*call.args) <= numbers}
        for node in self._named():
            if node in done or self.of_the_house(node.id):
                continue
            if node in plain or isinstance(self.known[node.id], float):
                yield (*_place(node), f"{words.constants}.{node.id}")
            else:
                yield (*_place(node), words.own.get(node.id, f"{words.prefix}.{node.id}"))

    def _nodes(self) -> Iterator[Any]:
        for statement in self.statements:
            yield from ast.walk(statement)

    def _named(self) -> Iterator[ast.Name]:
        """Yield every name in the body that the module has imported."""
        own = _stored(*self.statements) | _given(self.tree)
        for node in self._nodes():
            if isinstance(node, ast.Name) and node.id in self.known and node.id not in own:
                yield node

    def of_the_house(self, name: str) -> bool:
        """Return whether the code means a function of the catalogues by a name."""
        return str(getattr(self.known.get(name), "__module__", "")).startswith(HOUSE)

    def _numbers(self) -> set[str]:
        """Return the names of plain numbers: what hangs neither on x nor on y.

        What a rule is given are arrays, all of it.
        """
        if "f" in _given(self.tree):
            return set()
        numbers = {argument.arg for argument in self.tree.args.kwonlyargs}
        numbers |= {name for name, value in self.known.items() if isinstance(value, float)}
        for statement in self.statements:
            if isinstance(statement, ast.Assign) and _operands(statement.value) <= numbers:
                numbers |= _stored(statement)
        return numbers


def _names(*nodes: ast.AST) -> set[str]:
    return {one.id for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name)}


def _operands(*nodes: ast.AST) -> set[str]:
    """Return the names in expressions that are not those of the functions called there."""
    calls = (one for node in nodes for one in ast.walk(node) if isinstance(one, ast.Call))
    return _names(*nodes) - _names(*(call.func for call in calls))


def _stored(*nodes: ast.AST) -> set[str]:
    """Return the names that statements assign."""
    named = (one for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name))
    return {one.id for one in named if isinstance(one.ctx, ast.Store)}


def _given(tree: ast.FunctionDef) -> set[str]:
    return {one.arg for one in [*tree.args.args, *tree.args.kwonlyargs]}


def _bounded(call: ast.Call) -> bool:
    """Return whether a call is maximum(..., number)."""
    return _names(call.func) == {"maximum"} and isinstance(call.args[1], ast.Constant)


def _place(node: Any) -> tuple[int, int, int]:
    assert node.lineno == node.end_lineno
    return node.lineno, node.col_offset, node.end_col_offset


def signature(first: str, memory: Mapping[str, str], keywords: Mapping[str, str | None]) -> str:
    """Return the arguments of a def: the `first`, others with defaults, and keyword-only ones."""
    told = [name if value is None else f"{name}={value}" for name, value in keywords.items()]
    placed = [f"{name}={value}" for name, value in memory.items()]
    return ", ".join([first, *placed, *["*"] * bool(told), *told])


def definition(name: str, arguments: str, about: str, body: str) -> str:
    """Return the text of a def; `body` is indented already."""
    return f'def {name}({arguments}):\n    """{about}"""\n{body}\n'
