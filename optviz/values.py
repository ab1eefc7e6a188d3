"""Values: plain immutable data that hash, compare, pickle, and print as what makes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self


class Numbers(Mapping[str, float]):
    """Named numbers that never change; equal to any mapping that holds the same ones."""

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, name: str) -> float:
        """Return the number of this name."""
        return self._numbers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __hash__(self) -> int:
        return hash(frozenset(self._numbers.items()))

    def __repr__(self) -> str:
        return repr(self._numbers)


class Value:
    """A frozen dataclass that is made by one call, and prints as that call.

    `first` names the arguments that are given by their place.
    """

    first: ClassVar[tuple[str, ...]] = ()

    def arguments(self) -> dict[str, Any]:
        """Return all arguments of the call that makes this value."""
        raise NotImplementedError

    def usual(self) -> Mapping[str, Any]:
        """Return those that it is not told: what it takes for them by itself."""
        raise NotImplementedError

    def replace(self, **others: Any) -> Self:
        """Return the same with other arguments in some places."""
        parts = self.arguments() | others
        placed = [parts.pop(name) for name in self.first if name in parts]
        return type(self)(*placed, **parts)

    def written(self) -> dict[str, str]:
        """Return the arguments that have to be told, as Python writes them."""
        usual = self.usual()
        told = {
            name: value
            for name, value in self.arguments().items()
            if name not in usual or usual[name] != value
        }
        return {name: repr(value) for name, value in told.items()}

    def __repr__(self) -> str:
        parts = self.written()
        placed = [parts.pop(name) for name in self.first if name in parts]
        named = [f"{name}={text}" for name, text in parts.items()]
        return f"{type(self).__name__}({', '.join([*placed, *named])})"


def freeze(instance: Any, **values: Any) -> None:
    """Set the fields of a frozen instance while it is made."""
    for name, value in values.items():
        object.__setattr__(instance, name, value)
