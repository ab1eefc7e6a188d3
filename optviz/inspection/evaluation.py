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


class Evaluation:
    """Computes expressions from `names`, and from what `scope`, a function's globals, calls so."""

    def __init__(self, names: Mapping[str, Any], scope: Mapping[str, Any]) -> None:
        # A name is looked up in the step, in its module, in Python.
        self.known = (names, scope, vars(builtins))

    def visit(self, node: ast.expr) -> Any:
        """Compute an expression; TypeError for what no equation is made of."""
        match node:
            case ast.Name(id=name):
                for known in self.known:
                    if name in known:
                        return known[name]
                raise NameError(f"the step names {name}, which is not there")
            case ast.Constant(value=number):
                return number
            case ast.Attribute(value=owner, attr=name):
                return getattr(self.visit(owner), name)
            case ast.UnaryOp(op, operand):
                return _OPERATORS[type(op)](self.visit(operand))
            case ast.BinOp(left, op, right) | ast.Compare(left, [op], [right]):
                return _OPERATORS[type(op)](self.visit(left), self.visit(right))
            case ast.Call(function, arguments, keywords):
                named = {word.arg: self.visit(word.value) for word in keywords if word.arg}
                return self.visit(function)(*map(self.visit, arguments), **named)
        raise TypeError(f"{type(node).__name__} is no part of an equation")
