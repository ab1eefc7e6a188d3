"""An independent reader of LaTeX: it computes what an equation says to a mathematician."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d(?:\s*[\d.])*|[^\s]")
CLOSERS = {")", "}", "+", "-", ",", "&", r"\\", r"\right", r"\end", "<", ">", "=", r"\le", r"\ge"}
CLOSERS |= {"/", r"\ne", r"\land", r"\lor", r"\rfloor", "|", r"\rVert", r"\bmod", r"\text"}
RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    r"\le": lambda a, b: a <= b,
    r"\ge": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    r"\ne": lambda a, b: a != b,
}
ENCLOSED = {"(": ")", "|": "|", r"\lVert": r"\rVert", r"\lfloor": r"\rfloor"}


def times(a: Any, b: Any) -> Any:
    """Vectors are columns and a transpose is a row: side by side is the product of matrices."""
    return a @ b if np.ndim(a) == np.ndim(b) == 2 else a * b


@dataclass
class Reader:
    """Evaluates a right-hand side; `names` maps LaTeX to values, `functions` LaTeX to callables."""

    text: str
    names: Mapping[str, Any]
    functions: Mapping[str, Callable[..., Any]]
    number: Callable[[str], Any] = float
    at: int = 0
    tokens: list[str] = field(init=False)

    def __post_init__(self):
        self.tokens = [*TOKEN.findall(self.text), ""]

    def peek(self) -> str:
        return self.tokens[self.at]

    def take(self, expected: str | None = None) -> str:
        token = self.tokens[self.at]
        assert expected in {None, token}, f"{expected} expected, not {token}, in {self.text}"
        self.at += 1
        return token

    def skip(self, *tokens: str) -> bool:
        if self.peek() in tokens:
            self.at += 1
            return True
        return False

    def whole(self) -> Any:
        value = self.disjunction()
        assert self.peek() == "", f"{self.tokens[self.at :]} is left of {self.text}"
        return value

    def disjunction(self) -> Any:
        value = self.conjunction()
        while self.skip(r"\lor"):
            value = value | self.conjunction()
        return value

    def conjunction(self) -> Any:
        value = self.relation()
        while self.skip(r"\land"):
            value = value & self.relation()
        return value

    def relation(self) -> Any:
        value = self.remainder()
        while self.peek() in RELATIONS:
            value = RELATIONS[self.take()](value, self.remainder())
        return value

    def remainder(self) -> Any:
        value = self.sum()
        return value % self.sum() if self.skip(r"\bmod") else value

    def sum(self) -> Any:
        self.skip(r"\quad")
        value = -self.slash() if self.skip("-") else self.slash()
        while self.peek() in {"+", "-"}:
            value = value + self.slash() if self.take() == "+" else value - self.slash()
        return value

    def slash(self) -> Any:
        value = self.product()
        if self.skip("/"):
            value = value / self.power()
            assert not self.peek() or self.peek() in CLOSERS, f"what is divided by, in {self.text}"
        return value

    def product(self) -> Any:
        value = self.power()
        while self.peek() and self.peek() not in CLOSERS:
            if self.skip(r"\odot"):
                value = value * self.power()
                continue
            separated = self.skip(r"\cdot", r"\,")
            assert separated or not self.mixed(), f"a mixed number in {self.text}"
            value = times(value, self.power())
        return value

    def mixed(self) -> bool:
        """Tell whether a number and a fraction stand side by side, as in one and a half."""
        raised, number = ["", *self.tokens][self.at - 1 : self.at + 1]
        return number[0].isdigit() and raised not in {"^", "_"} and self.peek() == r"\frac"

    def power(self) -> Any:
        value = self.atom()
        while self.peek() == "^":
            self.take()
            if self.skip(r"\top"):
                value = value.T
                continue
            exponent = self.argument()
            value = np.linalg.inv(value) if np.shape(value) == (2, 2) else value**exponent
        return value

    def argument(self) -> Any:
        if self.skip("{"):
            value = self.disjunction()
            self.take("}")
            return value
        assert len(self.peek()) == 1 or self.peek().startswith("\\"), f"what is raised: {self.text}"
        return self.atom()

    def atom(self) -> Any:
        token = self.peek()
        if token[:1].isdigit():
            return self.number(re.sub(r"\s", "", self.take()))
        if token == r"\left" or token in ENCLOSED:
            return self.enclosed()
        if token == r"\frac":
            self.take()
            return self.argument() / self.argument()
        if token == r"\sqrt":
            self.take()
            return self.functions["sqrt"](self.argument())
        if token == r"\begin":
            return self.cases()
        return self.named()

    def enclosed(self) -> Any:
        grown = self.skip(r"\left")
        opening = self.take()
        value = self.disjunction()
        if grown:
            self.take(r"\right")
        self.take(ENCLOSED[opening])
        return value if opening == "(" else self.functions[opening](value)

    def cases(self) -> Any:
        self.braced(r"\begin")
        value, rows = None, []
        while True:
            value = self.remainder()
            self.take("&")
            if self.braced(r"\text") == "otherwise":
                break
            rows.append((self.disjunction(), value))
            self.take(r"\\")
        self.braced(r"\end")
        for condition, then in reversed(rows):
            value = self.functions["where"](condition, then, value)
        return value

    def braced(self, command: str) -> str:
        self.take(command)
        self.take("{")
        text = ""
        while not self.skip("}"):
            text += self.take()
        return text

    def named(self) -> Any:
        name = self.name()
        if name in self.functions and self.peek() not in {"(", r"\left", "^"}:
            return self.functions[name]
        if name in self.functions:
            exponent = self.argument() if self.skip("^") else None
            grown = self.skip(r"\left")
            self.take("(")
            arguments = [self.remainder()]
            while self.skip(","):
                arguments.append(self.remainder())
            if grown:
                self.take(r"\right")
            self.take(")")
            value = self.functions[name](*arguments)
            return value if exponent is None else value**exponent
        assert name in self.names, f"{name} has no value in {self.text}"
        return self.names[name]

    def name(self) -> str:
        """Take a symbol with its index and its mark, spelled as in the tables, without spaces."""
        name = self.take()
        if self.peek() == "{":
            name += self.group()
        if name in {r"\nabla"}:
            while self.peek() != "(":
                name += self.take()
            return name
        if self.peek() == "_":
            name += self.take() + (self.group() if self.peek() == "{" else self.take())
        if self.peek() == "^" and self.tokens[self.at + 1] in {"+", "-", "*"}:
            name += self.take() + self.take()
        return name

    def group(self) -> str:
        text, depth = "", 0
        while True:
            token = self.take()
            depth += (token == "{") - (token == "}")
            text += token
            if depth == 0:
                return text


def spelled(symbol: str) -> str:
    return re.sub(r"\s", "", symbol)


@pytest.fixture(scope="session")
def read_equations():
    """Return a function that follows the lines of an equation to every name's last value."""

    def read(latex: str, names: Mapping[str, Any], functions: Mapping[str, Any], number=float):
        body = latex.removeprefix("\\begin{aligned}\n").removesuffix("\n\\end{aligned}")
        body = re.sub(r"\\\\\n&\\quad \{\}", " ", body)
        values = {spelled(name): value for name, value in names.items()}
        for line in body.split(" \\\\\n"):
            left, right = re.split(r"&(?:\\leftarrow|=) ", line)
            values[spelled(left)] = Reader(right, values, functions, number).whole()
        return values

    return read
