"""An expression's syntax tree as LaTeX."""

import ast
import math
from collections.abc import Callable, Mapping
from decimal import Decimal

from optviz.notation import fragment
from optviz.notation.definition import Definition, excerpt
from optviz.notation.fragment import Fragment, Kind, Level
from optviz.notation.functions import REWRITTEN, arguments_of, called, raised

_COMPARISONS = {
    ast.Lt: "<",
    ast.LtE: r"\le",
    ast.Gt: ">",
    ast.GtE: r"\ge",
    ast.Eq: "=",
    ast.NotEq: r"\ne",
}
Operator = Callable[[Fragment, Fragment], Fragment]
_OPERATORS: dict[type[ast.operator], Operator] = {
    ast.Add: fragment.total,
    ast.Sub: fragment.difference,
    ast.Mult: fragment.product,
    ast.Div: fragment.quotient,
    ast.Pow: fragment.power,
    ast.MatMult: fragment.matrix_product,
    ast.Mod: fragment.remainder,
    ast.FloorDiv: lambda a, b: called("floor", [fragment.quotient(a, b)]),
    ast.BitAnd: lambda a, b: fragment.condition(a, r"\land", b, Level.AND),
    ast.BitOr: lambda a, b: fragment.condition(a, r"\lor", b, Level.OR),
}
_CONSTANTS = {"pi": r"\pi", "e": "e", "inf": r"\infty"}
_DERIVATIVES = {"grad": r"\nabla_\theta", "hessian": r"\nabla^2_\theta"}


