"""What an ES module as bundlers write it imports and exports, and which exports change later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

LANGUAGE = Language(tree_sitter_javascript.language())
FUNCTIONS = {
    "function_declaration",
    "function_expression",
    "generator_function",
    "generator_function_declaration",
    "arrow_function",
    "method_definition",
}
DECLARATIONS = {
    "class_declaration",
    "function_declaration",
    "generator_function_declaration",
    "lexical_declaration",
}
# Whatever gives a name another value.
CHANGES = """
(assignment_expression left: (_) @target)
(augmented_assignment_expression left: (_) @target)
(update_expression argument: (_) @target)
(for_in_statement left: (_) @target)
"""


class UnreadableError(Exception):
    """A module is not written in the forms that are read here."""


@dataclass(frozen=True)
class Module:
    """A module, taken apart.

    `imports` are the addresses that it imports from, in its order, each with pairs of a name there
    and the name here; `exports` says by which name here each of its exports goes; `changing` are
    those exports whose value may be another one once the module has run; `body` is all the rest.
    """

    imports: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    exports: dict[str, str]
    changing: frozenset[str]
    body: str


def read(source: bytes) -> Module:
    """Return what a module says; UnreadableError if it is written in another form."""
    root = Parser(LANGUAGE).parse(source).root_node
    if root.has_error:
        raise UnreadableError("It cannot be parsed.")
    imports: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    exports: dict[str, str] = {}
    kept = []
    begin = 0
    for node in root.children:
        if node.type == "import_statement":
            imports.append(_imported(node))
        elif node.type == "export_statement":
            exports |= _exported(node)
        else:
            continue
        kept.append(source[begin : node.start_byte])
        begin = node.end_byte
    body = b"".join([*kept, source[begin:]]).decode()
    changed = _changed(root, {*exports.values()})
    changing = frozenset(name for name, local in exports.items() if local in changed)
    return Module(tuple(imports), exports, changing, body)


def _text(node: Node | None) -> str:
    return (node.text or b"").decode() if node else ""


def _named(node: Node, kind: str) -> list[tuple[str, str]]:
    """Return the names in braces: before `as` and after it."""
    pairs = []
    for one in node.named_children:
        if one.type != kind:
            raise UnreadableError(f"{_text(one)[:60]} is no name.")
        name = _text(one.child_by_field_name("name"))
        pairs.append((name, _text(one.child_by_field_name("alias")) or name))
    return pairs


def _imported(node: Node) -> tuple[str, tuple[tuple[str, str], ...]]:
    address = _text(node.child_by_field_name("source"))[1:-1]
    pairs: list[tuple[str, str]] = []
    for clause in node.named_children:
        if clause.type == "string":
            continue
        inner = clause.named_children
        if clause.type != "import_clause" or [one.type for one in inner] != ["named_imports"]:
            raise UnreadableError(f"{_text(node)[:60]} imports more than names.")
        pairs += _named(inner[0], "import_specifier")
    return address, tuple(pairs)


def _exported(node: Node) -> dict[str, str]:
    inner = node.named_children
    if [one.type for one in inner] != ["export_clause"]:
        raise UnreadableError(f"{_text(node)[:60]} exports more than names.")
    return {name: local for local, name in _named(inner[0], "export_specifier")}


def _changed(root: Node, names: set[str]) -> set[str]:
    """Return those names of the module itself to which a function gives another value."""
    if not names:
        return set()
    found = QueryCursor(Query(LANGUAGE, CHANGES)).captures(root).get("target", [])
    scopes = _Scopes()
    changed = set()
    for target in found:
        for name in names.intersection(_bound(target)) - changed:
            if scopes.reaches_out(target, name):
                changed.add(name)
    return changed


class _Scopes:
    """Which names a function or a block has of its own."""

    def __init__(self) -> None:
        self._names: dict[int, set[str]] = {}

    def reaches_out(self, node: Node, name: str) -> bool:
        """Return whether a name at a node within a function is that of the module.

        A function that puts another in its own place does the same whichever is called.
        """
        within = False
        here = node.parent
        while here and here.type != "program":
            within |= here.type in FUNCTIONS
            itself = here.type == "function_declaration" and here.parent
            if name in self._of(here):
                return False
            if itself and itself.type == "program":
                return _text(here.child_by_field_name("name")) != name
            here = here.parent
        return within

    def _of(self, node: Node) -> set[str]:
        if node.id not in self._names:
            self._names[node.id] = set(_own(node))
        return self._names[node.id]


def _own(node: Node) -> Iterator[str]:
    """Yield the names that are declared for what is inside of a node."""
    kind = node.type
    if kind in FUNCTIONS:
        for field in ("parameters", "parameter"):
            if parameters := node.child_by_field_name(field):
                yield from _bound(parameters)
        if body := node.child_by_field_name("body"):
            yield from _hoisted(body)
    if kind in {"function_expression", "generator_function", "class"}:
        yield _text(node.child_by_field_name("name"))
    if kind == "catch_clause" and (caught := node.child_by_field_name("parameter")):
        yield from _bound(caught)
    if kind == "for_in_statement" and node.child_by_field_name("kind"):
        yield from _bound(node.child_by_field_name("left"))
    for child in node.named_children:
        if child.type in DECLARATIONS and kind != "program":
            yield from _declared(child)


def _hoisted(node: Node) -> Iterator[str]:
    """Yield what `var` declares in a function, wherever it stands."""
    # Expressions may be nested deeper than calls.
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here.type == "variable_declaration":
            yield from _declared(here)
        if here.type == "for_in_statement" and _text(here.child_by_field_name("kind")) == "var":
            yield from _bound(here.child_by_field_name("left"))
        if here.type not in FUNCTIONS:
            waiting += here.named_children


def _declared(node: Node) -> Iterator[str]:
    if node.type in {"lexical_declaration", "variable_declaration"}:
        for one in node.named_children:
            yield from _bound(one.child_by_field_name("name"))
    else:
        yield _text(node.child_by_field_name("name"))


def _bound(node: Node | None) -> Iterator[str]:
    """Yield the names of a pattern."""
    if node is None:
        return
    match node.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            yield _text(node)
        case "assignment_pattern" | "object_assignment_pattern":
            yield from _bound(node.child_by_field_name("left"))
        case "pair_pattern":
            yield from _bound(node.child_by_field_name("value"))
        case "array_pattern" | "object_pattern" | "rest_pattern" | "formal_parameters":
            for child in node.named_children:
                yield from _bound(child)
