"""How calls read in an equation: roots, cases, norms, and functions written with their name."""

from collections.abc import Callable

from optviz.notation.fragment import Fragment, Kind, Level, enclosed, power, product, transposed

# What is only another way to write something: put back into operators before it is printed.
REWRITTEN = {
    ("norm", 2): "sqrt(a**2 + b**2)",
    ("hypot", 2): "sqrt(a**2 + b**2)",
    ("square", 1): "a**2",
    ("power", 2): "a**b",
    ("log1p", 1): "log(1 + a)",
    ("expm1", 1): "exp(a) - 1",
    ("dot", 2): "a @ b",
    ("vdot", 2): "a @ b",
    ("mod", 2): "a % b",
}
_RAISED = ("sin", "cos", "tan", "sinh", "cosh", "tanh")
_NAMED = {
    name: "\\" + name for name in (*_RAISED, "arcsin", "arccos", "arctan", "log", "max", "min")
} | {
    "log2": r"\log_2",
    "log10": r"\log_{10}",
    "maximum": r"\max",
    "minimum": r"\min",
}
# Named helpers that return a number, whatever they are given.
_NUMBERS = frozenset({"sum", "mean", "norm", "max", "min", "backtrack"})
_CASES = r"\begin{cases} "
_END = r" \end{cases}"


def called(name: str, arguments: list[Fragment]) -> Fragment:
    """Return the call of the function `name`, as mathematics has it or by its name."""
    if special := _SPECIAL.get((name, len(arguments))):
        return special(*arguments)
    listed = arguments_of(arguments)
    kind = Kind.SCALAR if name in _NUMBERS else max((a.kind for a in arguments), default=0)
    return Fragment(_head(name) + listed, Level.POWER, Kind(kind))


def arguments_of(arguments: list[Fragment]) -> str:
    """Return the arguments of a call, in their parentheses."""
    if len(arguments) == 1:
        return enclosed("(", arguments[0].flat or arguments[0].tex, ")")
    return enclosed("(", ", ".join(a.within(Level.COMPARISON) for a in arguments), ")")


def raised(name: str, argument: Fragment, exponent: Fragment) -> Fragment | None:
    """Return sin^2(x) and its like; None for functions that are not written so."""
    if name not in _RAISED or not exponent.tex.isdigit():
        return None
    inner = called(name, [argument])
    head = _head(name)
    tex = f"{power(Fragment(head), exponent).tex}{inner.tex.removeprefix(head)}"
    return Fragment(tex, Level.POWER, inner.kind)


def _head(name: str) -> str:
    spelled = name.replace("_", r"\_")
    return _NAMED.get(name) or rf"\operatorname{{{spelled}}}"


def _exponential(x: Fragment) -> Fragment:
    if r"\frac" in (x.flat or x.tex) or r"\begin" in x.tex:
        return Fragment(r"\exp" + enclosed("(", x.tex, ")"), Level.POWER, x.kind)
    return power(Fragment("e"), x)


def _cases(condition: Fragment, a: Fragment, b: Fragment) -> Fragment:
    rest = rf"{b.tex} & \text{{otherwise}}"
    if b.level == Level.CASES:
        rest = b.tex.removeprefix(_CASES).removesuffix(_END)
    tex = rf"{_CASES}{a.within(Level.SUM)} & \text{{if }} {condition.tex} \\ {rest}{_END}"
    return Fragment(tex, Level.CASES, max(a.kind, b.kind))


def _floor(x: Fragment) -> Fragment:
    tex = rf"\left\lfloor {x.tex} \right\rfloor"
    return Fragment(tex, kind=x.kind, flat=tex.replace(x.tex, x.flat or x.tex))


def _absolute(x: Fragment) -> Fragment:
    return Fragment(rf"\left| {x.tex} \right|", kind=x.kind)


def _sum(x: Fragment) -> Fragment:
    return Fragment(rf"\sum_i {x.within(Level.ATOM)}_i" if x.kind else x.tex, Level.REMAINDER)


def _inverse(a: Fragment) -> Fragment:
    return Fragment(a.within(Level.ATOM) + "^{-1}", Level.POWER, Kind.MATRIX)


_SPECIAL: dict[tuple[str, int], Callable[..., Fragment]] = {
    ("sqrt", 1): lambda x: Fragment(rf"\sqrt{{{x.tex}}}", kind=x.kind),
    ("abs", 1): _absolute,
    ("absolute", 1): _absolute,
    ("exp", 1): _exponential,
    ("floor", 1): _floor,
    ("ceil", 1): lambda x: Fragment(rf"\left\lceil {x.tex} \right\rceil", kind=x.kind),
    ("where", 3): _cases,
    ("sum", 1): _sum,
    ("norm", 1): lambda x: Fragment(rf"\left\lVert {x.tex} \right\rVert"),
    ("inv", 1): _inverse,
    ("solve", 2): lambda a, b: Fragment(product(_inverse(a), b).tex, Level.PRODUCT, b.kind),
    ("outer", 2): lambda a, b: Fragment(
        f"{a.within(Level.PRODUCT)} {transposed(b)}", Level.PRODUCT, Kind.MATRIX
    ),
    ("transpose", 1): lambda a: Fragment(transposed(a), Level.POWER, a.kind),
    ("identity", 1): lambda _: Fragment("I", kind=Kind.MATRIX),
    ("eye", 1): lambda _: Fragment("I", kind=Kind.MATRIX),
    ("ones_like", 1): lambda x: Fragment("1", kind=x.kind),
    ("zeros_like", 1): lambda x: Fragment("0", kind=x.kind),
}