class Expressions(ast.NodeVisitor):
    """Prints the expressions of one function, whose names have these symbols and kinds."""

    def __init__(self, origin: Definition, symbols: Mapping[str, str], kinds: dict[str, Kind]):
        self.origin, self.symbols, self.kinds = origin, symbols, kinds

    def generic_visit(self, node: ast.AST) -> Fragment:
        """Refuse every construct that has no method here."""
        raise self.origin.refuse(node, f"this {type(node).__name__} ({excerpt(node)})")

    def visit_Name(self, node: ast.Name) -> Fragment:
        """Print a name of the function, or a constant of mathematics."""
        tex = self.symbols.get(node.id) or _CONSTANTS.get(node.id)
        if tex is None:
            raise self.origin.refuse(node, f"the name {node.id}, which the function does not set,")
        level = Level.POWER if "^" in tex else Level.ATOM
        return Fragment(tex, level, self.kinds.get(node.id, Kind.SCALAR))

    def visit_Constant(self, node: ast.Constant) -> Fragment:
        """Print a number."""
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return number(node.value)
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> Fragment:
        """Print a constant of a module (np.pi) or a transpose (A.T)."""
        if self._of_module(node):
            return self.visit_Name(ast.copy_location(ast.Name(node.attr), node))
        if node.attr == "T":
            return called("transpose", [self.visit(node.value)])
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Fragment:
        """Print a sign or a negation."""
        operand = self.visit(node.operand)
        if isinstance(node.op, ast.USub):
            return fragment.negative(operand)
        if isinstance(node.op, ast.UAdd):
            return operand
        return Fragment(rf"\lnot {operand.within(Level.ATOM)}", Level.COMPARISON)

    def visit_BinOp(self, node: ast.BinOp) -> Fragment:
        """Print an operator, as mathematics would have it."""
        if type(node.op) not in _OPERATORS:
            return self.generic_visit(node)
        return self._rearranged(node) or _OPERATORS[type(node.op)](
            self.visit(node.left), self.visit(node.right)
        )

    def visit_Compare(self, node: ast.Compare) -> Fragment:
        """Print a comparison, or a chain of them."""
        tex = self.visit(node.left).within(Level.REMAINDER)
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if type(operator) not in _COMPARISONS:
                return self.generic_visit(node)
            tex += f" {_COMPARISONS[type(operator)]} {self.visit(right).within(Level.REMAINDER)}"
        return Fragment(tex, Level.COMPARISON)

    def visit_Call(self, node: ast.Call) -> Fragment:
        """Print the call of a named function, or of a derivative of one."""
        if node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
            raise self.origin.refuse(node, f"a call with such arguments ({excerpt(node)})")
        if isinstance(node.func, ast.Call):
            return self._derivative(node, node.func)
        name = self._callee(node.func)
        if rewritten := REWRITTEN.get((name, len(node.args))):
            return self.visit(_filled(rewritten, node.args))
        arguments = [self.visit(a) for a in node.args]
        if name in self.symbols:
            return self._applied(self.symbols[name], arguments)
        return called(name, arguments)

    def _callee(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Attribute) and self._of_module(node):
            return node.attr
        raise self.origin.refuse(node, f"a call of {excerpt(node)}")

    def _of_module(self, node: ast.Attribute) -> bool:
        root = node.value
        while isinstance(root, ast.Attribute):
            root = root.value
        return isinstance(root, ast.Name) and root.id in self.origin.modules

    def _derivative(self, node: ast.Call, inner: ast.Call) -> Fragment:
        name = self._callee(inner.func)
        if name not in _DERIVATIVES or len(inner.args) != 1 or inner.keywords:
            raise self.origin.refuse(node, f"a call of {excerpt(inner)}")
        head = f"{_DERIVATIVES[name]} {self.visit(inner.args[0]).within(Level.ATOM)}"
        kind = Kind.VECTOR if name == "grad" else Kind.MATRIX
        return self._applied(head, [self.visit(a) for a in node.args], kind)

    def _applied(self, head: str, arguments: list[Fragment], kind: Kind = Kind.SCALAR) -> Fragment:
        return Fragment(head + arguments_of(arguments), Level.POWER, kind)

    def _rearranged(self, node: ast.BinOp) -> Fragment | None:
        """Print what a book writes in another order than Python does; None for the rest."""
        match node:
            case ast.BinOp(ast.Call(ast.Name(name), [x]), ast.Pow(), exponent):
                return raised(name, self.visit(x), self.visit(exponent))
            case ast.BinOp(ast.UnaryOp(ast.USub(), a), ast.Div(), b):
                return fragment.negative(fragment.quotient(self.visit(a), self.visit(b)))
            case ast.BinOp(ast.BinOp(a, ast.Mult(), b), ast.Div() | ast.MatMult(), c):
                return self._factor_ahead(a, b, c, _OPERATORS[type(node.op)])
        return None

    def _factor_ahead(
        self, left: ast.expr, right: ast.expr, last: ast.expr, operator: Operator
    ) -> Fragment | None:
        """Take a number out of a b / c or a b @ c, as a book does: a times what is left."""
        a, b, c = self.visit(left), self.visit(right), self.visit(last)
        if a.kind != Kind.SCALAR or b.kind == Kind.SCALAR:
            return None
        return fragment.product(a, operator(b, c))


def number(value: float) -> Fragment:
    """Return a number, with a power of ten where it is very small or very large."""
    if value == 0 or 1e-2 <= abs(value) < 1e5 or not math.isfinite(value):
        return Fragment(repr(int(value)) if value == int(value) else repr(value))
    mantissa, exponent = f"{Decimal(repr(value)).normalize():e}".split("e")
    ten = f"10^{fragment.braced(str(int(exponent)))}"
    if mantissa == "1":
        return Fragment(ten, Level.POWER)
    return Fragment(rf"{mantissa} \cdot {ten}", Level.PRODUCT)


def _filled(template: str, arguments: list[ast.expr]) -> ast.expr:
    """Put `arguments` in the place of a, b, ... in `template`."""
    places = dict(zip("ab", arguments, strict=False))

    class Filler(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return places.get(node.id, node)

    return Filler().visit(ast.parse(template, mode="eval").body)
