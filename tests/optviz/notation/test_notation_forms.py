"""The printer's grammar, form by form, and what it refuses."""

from __future__ import annotations

import ast
import textwrap

import pytest

from optviz.notation import NOTATIONS, CannotPrint, latex, symbol, text
from optviz.notation.definition import Definition
from optviz.notation.equations import equations
from optviz.notation.names import mathematical, plain
from optviz.rules import RULES


def printed(body: str, signature: str = "x, y, *, a, b, lr, rho1", notation: str = "book") -> str:
    source = f"def example({signature}):\n{textwrap.indent(textwrap.dedent(body), '    ')}"
    tree = ast.parse(source).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return equations(Definition(tree, 100, frozenset({"np"})), notation)


def right(expression: str) -> str:
    whole = printed(f"return {expression}")
    return whole.split("&= ", 1)[1].removesuffix("\n\\end{aligned}")


def step(body: str, notation: str = "book", memory: str = "v=0.0, t=0, M=eye") -> list[str]:
    signature = f"f, theta, {memory}, *, lr, alpha, rho1, delta"
    return printed(body, signature, notation).split("\n")[1:-1]


FORMS = {
    "x + y - a": "x + y - a",
    "x - (y - a)": "x - (y - a)",
    "x - (y + a)": "x - (y + a)",
    "x + (y - a)": "x + y - a",
    "x * (y + a)": "x (y + a)",
    "x * (y * a)": "x y a",
    "-x * y": "-x y",
    "x * -y": "x (-y)",
    "-(x + y)": "-(x + y)",
    "-x**2": "-x^2",
    "(-x)**2": "(-x)^2",
    "(x**2)**3": "(x^2)^3",
    "x ** y ** a": "x^{y^a}",
    "x ** -1": "x^{-1}",
    "x ** (a / b)": "x^{a / b}",
    "x ** (a / (b * y))": "x^{a / (b y)}",
    "(x / y)**2": r"\left( \frac{x}{y} \right)^2",
    "-x / y": r"-\frac{x}{y}",
    "x / y / a": r"\frac{\frac{x}{y}}{a}",
    "x * 2": r"x \cdot 2",
    "2 * x": "2 x",
    "3 * (1 / 2)": r"3 \cdot \frac{1}{2}",
    "1e-3 * x": "10^{-3} x",
    "2.5e-7 + x": r"2.5 \cdot 10^{-7} + x",
    "1e5 + 100.0 + 0.5": "10^5 + 100 + 0.5",
    "rho1 ** 2": r"\rho_1^2",
    "sqrt(x) ** 2": r"\sqrt{x}^2",
    "sin(x) ** 2": r"\sin^2(x)",
    "abs(x)": r"\left| x \right|",
    "norm(x, y)": r"\sqrt{x^2 + y^2}",
    "exp(-x)": "e^{-x}",
    "exp((1 + x / y) / (1 + y / x))": r"\exp\left( \frac{1 + \frac{x}{y}}{1 + \frac{y}{x}} \right)",
    "maximum(x, 0)": r"\max(x, 0)",
    "clip(x, a, b)": r"\operatorname{clip}(x, a, b)",
    "line_search(x)": r"\operatorname{line\_search}(x)",
    "np.cos(np.pi * x)": r"\cos(\pi x)",
    "where(x < 0, a, b)": r"\begin{cases} a & \text{if } x < 0 \\ b & \text{otherwise} \end{cases}",
    "where(x < 0, a, where(x <= 1, b, y))": r"\begin{cases} a & \text{if } x < 0 \\ "
    r"b & \text{if } x \le 1 \\ y & \text{otherwise} \end{cases}",
    "where((x < 0) & (y != 1), a, b)": r"\begin{cases} a & \text{if } x < 0 \land y \ne 1 \\ "
    r"b & \text{otherwise} \end{cases}",
    "x // y": r"\left\lfloor \frac{x}{y} \right\rfloor",
    "x * (y % a)": r"x (y \bmod a)",
}


@pytest.mark.parametrize("expression", FORMS)
def test_form(expression):
    assert right(expression) == FORMS[expression]


