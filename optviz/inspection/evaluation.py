"""Evaluates the expressions that a rule is written with: what is printed can be computed."""

import ast
import builtins
import operator
from collections.abc import Callable, Mapping
from typing import Any

_OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.Mod: operator.mod,
    ast.FloorDiv: operator.floordiv,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


class Evaluation(ast.NodeVisitor):
    """Computes expressions from `names`, and from what `scope`, a function's globals, calls so."""

    def __init__(self, names: Mapping[str, Any], scope: Mapping[str, Any]) -> None:
        self.names, self.scope = names, scope

    def generic_visit(self, node: ast.AST) -> Any:
        """Refuse what no equation is made of; the printer has refused it before."""
        raise TypeError(f"{type(node).__name__} is no part of an equation")

    def visit_Name(self, node: ast.Name) -> Any:
        """Look a name up: in the step, in its module, in Python."""
        for known in (self.names, self.scope, vars(builtins)):
            if node.id in known:
                return known[node.id]
        raise NameError(f"the step names {node.id}, which is not there")

    def visit_Constant(self, node: ast.Constant) -> Any:
        """Return a number."""
        return node.value

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        """Return a part of a module, or a transpose."""
        return getattr(self.visit(node.value), node.attr)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        """Compute a sign or a negation."""
        return _OPERATORS[type(node.op)](self.visit(node.operand))

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        """Compute a sum, product, power and so on."""
        return _OPERATORS[type(node.op)](self.visit(node.left), self.visit(node.right))

    def visit_Compare(self, node: ast.Compare) -> Any:
        """Compute a comparison of two values."""
        (compared,), (right,) = node.ops, node.comparators
        return _OPERATORS[type(compared)](self.visit(node.left), self.visit(right))

    def visit_Call(self, node: ast.Call) -> Any:
        """Call a function, such as sqrt(r) or grad(f)(theta)."""
        named = {word.arg: self.visit(word.value) for word in node.keywords if word.arg}
        return self.visit(node.func)(*map(self.visit, node.args), **named)
