"""The exact derivatives of a formula, as statements that read like it."""

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

Expression = ast.expr
ZERO, ONE = ast.Constant(0), ast.Constant(1)


@dataclass(frozen=True)
class Formula:
    """Statements (name, expression) in the order in which they are worked out.

    `slopes` are the names of those that hold the derivative of a name by a variable.
    """

    statements: tuple[tuple[str, Expression], ...]
    slopes: Mapping[tuple[str, str], str]

    def of(self, name: str, variable: str) -> str:
        """Return what holds the derivative of `name` by `variable`: a name, or 0."""
        return self.slopes.get((name, variable), "0.0")

    def needed(self, names: Iterable[str]) -> list[tuple[str, Expression]]:
        """Return the statements that it takes to work out these names."""
        wanted, kept = set(names), []
        for name, value in reversed(self.statements):
            if name in wanted:
                kept.append((name, value))
                wanted |= _names(value)
        return kept[::-1]


def derived(
    statements: Sequence[tuple[str, Expression]], variables: Sequence[str] = ("x", "y")
) -> Formula:
    """Return the statements with the derivatives of each by the variables after it.

    That of `f` by x is called `f_x`, and of that by y `f_xy`. NotImplementedError for a function
    whose derivative is not known here.
    """
    slopes: dict[tuple[str, str], str] = {}
    longer: list[tuple[str, Expression]] = []
    there = {name for name, _ in statements}
    for name, value in statements:
        longer.append((name, value))
        for variable in variables:
            slope = _by(value, variable, slopes)
            if not _is(slope, 0):
                called = f"{name}{'' if name[-2:] in ('_x', '_y') else '_'}{variable}"
                slopes[name, variable] = called
                # Of a gradient, some are worked out already.
                if called not in there:
                    longer.append((called, slope))
    return Formula(tuple(longer), slopes)


def written(expression: Expression) -> str:
    """Return an expression as Python is written by hand: x**2 * y."""
    text = ast.unparse(expression)
    parts = text.split(" ** ")
    # A power of a name stands close, one of a sum in brackets does not.
    return reduce(lambda a, b: a + (" ** " if a[-1] == ")" else "**") + b, parts)


def _by(node: Expression, variable: str, slopes: Mapping[tuple[str, str], str]) -> Expression:
    """Return the derivative of an expression by a variable."""

    def by(inner: Expression) -> Expression:
        return _by(inner, variable, slopes)

    match node:
        case ast.Name(name):
            known = slopes.get((name, variable))
            return ONE if name == variable else ast.Name(known) if known else ZERO
        case ast.Constant() | ast.Compare():
            return ZERO
        case ast.UnaryOp(ast.USub(), inner):
            return _negative(by(inner))
        case ast.BinOp(a, ast.Pow(), ast.Constant(int(n))):
            return _product(ast.Constant(n), _power(a, n - 1), by(a))
        case ast.BinOp(a, operator, b) if type(operator) in OPERATORS:
            return OPERATORS[type(operator)](a, b, by(a), by(b))
        case ast.Call(ast.Name(name), arguments) if name in CALLS:
            inner = [by(argument) for argument in arguments]
            return ZERO if all(_is(one, 0) for one in inner) else CALLS[name](arguments, inner)
    raise NotImplementedError(f"the derivative of {ast.unparse(node)}")


def _of_quotient(a: Expression, b: Expression, above: Expression, below: Expression) -> Expression:
    over = _quotient(_product(a, below), _power(b, 2))
    return _sum(_quotient(above, b), _negative(over))


def _call(name: str, *arguments: Expression) -> Expression:
    return ast.Call(ast.Name(name), [*arguments], [])


def _of_norm(a: list[Expression], slopes: list[Expression]) -> Expression:
    """Return the derivative of a distance, with 0 where that is 0."""
    along = [_product(x, slope) for x, slope in zip(a, slopes, strict=True)]
    return _call("ratio", _sum(*along), _call("norm", *a))


def _of_ratio(a: list[Expression], slopes: list[Expression]) -> Expression:
    """Return the derivative of a ratio, with 0 where its divisor is 0."""
    (above, below), (rising, widening) = a, slopes
    first = ZERO if _is(rising, 0) else _call("ratio", rising, below)
    if _is(widening, 0):
        return first
    return _sum(first, _negative(_call("ratio", _product(above, widening), _power(below, 2))))


def _of_maximum(a: list[Expression], slopes: list[Expression]) -> Expression:
    return _call("where", ast.Compare(a[0], [ast.Gt()], [a[1]]), *slopes)


# What the derivative of each operation is, of its two sides and their derivatives.
OPERATORS: Mapping[type[ast.operator], Callable[..., Expression]] = {
    ast.Add: lambda a, b, first, second: _sum(first, second),  # noqa: ARG005
    ast.Sub: lambda a, b, first, second: _sum(first, _negative(second)),  # noqa: ARG005
    ast.Mult: lambda a, b, first, second: _sum(_product(first, b), _product(a, second)),
    ast.Div: _of_quotient,
}
# What each function's derivative is, of its arguments and their derivatives.
CALLS: Mapping[str, Callable[[list[Expression], list[Expression]], Expression]] = {
    "sin": lambda a, slopes: _product(_call("cos", *a), slopes[0]),
    "cos": lambda a, slopes: _negative(_product(_call("sin", *a), slopes[0])),
    "exp": lambda a, slopes: _product(_call("exp", *a), slopes[0]),
    "sqrt": lambda a, slopes: _quotient(slopes[0], _product(ast.Constant(2), _call("sqrt", *a))),
    "norm": _of_norm,
    "ratio": _of_ratio,
    "maximum": _of_maximum,
    "where": lambda a, slopes: _call("where", a[0], *slopes[1:]),
}