STEPS = {
    "v = v * v\nreturn theta, v, t, M": [r"v &\leftarrow v \odot v"],
    "v = lr * v / (sqrt(v) + delta)\nreturn theta, v, t, M": [
        r"v &\leftarrow \epsilon \frac{v}{\sqrt{v} + \delta}"
    ],
    "v = v / (1 - rho1**t)\nreturn theta, v, t, M": [r"v &\leftarrow \frac{v}{1 - \rho_1^t}"],
    "g = grad(f)(theta + alpha * v)\nreturn theta + g, v, t, M": [
        r"g &\leftarrow \nabla_\theta f(\theta + \alpha v) \\",
        r"\theta &\leftarrow \theta + g",
    ],
    "H = hessian(f)(theta) + delta * eye(2)\nreturn theta - solve(H, v), v, t, H": [
        r"H &\leftarrow \nabla^2_\theta f(\theta) + \delta I \\",
        r"\theta &\leftarrow \theta - H^{-1} v \\",
        r"M &\leftarrow H",
    ],
    "return theta + 1, theta, t, M": [r"v &\leftarrow \theta \\", r"\theta &\leftarrow \theta + 1"],
    "return theta, -M @ v, t, 2 * M": [r"v &\leftarrow -M v \\", r"M &\leftarrow 2 M"],
    "return theta, v, t, outer(v, v) / (v @ v)": [r"M &\leftarrow \frac{v v^\top}{v^\top v}"],
    "v += lr * sign(v)\nreturn theta, v, t + 1, M.T": [
        r"v &\leftarrow v + \epsilon \operatorname{sign}(v) \\",
        r"t &\leftarrow t + 1 \\",
        r"M &\leftarrow M^\top",
    ],
}


def test_steps_that_only_return_names_print_no_last_line():
    assert step("v = 2 * v\nreturn theta, v, t, M") == [r"v &\leftarrow 2 v"]


@pytest.mark.parametrize("body", STEPS)
def test_step(body):
    assert step(body) == STEPS[body]


def test_values_that_a_return_exchanges_are_refused():
    with pytest.raises(CannotPrint, match="exchanges"):
        step("return theta - lr * v, theta", memory="v=0.0")


def test_a_long_sum_goes_on_in_the_next_line():
    terms = [f"{c} * x**{n}" for n, c in enumerate(range(11, 22), start=2)]
    rows = printed(f"return {' + '.join(terms)}").split("\n")[1:-1]
    assert len(rows) > 1
    assert all(row.startswith(r"&\quad {} + ") for row in rows[1:])
    assert " ".join(rows).count("x^") == len(terms)


def test_local_names_of_a_surface_are_equations_and_reassignments_are_not():
    lines = printed("u = x + y\nx = x - 1\nreturn u * x").split("\n")[1:-1]
    assert lines == [r"u &= x + y \\", r"x &\leftarrow x - 1 \\", "f(x, y) &= u x"]


def test_a_schedule_is_relative_to_the_first_rate():
    line = printed("return 1 / (1 + decay * k)", "k, T, *, decay", "fhws").split("\n")[1]
    assert line == r"\alpha_k \,/\, \alpha_0 &= \frac{1}{1 + \mathrm{decay} \, k}"


NAMES = {
    "s_hat": r"\hat{s}",
    "theta_new": r"\theta_{\mathrm{new}}",
    "g_prev": r"g_{\mathrm{prev}}",
    "rho1": r"\rho_1",
    "x12": "x_{12}",
    "r_max": r"r_{\max}",
    "f_star": "f^*",
    "eta_plus": r"\eta^+",
    "condition": r"\mathrm{condition}",
    "lambda_": r"\lambda",
    "g_k": "g_k",
}


@pytest.mark.parametrize("name", NAMES)
def test_name(name):
    assert mathematical(name) == NAMES[name]


PLAIN = {r"\epsilon": "ε", r"\rho_1": "ρ₁", r"\mathtt{beta\_1}": "beta_1", "f^*": "f*"}
PLAIN |= {
    r"\eta^+": "η⁺",
    r"d_{\max}": "d max",
    r"\lambda": "λ",
    r"\omega": "ω",
    r"\hat{s}": "s\u0302",
}


@pytest.mark.parametrize("tex", PLAIN)
def test_plain_text(tex):
    assert plain(tex) == PLAIN[tex]


