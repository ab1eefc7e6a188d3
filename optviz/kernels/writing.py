"""Writes scalars down as statements: each in the outermost loop that it can be in."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from optviz.kernels.scalars import Loop, Scalar

# A longer expression gets a name.
LONG = 90
_PRODUCTS = ("mul", "div", "rem")
_SUMS = ("add", "sub", *_PRODUCTS)
_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
_CONDITIONS = (*_COMPARISONS, "and", "or")
# As in C, what is written within parentheses goes without them as an operand of these operations if
# it is one of those, operand by operand: a + b + c, but a + (b + c), to the order of the sums.
_BARE: Mapping[str, Sequence[Collection[str]]] = {
    **dict.fromkeys(("add", "sub"), (_SUMS, _PRODUCTS)),
    **dict.fromkeys(_PRODUCTS, (_PRODUCTS, ())),
    **dict.fromkeys(_COMPARISONS, (_SUMS, _SUMS)),
    "and": ((*_COMPARISONS, "and"),) * 2,
    "or": (_CONDITIONS,) * 2,
    "select": (_CONDITIONS, _SUMS, (*_SUMS, "select")),
}


@dataclass(frozen=True)
class Language:
    """How a language writes what a program is made of; `declare` and `vary` begin a statement.

    It reads operations in the order that C does.
    """

    operations: Mapping[str, str]
    constant: Callable[[float | bool], str]
    declare: Callable[[Scalar], str]
    vary: Callable[[Scalar], str]

    def written(self, scalar: Scalar, operands: Sequence[str]) -> str:
        """Return an operation on operands, or a call of a function of the module if it is none."""
        form = self.operations.get(scalar.operation)
        if not form or not form.startswith("("):
            texts = [*map(bare, operands)]
            return form.format(*texts) if form else f"{scalar.operation}({', '.join(texts)})"
        slots = _BARE.get(scalar.operation, [()] * len(operands))
        parts = zip(scalar.operands, operands, slots, strict=True)
        return form.format(
            *(bare(text) if one.operation in may else text for one, text, may in parts)
        )


class Writing:
    """The statements of one program, in the order of the calls.

    `outputs` are all scalars that will be asked for; `names` says how its inputs are called, and
    `given` how scalars are that it need not compute.
    """

    def __init__(
        self,
        language: Language,
        outputs: Iterable[Scalar],
        names: Mapping[str, str],
        given: Mapping[Scalar, str] = MappingProxyType({}),
    ) -> None:
        self._language = language
        self._names = names
        self._known: dict[Scalar, str] = {**given}
        self._constant: set[str] = set()
        self._count = 0
        self._uses = _uses(outputs)
        # How the operations were written that the program has.
        self.used: set[str] = set()

    def before(self, loop: Loop, scalars: Iterable[Scalar]) -> list[str]:
        """Return statements that compute, of some scalars in a loop, what is the same each turn."""
        lines: list[str] = []
        for scalar in _outermost(scalars, loop):
            self._name(scalar, lines)
        return lines

    def values(self, scalars: Sequence[Scalar], lines: list[str]) -> list[str]:
        """Return expressions for scalars, once `lines` have got the statements they rest on."""
        return [self._text(scalar, lines) for scalar in scalars]

    def next(self, changes: Sequence[tuple[str, Scalar]], lines: list[str]) -> None:
        """Give variables their next values, all at the same time."""
        texts = [(name, scalar, self._text(scalar, lines)) for name, scalar in changes]
        moved = [one for one in texts if one[0] != one[2]]
        if len(moved) > 1:
            moved = [(name, one, self._fixed(one, text, lines)) for name, one, text in moved]
        lines += [f"{name} = {bare(text)};" for name, _, text in moved]

    def _fixed(self, scalar: Scalar, text: str, lines: list[str]) -> str:
        """Return an expression that no change of a variable changes."""
        return text if text in self._constant else self._declared(scalar, text, lines)

    def _text(self, scalar: Scalar, lines: list[str]) -> str:
        """Return the expression of a scalar, short or used once; others get a name."""
        if scalar.operation == "constant":
            return self._language.constant(scalar.value)
        if scalar in self._known:
            return self._known[scalar]
        if scalar.operation == "input":
            return self._names[scalar.value]
        if scalar.operation == "result":
            return self._result(scalar, lines)
        operands = [self._text(one, lines) for one in scalar.operands]
        self.used.add(scalar.operation)
        text = self._language.written(scalar, operands)
        if self._uses[scalar] == 1 and len(text) < LONG:
            return text
        self._known[scalar] = self._declared(scalar, text, lines)
        return self._known[scalar]

    def _name(self, scalar: Scalar, lines: list[str]) -> None:
        """Let a scalar have a name, whatever it is."""
        text = self._text(scalar, lines)
        if scalar not in self._known:
            self._known[scalar] = self._declared(scalar, text, lines)

    def _declared(self, scalar: Scalar, text: str, lines: list[str]) -> str:
        name = self._fresh()
        lines.append(f"{self._language.declare(scalar)} {name} = {bare(text)};")
        self._constant.add(name)
        return name

    def _fresh(self) -> str:
        self._count += 1
        return f"v{self._count}"

    def _result(self, scalar: Scalar, lines: list[str]) -> str:
        """Write down the loop that a scalar comes from."""
        loop = scalar.loop
        assert loop, "a result is that of a loop"
        assert loop.condition, "it was filled in"
        lines += self.before(loop, [loop.condition, *loop.after])
        names = []
        for index, (begun, carried) in enumerate(zip(loop.initial, loop.carried, strict=True)):
            names.append(self._fresh())
            self._known[carried] = names[index]
            vary = self._language.vary(begun)
            lines.append(f"{vary} {names[index]} = {bare(self._text(begun, lines))};")
        inner: list[str] = []
        condition = self._text(loop.condition, inner)
        inner.append(f"if (!{condition}) break;")
        self.next([*zip(names, loop.after, strict=True)], inner)
        lines += ["for (;;) {", *inner, "}"]
        for one in self._uses:
            if one.operation == "result" and one.loop is loop:
                self._known[one] = names[one.value]
        return self._known[scalar]


def bare(text: str) -> str:
    """Return an expression without the parentheses around all of it."""
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and index < len(text) - 1:
            return text
    return text[1:-1]


def decimal(value: float) -> str:
    """Return a number as most languages write it, with all of its digits."""
    text = repr(value).removesuffix(".0")
    return f"({text})" if text.startswith("-") else text


def parts(scalar: Scalar) -> Iterator[Scalar]:
    """Yield what a scalar is made of."""
    yield from scalar.operands
    if scalar.operation == "result" and scalar.loop and scalar.loop.condition:
        yield from (*scalar.loop.initial, scalar.loop.condition, *scalar.loop.after)


def reaches(names: Collection[str]) -> Callable[[Scalar], bool]:
    """Return what says of a scalar whether it depends on an input of one of these names."""

    @cache
    def reach(scalar: Scalar) -> bool:
        own = scalar.operation == "input" and scalar.value in names
        return own or any(map(reach, parts(scalar)))

    return reach


def _uses(outputs: Iterable[Scalar]) -> Counter[Scalar]:
    """Count how often each scalar is used by those that lead to the outputs."""
    uses: Counter[Scalar] = Counter()
    waiting = [*outputs]
    loops: set[Loop] = set()
    while waiting:
        scalar = waiting.pop()
        uses[scalar] += 1
        if uses[scalar] > 1 or (scalar.operation == "result" and scalar.loop in loops):
            continue
        if scalar.operation == "result" and scalar.loop:
            loops.add(scalar.loop)
        waiting += parts(scalar)
    return uses


def _outermost(scalars: Iterable[Scalar], loop: Loop) -> Iterator[Scalar]:
    """Yield, of what leads to some scalars, the last that are computed without the loop."""
    seen: set[Scalar] = set()
    waiting = [*scalars]
    while waiting:
        scalar = waiting.pop()
        if scalar in seen:
            continue
        seen.add(scalar)
        if loop in scalar.inside:
            waiting += parts(scalar)
        elif scalar.operation not in ("constant", "input"):
            yield scalar
