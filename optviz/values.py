"""Values: plain immutable data that hash, compare, pickle, and print as what makes them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from inspect import signature
from typing import Any, ClassVar, Self


class Numbers(Mapping[str, float]):
    """Named numbers that never change; equal to any mapping that holds the same ones."""

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, name: str) -> float:
        return self._numbers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def plain(self) -> dict[str, float]:
        """Return them as JSON-ready data."""
        return dict(self._numbers)

    def __hash__(self) -> int:
        return hash(frozenset(self._numbers.items()))

    def __repr__(self) -> str:
        return repr(self._numbers)


@dataclass(frozen=True, init=False, repr=False)
class Value:
    """A frozen dataclass that is made by one call, and prints as that call.

    `first` names the arguments that are given by their place.
    """

    first: ClassVar[tuple[str, ...]] = ()

    def arguments(self) -> dict[str, Any]:
        """Return all arguments of the call that makes this value; `values` are some by name."""
        parts = {name: getattr(self, name) for name in _names(type(self))}
        values = parts.pop("values", {})
        return {**parts, **values}

    def usual(self) -> Mapping[str, Any]:
        """Return what the call takes by itself for those that it is not told."""
        return _defaults(type(self))

    def plain(self) -> dict[str, Any]:
        """Return the value as JSON-ready data: its fields by their names."""
        return {name: _plain(getattr(self, name)) for name in _names(type(self))}

    def replace(self, **others: Any) -> Self:
        """Return the same with other arguments in some places."""
        parts = self.arguments() | others
        placed = [parts.pop(name) for name in self.first if name in parts]
        return type(self)(*placed, **parts)

    def written(self) -> dict[str, str]:
        """Return the arguments that have to be told, as Python writes them."""
        usual = self.usual()
        return {
            name: repr(value)
            for name, value in self.arguments().items()
            if name not in usual or usual[name] != value
        }

    def __repr__(self) -> str:
        parts = self.written()
        placed = [parts.pop(name) for name in self.first if name in parts]
        named = [f"{name}={text}" for name, text in parts.items()]
        return f"{type(self).__name__}({', '.join([*placed, *named])})"


def _plain(part: Any) -> Any:
    if isinstance(part, int | float | str):
        return part
    if isinstance(part, Value | Numbers):
        return part.plain()
    if isinstance(part, tuple):
        return [*map(_plain, part)]
    # What is not in a catalogue is told by its slug all the same.
    return getattr(part, "slug", part)


@cache
def _names(kind: type[Value]) -> tuple[str, ...]:
    return tuple([field.name for field in fields(kind)])


@cache
def _defaults(kind: type[Value]) -> Mapping[str, Any]:
    declared = signature(kind).parameters.values()
    return {one.name: one.default for one in declared if one.default is not one.empty}


def freeze(instance: Any, **values: Any) -> None:
    """Set the fields of a frozen instance while it is made."""
    for name, value in values.items():
        object.__setattr__(instance, name, value)