LECTURES = {  # the table "Notations" of the lectures: lr, alpha, rho, rho1, rho2, delta
    "book": r"\epsilon \alpha \rho \rho_1 \rho_2 \delta",
    "ruder": r"\eta \gamma \gamma \beta_1 \beta_2 \epsilon",
    "fhws": r"\alpha \beta \beta \rho_1 \rho_2 \delta",
    "session11": r"\alpha \mu \mu \mu_1 \mu_2 \delta",
    "keras": r"\mathtt{learning\_rate} \mathtt{momentum} \mathtt{rho} \mathtt{beta\_1} "
    r"\mathtt{beta\_2} \mathtt{epsilon}",
    "pytorch": r"\mathtt{lr} \mathtt{momentum} \mathtt{alpha} \mathtt{beta1} \mathtt{beta2} "
    r"\mathtt{eps}",
}


@pytest.mark.parametrize("notation", NOTATIONS)
def test_symbols_are_those_of_the_lectures(notation):
    names = ("lr", "alpha", "rho", "rho1", "rho2", "delta")
    assert [symbol(n, notation) for n in names] == LECTURES[notation].split()
    assert symbol("lr", notation) in step("return theta - lr * v, v, t, M", notation)[0]


def test_a_slider_shows_the_symbol_as_text():
    assert text("lr") == "ε"
    assert text("rho1", "ruder") == "β₁"
    assert text("rho1", "keras") == "beta_1"


def test_a_symbol_may_be_that_of_one_rule_alone():
    assert text("rho", "pytorch", RULES["rmsprop"]) == "alpha"
    assert text("rho", "pytorch", RULES["adadelta"]) == "rho"


def test_the_names_of_libraries_have_a_former_slug():
    assert latex(RULES["adam"], "library") == latex(RULES["adam"], "pytorch")


HOSTILE = {
    "for i in x:\n    pass\nreturn x": "for i in x",
    "while True:\n    pass\nreturn x": "while True",
    "if x > 0:\n    x = 1\nreturn x": "if x > 0",
    "import os\nreturn x": "import os",
    "u, v = x, y\nreturn u": "u, v =",
    "x.y = 1\nreturn x": "x.y = 1",
    "def g(z):\n    return z\nreturn g(x)": "def g(z)",
    "return (lambda z: z)(x)": "lambda z",
    "return [z for z in x]": "ListComp",
    "return x.__class__": "x.__class__",
    "return x.sum()": "x.sum",
    "return np.linalg": "linalg",
    "return x[0]": "Subscript",
    "return x if y else a": "IfExp",
    "return x and y": "BoolOp",
    "return x << y": "x << y",
    "return x is y": "x is y",
    "return 'text'": "'text'",
    "return True": "True",
    "return 1j": "1j",
    "return f'{x}'": "JoinedStr",
    "return (x := y)": "NamedExpr",
    "return unknown + x": "unknown",
    "return sum(x, axis=0)": "axis",
    "return max(*x)": "*x",
    "return jit(grad)(x)": "jit(grad)",
    "return solver(x)(y)(a)": "solver(x)",
    "return x, y": "Tuple",
    "return": "return",
    "x = 1": "return",
    "'''Only words.'''": "return",
}


@pytest.mark.parametrize("body", HOSTILE)
def test_what_cannot_be_printed_is_refused_in_a_sentence(body):
    with pytest.raises(CannotPrint) as refusal:
        printed(body)
    sentence = str(refusal.value)
    assert HOSTILE[body] in sentence
    assert sentence.startswith("example, line 10")
    assert "declare the LaTeX by hand" in sentence


@pytest.mark.parametrize("body", ["return theta", "return v, theta, t, M", "return theta, v, t"])
def test_a_return_that_does_not_fit_the_memory_is_refused(body):
    with pytest.raises(CannotPrint, match="a return"):
        step(body)


def test_a_function_without_source_is_refused():
    for function in (len, eval("lambda x, y: x + y"), 3):
        with pytest.raises(CannotPrint, match="by hand"):
            latex(function)


def test_an_unknown_notation_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="book, ruder"):
        latex(test_name, "klingon")


def test_a_declared_equation_is_returned_as_it_is():
    class Declared:
        equation = r"\theta \leftarrow \theta"

    assert latex(Declared()) == r"\theta \leftarrow \theta"
