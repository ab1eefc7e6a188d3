"""What a lesson claims of its race: expressions over trajectories, read without running code."""

import ast
import operator
from collections.abc import Callable, Mapping
from math import inf, isinf, isnan

import numpy as np

from optviz.checks import RaceError, known
from optviz.status import outside_since
from optviz.trajectories import Trajectories, nearest

# Longer or deeper ones nobody can check by reading.
MOST_LETTERS = 300
MOST_PARTS = 60

Number = float | bool
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _lane(run: Trajectories, lane: str) -> int:
    return run.race.index(lane)


def _step(run: Trajectories, step: float) -> int:
    last = run.race.steps
    if step != int(step) or not -last - 1 <= step <= last:
        raise RaceError(f"There is no step {step:g}: the race has {last} steps.")
    return int(step)


def loss(run: Trajectories, lane: str, step: float = -1) -> float:
    """Return the loss at a step."""
    return float(run.loss[_lane(run, lane), _step(run, step)])


def slope(run: Trajectories, lane: str, step: float = -1) -> float:
    """Return the norm of the gradient at a step."""
    return float(np.hypot(*run.grad[_lane(run, lane), _step(run, step)]))


def x(run: Trajectories, lane: str, step: float = -1) -> float:
    """Return the first coordinate at a step."""
    return float(run.theta[_lane(run, lane), _step(run, step), 0])


def y(run: Trajectories, lane: str, step: float = -1) -> float:
    """Return the second coordinate at a step."""
    return float(run.theta[_lane(run, lane), _step(run, step), 1])


def distance(run: Trajectories, lane: str, step: float = -1) -> float:
    """Return the distance to the nearest global minimum at a step."""
    point = run.theta[_lane(run, lane), _step(run, step)]
    return float(nearest(point, run.race.objective.minima))


def arrived(run: Trajectories, lane: str) -> float:
    """Return the step from which on it stays at a minimum; infinite where it does not."""
    state, step, _ = run.status[_lane(run, lane)]
    return float(step) if state == "converged" and step is not None else inf


def diverged(run: Trajectories, lane: str) -> float:
    """Return the step at which it has left all bounds; infinite where it has not."""
    state, step, _ = run.status[_lane(run, lane)]
    return float(step) if state == "diverged" and step is not None else inf


def left(run: Trajectories, lane: str) -> float:
    """Return the step from which on it is outside of the domain; infinite where it is inside."""
    step = outside_since(run.theta[_lane(run, lane)], run.race.objective)
    return float(step) if step >= 0 else inf


def reversals(run: Trajectories, lane: str) -> float:
    """Return how many steps turn back: by more than a right angle from the one before."""
    steps = np.diff(run.theta[_lane(run, lane)], axis=0)
    return float((np.sum(steps[1:] * steps[:-1], axis=1) < 0).sum())


def stride(run: Trajectories, lane: str, step: float) -> float:
    """Return the length of the step that leads away from the point of a step."""
    at = _step(run, step)
    return float(np.hypot(*(run.theta[_lane(run, lane), at + 1] - run.theta[_lane(run, lane), at])))


def length(run: Trajectories, lane: str) -> float:
    """Return the length of the whole path."""
    return float(np.hypot(*np.diff(run.theta[_lane(run, lane)], axis=0).T).sum())


def rate(run: Trajectories, lane: str, step: float = 0) -> float:
    """Return the learning rate that the schedule gives a step."""
    index = _lane(run, lane)
    multiplier = run.multipliers[index, _step(run, step)]
    return float(run.race.lanes[index].values["lr"] * multiplier)


FACTS: Mapping[str, Callable[..., float]] = {
    fact.__name__: fact
    for fact in (
        *(loss, slope, x, y, distance, arrived, diverged, left, reversals, stride, length, rate),
    )
}
_BINARY: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARED: Mapping[type, Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
}


def value(text: str, run: Trajectories) -> Number:
    """Return what an expression comes to in a race that was run.

    It is made of numbers, `inf`, + - * /, comparisons, `and`, `or`, `not`, and of FACTS, whose
    first argument is a lane's label in quotes. RaceError says what else it holds.
    """
    if len(text) > MOST_LETTERS:
        raise RaceError(f"A claim has at most {MOST_LETTERS} letters; this one has {len(text)}.")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise RaceError(f"The claim {text.strip()!r} is no expression.") from None
    if sum(1 for _ in ast.walk(tree)) > MOST_PARTS:
        raise RaceError(f"A claim has at most {MOST_PARTS} parts.")
    try:
        return _Reader(run, text).read(tree.body)
    except ZeroDivisionError:
        raise RaceError(f"The claim {text.strip()!r} divides by zero.") from None


def holds(text: str, run: Trajectories) -> bool:
    """Return whether a claim is true of a race; RaceError if it claims nothing."""
    said = value(text, run)
    if not isinstance(said, bool):
        raise RaceError(f"{text.strip()!r} is a number, not a claim: compare it with another.")
    return said


def told(number: Number) -> str:
    """Return a number as a text has it: three digits, or what it stands for."""
    if isinstance(number, bool):
        return "yes" if number else "no"
    if isnan(number):
        return "no number"
    if isinf(number):
        return "never"
    if number == int(number) and abs(number) < 1e6:
        return str(int(number))
    mantissa, _, exponent = f"{number:.3g}".partition("e")
    if not exponent:
        return mantissa
    return f"{mantissa}·10{str(int(exponent)).translate(RAISED)}"


class _Reader:
    """Reads the tree of an expression about one race."""

    def __init__(self, run: Trajectories, text: str) -> None:
        self._run, self._text = run, text

    def read(self, node: ast.AST) -> Number:  # noqa: PLR0911
        match node:
            case ast.Constant(value=bool() | int() | float() as number):
                return number if isinstance(number, bool) else float(number)
            case ast.Name(id="inf"):
                return inf
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.read(operand)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self.read(operand)
            case ast.BinOp(left=one, op=op, right=other) if type(op) in _BINARY:
                return _BINARY[type(op)](self.read(one), self.read(other))
            case ast.BoolOp(op=op, values=parts):
                together = all if isinstance(op, ast.And) else any
                return together([bool(self.read(part)) for part in parts])
            case ast.Compare(left=first, ops=ops, comparators=others):
                return self._compared(first, ops, others)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._fact(name, args)
        raise RaceError(f"The claim {self._text.strip()!r} holds what no claim may hold.")

    def _compared(self, first: ast.expr, ops: list[ast.cmpop], others: list[ast.expr]) -> bool:
        if not all(type(op) in _COMPARED for op in ops):
            raise RaceError(f"The claim {self._text.strip()!r} may compare with < <= > >= and ==.")
        numbers = [self.read(part) for part in (first, *others)]
        pairs = zip(ops, numbers, numbers[1:], strict=False)
        return all(_COMPARED[type(op)](one, other) for op, one, other in pairs)

    def _fact(self, name: str, args: list[ast.expr]) -> float:
        fact = FACTS[known(name, FACTS, "fact")]
        match args:
            case [ast.Constant(value=str() as lane)]:
                given: list[float] = []
            case [ast.Constant(value=str() as lane), step]:
                given = [float(self.read(step))]
            case _:
                raise RaceError(f'{name} wants a lane in quotes, such as {name}("SGD").')
        try:
            return fact(self._run, lane, *given)
        except TypeError:
            raise RaceError(f"{name} wants a lane{' and a step' * (not given)}.") from None
