"""Pieces of LaTeX that know how tightly they bind, so that no parenthesis is missing or idle."""

import re
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How tightly a piece binds; a looser one needs parentheses inside a tighter one."""

    CASES = 0
    OR = 1
    AND = 2
    COMPARISON = 3
    REMAINDER = 4
    SUM = 5
    MINUS = 6  # a product behind a minus sign
    PRODUCT = 7
    POWER = 8
    ATOM = 9


class Kind(IntEnum):
    """What a piece stands for: it decides how a product is written."""

    SCALAR = 0
    VECTOR = 1
    MATRIX = 2


_TALL = re.compile(r"\\frac|\\begin|\\sum")
_NUMBER_BEHIND = re.compile(r"(?<![\d._^])[\d.]+$")
_WORD_AHEAD = re.compile(r"\\math(rm|tt)")
_WORD_BEHIND = re.compile(r"(?<!_\{)\\math(rm|tt)\{[^{}]*\}(\^(\w|\{[^{}]*\}))?$")


@dataclass(frozen=True)
class Fragment:
    """LaTeX with its level and its kind.

    `terms` are the signed terms of a sum, between which a line may break; `flat` is another form
    for small places, such as a / b for a fraction in an exponent.
    """

    tex: str
    level: Level = Level.ATOM
    kind: Kind = Kind.SCALAR
    terms: tuple[str, ...] = ()
    flat: str = ""

    def within(self, level: Level) -> str:
        """Return the LaTeX, in parentheses if it binds more loosely than `level`."""
        return self.tex if self.level >= level else enclosed("(", self.tex, ")")


def enclosed(left: str, tex: str, right: str) -> str:
    """Put delimiters around `tex`, which grow with it if it is taller than a line."""
    if _TALL.search(tex):
        return rf"\left{left} {tex} \right{right}"
    return f"{left}{tex}{right}"


def total(a: Fragment, b: Fragment) -> Fragment:
    """Return a + b."""
    loose = b.level < Level.SUM or b.tex.startswith("-")
    terms = (b.within(Level.ATOM),) if loose else b.terms or (b.tex,)
    return _sum(a, ("+ " + terms[0], *terms[1:]), b.kind)


def difference(a: Fragment, b: Fragment) -> Fragment:
    """Return a - b."""
    return _sum(a, ("- " + b.within(Level.PRODUCT),), b.kind)


def _sum(a: Fragment, terms: tuple[str, ...], kind: Kind) -> Fragment:
    terms = ((a.terms or (a.tex,)) if a.level >= Level.SUM else (a.within(Level.SUM),)) + terms
    return Fragment(" ".join(terms), Level.SUM, max(a.kind, kind), terms)


def negative(a: Fragment) -> Fragment:
    """Return -a."""
    flat = f"-{a.flat}" if a.flat and a.level == Level.PRODUCT else ""
    return Fragment("-" + a.within(Level.PRODUCT), Level.MINUS, a.kind, flat=flat)


def product(a: Fragment, b: Fragment) -> Fragment:
    """Return a times b: side by side, or with a circled dot between two vectors (element-wise)."""
    left, right = a.within(Level.MINUS), b.within(Level.PRODUCT)
    sign = r"\odot" if a.kind == b.kind == Kind.VECTOR else ""
    level = Level.MINUS if left.startswith("-") else Level.PRODUCT
    return Fragment(juxtaposed(left, right, sign), level, max(a.kind, b.kind))


def juxtaposed(left: str, right: str, sign: str = "") -> str:
    """Join two factors, with whatever sign or space keeps them from running together."""
    words = bool(_WORD_BEHIND.search(left)) + bool(_WORD_AHEAD.match(right))
    digits = right[0].isdigit() or (right.startswith(r"\frac") and _NUMBER_BEHIND.search(left))
    if not sign and (digits or words == 2):
        sign = r"\cdot"
    return " ".join(filter(None, (left, sign or (r"\," if words else ""), right)))


def quotient(a: Fragment, b: Fragment) -> Fragment:
    """Return a fraction, with a leading minus of the numerator in front of it."""
    minus = a.level == Level.MINUS
    tex = rf"\frac{{{a.tex[1:] if minus else a.tex}}}{{{b.tex}}}"
    level = Level.MINUS if minus else Level.PRODUCT
    flat = f"{a.within(Level.MINUS)} / {b.within(Level.POWER)}"
    return Fragment("-" + tex if minus else tex, level, max(a.kind, b.kind), flat=flat)


def remainder(a: Fragment, b: Fragment) -> Fragment:
    """Return a modulo b."""
    tex = rf"{a.within(Level.PRODUCT)} \bmod {b.within(Level.PRODUCT)}"
    return Fragment(tex, Level.REMAINDER, max(a.kind, b.kind))


def condition(a: Fragment, sign: str, b: Fragment, level: Level) -> Fragment:
    """Return the condition that a and b hold, or that one of them does, by its sign and level."""
    return Fragment(f"{a.within(level)} {sign} {b.within(level)}", level)


def power(a: Fragment, b: Fragment) -> Fragment:
    """Return a to the power of b."""
    tex = f"{a.within(Level.ATOM)}^{braced(b.flat or b.tex)}"
    return Fragment(tex, Level.POWER, max(a.kind, b.kind))


def braced(tex: str) -> str:
    """Return an exponent or an index: a single character needs no braces."""
    return tex if len(tex) == 1 else f"{{{tex}}}"


def transposed(a: Fragment) -> str:
    """Return the LaTeX of a's transpose."""
    return a.within(Level.ATOM) + r"^\top"


def matrix_product(a: Fragment, b: Fragment) -> Fragment:
    """Return a @ b: an inner product of two vectors, or a product in which a matrix takes part."""
    if a.level == Level.MINUS:
        inner = matrix_product(Fragment(a.tex[1:], Level.PRODUCT, a.kind), b)
        return Fragment("-" + inner.tex, Level.MINUS, inner.kind)
    vectors = (a.kind == Kind.VECTOR) + (b.kind == Kind.VECTOR)
    left = transposed(a) if a.kind == Kind.VECTOR else a.within(Level.PRODUCT)
    kind = (Kind.MATRIX, Kind.VECTOR, Kind.SCALAR)[vectors]
    return Fragment(f"{left} {b.within(Level.PRODUCT)}", Level.PRODUCT, kind)
