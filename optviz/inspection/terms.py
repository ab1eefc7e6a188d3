"""A sum as its terms: what this step's gradient and what the memory contribute to a step."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from optviz.inspection.unrolled import Line, Unrolled, called, is_gradient

# What keeps the direction of its argument, or makes one of it.
DIRECTED = ("sign", "where", "solve")


class Origin(StrEnum):
    """Where a term of a step comes from, and the part of `Inspection` that it belongs to."""

    MEMORY = "momentum"
    GRADIENT = "slope"
    POSITION = "pull"
    MIXED = "rest"


@dataclass(frozen=True)
class Term:
    """A direction and the factors and divisors that it is scaled by."""

    direction: ast.expr
    factors: tuple[ast.expr, ...] = ()
    divisors: tuple[ast.expr, ...] = ()
    negative: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is the direction itself, or its negative."""
        return not (self.factors or self.divisors)

    @property
    def scale(self) -> ast.expr:
        """What the direction is multiplied by."""
        return self._times(ast.Constant(1.0))

    @property
    def value(self) -> ast.expr:
        """The whole term."""
        return self._times(self.direction)

    def _times(self, start: ast.expr) -> ast.expr:
        whole = start
        for factor in self.factors:
            whole = ast.BinOp(factor, ast.Mult(), whole)
        for divisor in self.divisors:
            whole = ast.BinOp(whole, ast.Div(), divisor)
        return ast.UnaryOp(ast.USub(), whole) if self.negative else whole


class Terms:
    """Takes the sums of one step apart."""

    def __init__(self, step: Unrolled) -> None:
        self.step = step
        # The expression behind every value that a line makes.
        self.definitions = {line.name: line.value for line in step.lines}
        self.directions = _directions(step)
        self.new_theta = self.definitions[step.latest["theta"]]

    def of_the_step(self, *, deep: bool) -> list[Term]:
        """Return the terms of new theta less old theta.

        A displacement like v in theta + v is taken apart further; with `deep` every average is,
        down to this step's gradient and the memory before it.
        """
        split = self._split(self.new_theta, (lambda _: True) if deep else self._is_displacement)
        return [t for t in split if not (t.plain and not t.negative and _name(t) == "theta")]

    def _is_displacement(self, term: Term) -> bool:
        """Say whether a term is added as it is, or renames a product that is still to be scaled."""
        inner = self._terms(self.definitions[_name(term)])
        scaled_by = {node.id for node in ast.walk(term.scale) if isinstance(node, ast.Name)}
        return term.plain or (len(inner) == 1 and scaled_by <= {*self.step.hyperparameters})

    def displacements(self, value: ast.expr) -> set[str]:
        """Return what is added in a value as it is: in the new theta, arrows in the plane."""
        plain = {_name(term) for term in self._terms(value) if term.plain}
        found = plain & self.definitions.keys()
        return found.union(*(self.displacements(self.definitions[name]) for name in found))

    def role(self, line: Line) -> str:
        """Return what a line is in the picture, see `inspector.Line`."""
        if is_gradient(line.value):
            return "gradient"
        if line.name == self.step.latest["theta"]:
            return "step"
        if line.name in self.displacements(self.new_theta):
            return "displacement"
        return "direction" if line.name in self.directions else "number"

    def origin(self, term: Term) -> Origin:
        """Say where a term comes from."""
        match term.direction:
            case ast.Name(id="theta"):
                return Origin.POSITION
            case ast.Name(id=name) if name in self.step.memory:
                return Origin.MEMORY
            case direction if is_gradient(direction):
                return Origin.GRADIENT
        return Origin.MIXED

    def _split(self, value: ast.expr, opens: Callable[[Term], bool]) -> Iterator[Term]:
        """Yield the terms of a value; of one that `opens`, those of the sum that it names."""
        for term in self._terms(value):
            inner = self.definitions.get(_name(term))
            if inner and opens(term):
                yield from (_scaled(part, term) for part in self._split(inner, opens))
            else:
                yield term

    def _terms(self, value: ast.expr) -> list[Term]:
        if not is_directed(value, self.directions):
            return [Term(value)]
        match value:
            case ast.BinOp(left, ast.Add() | ast.Sub() as operator, right):
                others = self._terms(right)
                minus = isinstance(operator, ast.Sub)
                return self._terms(left) + (list(map(_negated, others)) if minus else others)
            case ast.UnaryOp(ast.USub(), operand):
                return [*map(_negated, self._terms(operand))]
            case ast.BinOp(left, ast.Mult() | ast.Div() as operator, right):
                return self._product(left, operator, right)
            case ast.Call(args=[_, one, other]) if called(value) == "where":
                return self._either(value, self._terms(one), self._terms(other))
        return [Term(value)]

    def _product(self, left: ast.expr, operator: ast.operator, right: ast.expr) -> list[Term]:
        if isinstance(operator, ast.Div):
            return [_scaled(term, Term(left, (), (right,))) for term in self._terms(left)]
        ahead = is_directed(left, self.directions)
        scale, direction = (right, left) if ahead else (left, right)
        return [_scaled(term, Term(direction, (scale,))) for term in self._terms(direction)]

    def _either(self, whole: ast.Call, one: list[Term], other: list[Term]) -> list[Term]:
        """Return where(condition, a d, b d) as d scaled by where(condition, a, b)."""
        directions = [ast.dump(term.direction) for term in (*one, *other)]
        if len(one) != 1 or len(other) != 1 or directions[0] != directions[1]:
            return [Term(whole)]
        choice = ast.Call(whole.func, [whole.args[0], one[0].scale, other[0].scale], [])
        return [Term(one[0].direction, (choice,))]


def is_directed(value: ast.expr, names: set[str]) -> bool:
    """Say whether a value is a direction in the plane: scaled by its factors, not squared."""
    inner = lambda part: is_directed(part, names)  # noqa: E731
    match value:
        case ast.Name(id=name):
            return name in names
        case ast.UnaryOp(_, operand) | ast.BinOp(_, ast.MatMult(), operand):
            return inner(operand)
        case ast.BinOp(left, operator, right):
            both = inner(left), inner(right)
            return both in _DIRECTED_PAIRS.get(type(operator), ())
        case ast.Call(args=arguments) if called(value) in DIRECTED:
            return any(map(inner, arguments))
    return is_gradient(value)


_ONE, _LEFT, _ALL = ((True, False), (False, True)), ((True, False),), ((True, True),)
_DIRECTED_PAIRS = {ast.Mult: _ONE, ast.Div: _LEFT, ast.Add: _ALL, ast.Sub: _ALL}


def _directions(step: Unrolled) -> set[str]:
    """Return the names of all values that are directions, an average's if its update is one."""
    averages = {*step.averages}
    while True:
        found = {"theta", *averages}
        for line in step.lines:
            if is_directed(line.value, found):
                found.add(line.name)
        kept = {name for name in averages if step.latest[name] in found}
        if kept == averages:
            return found
        averages = kept


def _name(term: Term) -> str:
    """Return the name that a term's direction is, or an empty text."""
    return term.direction.id if isinstance(term.direction, ast.Name) else ""


def _negated(term: Term) -> Term:
    return replace(term, negative=not term.negative)


def _scaled(term: Term, by: Term) -> Term:
    """Return the term with the scale of `by` upon its own."""
    return Term(
        term.direction,
        (*by.factors, *term.factors),
        (*by.divisors, *term.divisors),
        term.negative != by.negative,
    )