# Those that a library has, under their own names.
ELEMENTARY = {"sin", "cos", "exp", "sqrt", "maximum", "where"}


def _is(node: Expression, number: float) -> bool:
    return isinstance(node, ast.Constant) and node.value == number


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _sum(*terms: Expression) -> Expression:
    """Return a sum; a term with a minus is subtracted."""
    left = [term for term in terms if not _is(term, 0)]
    if not left:
        return ZERO
    return reduce(_add, left)


def _add(a: Expression, b: Expression) -> Expression:
    if isinstance(a, ast.Constant) and isinstance(b, ast.Constant):
        return _joined(_factors(a)[0] + _factors(b)[0], [])
    if isinstance(b, ast.BinOp) and isinstance(b.op, ast.Add | ast.Sub):
        last = b.right if isinstance(b.op, ast.Add) else _negative(b.right)
        return _add(_add(a, b.left), last)
    number, factors = _factors(b)
    if number < 0:
        return ast.BinOp(a, ast.Sub(), _joined(-number, factors))
    # y - 1 rather than -1 + y.
    if isinstance(a, ast.Constant) and a.value < 0:  # type: ignore[operator]
        return ast.BinOp(b, ast.Sub(), ast.Constant(-a.value))  # type: ignore[operator]
    return ast.BinOp(a, ast.Add(), b)


def _negative(node: Expression) -> Expression:
    return ZERO if _is(node, 0) else _product(ast.Constant(-1), node)


def _product(*parts: Expression) -> Expression:
    """Return a product with one number, which comes first."""
    number, factors = Fraction(1), []
    for part in parts:
        if _is(part, 0):
            return ZERO
        own, others = _factors(part)
        number *= own
        factors += others
    return _joined(number, factors)


def _factors(node: Expression) -> tuple[Fraction, list[Expression]]:
    """Return an expression as a number and the factors that it is multiplied by."""
    match node:
        case ast.Constant(int(value) | float(value)):
            # As it is written: 3 * 0.3 is 0.9.
            return Fraction(str(value)), []
        case ast.UnaryOp(ast.USub(), inner):
            number, factors = _factors(inner)
            return -number, factors
        case ast.BinOp(a, ast.Mult(), b):
            (first, left), (second, right) = _factors(a), _factors(b)
            return first * second, [*left, *right]
        case ast.BinOp(a, ast.Div(), b) if (above := _factors(a))[0] < 0:
            return Fraction(-1), [ast.BinOp(_joined(-above[0], above[1]), ast.Div(), b)]
    return Fraction(1), [node]


def _gathered(factors: Sequence[Expression]) -> list[Expression]:
    """Return the factors with the powers of each in one."""
    powers: dict[str, tuple[Expression, int]] = {}
    for factor in factors:
        match factor:
            case ast.BinOp(base, ast.Pow(), ast.Constant(int(n))):
                pass
            case base:
                n = 1
        name = ast.unparse(base)
        powers[name] = base, n + powers.get(name, (base, 0))[1]
    return [_power(base, n) for base, n in powers.values()]


def _joined(number: Fraction, factors: Sequence[Expression]) -> Expression:
    whole = int(number) if number.denominator == 1 else float(number)
    factors = _gathered(factors)
    if not factors:
        return ast.Constant(whole)
    # A sign before a quotient is that of what it divides.
    first = [] if abs(whole) == 1 else [ast.Constant(abs(whole))]
    product = reduce(lambda a, b: ast.BinOp(a, ast.Mult(), b), [*first, *factors])
    if whole >= 0:
        return product
    if first:
        numbers = [ast.Constant(whole), *factors]
        return reduce(lambda a, b: ast.BinOp(a, ast.Mult(), b), numbers)
    return _signed(product)


def _signed(product: Expression) -> Expression:
    """Return minus a product: the sign stands before its first factor."""
    if isinstance(product, ast.BinOp) and isinstance(product.op, ast.Mult | ast.Div):
        return ast.BinOp(_signed(product.left), product.op, product.right)
    return ast.UnaryOp(ast.USub(), product)


def _quotient(a: Expression, b: Expression) -> Expression:
    if _is(a, 0):
        return ZERO
    number, factors = _factors(a)
    divisor, others = _factors(b)
    if divisor > 1 and number % divisor == 0:
        a, b = _joined(number / divisor, factors), _joined(Fraction(1), others)
    return a if _is(b, 1) else ast.BinOp(a, ast.Div(), b)


def _power(a: Expression, n: int) -> Expression:
    if n == 0:
        return ONE
    return a if n == 1 else ast.BinOp(a, ast.Pow(), ast.Constant(n))
