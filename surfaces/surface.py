"""A surface: a function of two variables with its domain, start, known minima and source."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from math import isfinite
from types import MappingProxyType
from typing import Any, Self

from catalogues import Parameter, by_name, declared

Point = tuple[float, float]


@dataclass(frozen=True, repr=False)
class Surface:
    """A function `f(x, y)` to minimise, and what is known about it.

    `function(x, y, **shape)` works elementwise on scalars and on arrays of any one shape alike,
    and is made of jax.numpy. Its keyword-only arguments are shape parameters; they never move a
    minimum, a saddle or the start. `x` and `y`, each (low, high), bound the domain: the part of the
    plane that is drawn, and where `minimum`, the height of the global `minima`, is the lowest.
    `start` is a point (x, y), and `minima`, `local_minima` and `saddles` hold the points that are
    known and worth a mark. ValueError if the domain or the start is not finite, or the domain has
    no width. Surfaces of the same function with the same facts are equal.
    """

    function: Callable[..., Any]
    name: str
    x: Point
    y: Point
    start: Point
    minima: tuple[Point, ...] = ()
    minimum: float | None = None
    local_minima: tuple[Point, ...] = ()
    saddles: tuple[Point, ...] = ()
    source: str = ""
    slug: str = ""

    def __post_init__(self) -> None:
        for axis, (low, high) in {"x": self.x, "y": self.y}.items():
            if not (isfinite(low) and isfinite(high) and low < high):
                raise ValueError(f"the domain of {axis} cannot run from {low} to {high}")
        if not all(map(isfinite, self.start)):
            raise ValueError(f"the start {self.start} is not a point")
        for name in ("x", "y", "start"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in ("minima", "local_minima", "saddles"):
            object.__setattr__(self, name, tuple(map(tuple, getattr(self, name))))

    @classmethod
    def of(cls, function: Callable[..., Any]) -> Self:
        """Return the surface of any f(x, y), of which nothing is known."""
        name = getattr(function, "__name__", "f")
        return cls(function, name, (-5.0, 5.0), (-5.0, 5.0), (-4.0, 3.0), slug=name)

    def __repr__(self) -> str:
        name = getattr(self.function, "__name__", "f")
        # That is what the function's own name stands for, after the decorator or in a race.
        if self.slug == name:
            return name
        facts = [(field, getattr(self, field.name)) for field in fields(self)[1:]]
        told = [f"{field.name}={value!r}" for field, value in facts if value != field.default]
        return f"Surface({', '.join([name, *told])})"

    def __reduce_ex__(self, protocol: Any) -> Any:
        return by_name(self, self.function) or super().__reduce_ex__(protocol)

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The shape parameters by name, in the order of their declaration."""
        return MappingProxyType(declared(self.function))

    @property
    def endless(self) -> bool:
        """Whether it is known to fall for ever: its saddles are declared, and no minimum is."""
        return bool(self.saddles) and not (self.minima or self.local_minima)

    @cached_property
    def saddle_height(self) -> float | None:
        """The height of its lowest saddle, at its default shape; None if no saddle is known.

        Who stays below has left them all.
        """
        return min((float(self.f(*point)) for point in self.saddles), default=None)

    @property
    def about(self) -> str:
        """One sentence: what the surface is good for."""
        return inspect.getdoc(self.function) or ""

    def values(self, shape: Mapping[str, float] | None = None) -> dict[str, float]:
        """Return every shape parameter's value: the given ones over the defaults."""
        defaults = {name: parameter.default for name, parameter in self.parameters.items()}
        return defaults | dict(shape or {})

    def f(self, x: Any, y: Any, **shape: Any) -> Any:
        """Return the height at (x, y), elementwise; a shape parameter left out has its default.

        TypeError if the function has no shape parameter of that name.
        """
        return self.function(x, y, **self.values(shape))


def surface(
    name: str, *, x: Point, y: Point | None = None, **facts: Any
) -> Callable[[Callable[..., Any]], Surface]:
    """Declare the decorated `f(x, y, *, shape...)` as the surface called `name`.

    `y` is as `x` if it is left out: the domain is a square then. All else is as in `Surface`.
    The function's own name is the slug, its docstring the sentence about it, the defaults of its
    keyword-only arguments are its shape parameters.
    """

    def declare(function: Callable[..., Any]) -> Surface:
        return Surface(function, name, x, x if y is None else y, slug=function.__name__, **facts)

    return declare


def shape(default: float, low: float, high: float, meaning: str, *, log: bool = False) -> Any:
    """Declare a shape parameter. Typed as a number, because that is what the function receives.

    It stays within its range: beyond, what is known of the surface's minima may be false.
    """
    return Parameter(default, low, high, log, meaning, least=low, most=high)
