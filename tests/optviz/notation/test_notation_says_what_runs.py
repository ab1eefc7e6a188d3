"""What is printed says what is computed: random expressions, and the whole catalogue."""

from __future__ import annotations

import ast
import functools
import re

import jax
import mpmath
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from optviz.notation import NOTATIONS, latex
from optviz.notation.definition import Definition
from optviz.notation.equations import equations, names
from optviz.rules import RULES
from optviz.rules.linear import backtrack
from optviz.schedules import SCHEDULES
from surfaces import SURFACES

mp = mpmath.MPContext()
mp.dps = 100

PRECISE = {
    "sqrt": mp.sqrt,
    "sin": mp.sin,
    "exp": mp.exp,
    "abs": abs,
    "floor": mp.floor,
    "maximum": max,
    "where": lambda condition, a, b: a if condition else b,
}
READ = {"|": "abs", r"\lfloor": "floor", r"\sin": "sin", r"\exp": "exp", r"\max": "maximum"}
VALUES = {"x": "0.7310585786", "y": "-1.6180339887", "a": "2.2360679775", "rho1": "0.9123105626"}

LEAVES = (*VALUES, "2", "3.5", "1e-3", "2.5e-4", "250000.0")
# Exponents stay moderate: the sine of a number of a thousand digits would compare rounding.
EXPONENTS = (
    "2",
    "-1",
    "x",
    "-y",
    "x + a",
    "x - a",
    "2 * x",
    "-a * x",
    "x / a",
    "-x / (a * x)",
    "(x + a) / -a",
)
FORMS = (
    *(f"{{}} {sign} {{}}" for sign in ("+", "-", "*", "/", "%")),
    "{} // 1.7320508",  # no other number is a multiple of it: the floor is far from a tie
    "-{}",
    *(f"{{}} ** ({exponent})" for exponent in EXPONENTS),
    *(f"exp({exponent})" for exponent in EXPONENTS),
    *("sqrt({})", "abs({})", "sin({})", "sin({}) ** 2", "maximum({}, {})"),
    *("where({} < {}, x, -y)", "where(x > 0, {}, {})", "where(y > 0, {}, {})"),
    "where(({} < 1) & (y < {}), x, a)",
    "where((x < {}) | (y > 0) & ({} >= 1), y, a)",
    "where((x < {}) & ((y > 0) | ({} >= 1)), y, a)",
    "where(((y < 0) | (x < {})) & ({} < 1), y, a)",
)


def filled(form: str, *parts: str) -> str:
    return form.format(*(f"({part})" for part in parts))


def nested(inner):
    return st.one_of(*(st.builds(functools.partial(filled, form), inner, inner) for form in FORMS))


class Exact(ast.NodeTransformer):
    """Makes every number the decimal that stands in the source."""

    def visit_Constant(self, node):
        return ast.parse(f"number('{node.value!r}')", mode="eval").body


def computed(expression: str):
    tree = ast.fix_missing_locations(Exact().visit(ast.parse(expression, mode="eval")))
    known = PRECISE | {n: mp.mpf(v) for n, v in VALUES.items()} | {"number": mp.mpf}
    try:
        value = eval(compile(tree, "expression", "eval"), known)
    except (ZeroDivisionError, TypeError, ValueError, OverflowError, RecursionError):
        return None
    return value if isinstance(value, mp.mpf) and mp.isfinite(value) else None


def check(expression: str, read_equations) -> bool:
    """Compare the printed expression with the code; False where the code has no real value."""
    value = computed(expression)
    if value is None:
        return False
    tree = ast.parse(f"def example(x, y, *, a, rho1):\n    return {expression}").body[0]
    assert isinstance(tree, ast.FunctionDef)
    printed = equations(Definition(tree, 1, frozenset()), "book")
    known = {n: mp.mpf(v) for n, v in VALUES.items() if n != "rho1"}
    known |= {r"\rho_1": mp.mpf(VALUES["rho1"]), "e": mp.e}
    functions = PRECISE | {tex: PRECISE[name] for tex, name in READ.items()}
    said = read_equations(printed, known, functions, mp.mpf)["f(x,y)"]
    assert mp.almosteq(said, value, 1e-30, 1e-30), f"{expression} is printed as {printed}"
    return True


@pytest.mark.parametrize("outer", FORMS)
def test_every_form_in_every_place_of_every_other_has_its_value(outer, read_equations):
    inner = [*LEAVES, "1 / 2", *(filled(form, "x", "a") for form in FORMS)]
    pairs = [filled(outer, part, "a") for part in inner] + [filled(outer, "3", p) for p in inner]
    assert sum(check(pair, read_equations) for pair in pairs) > len(FORMS)


@settings(
    max_examples=300,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(expression=nested(nested(nested(st.sampled_from(LEAVES)))))
def test_a_printed_expression_has_the_value_of_the_code(expression, read_equations):
    assume(check(expression, read_equations))


def _larger(*values):
    return functools.reduce(np.maximum, values)


def _smaller(*values):
    return functools.reduce(np.minimum, values)


NUMPY = {
    "sqrt": np.errstate(invalid="ignore")(np.sqrt),  # RAdam discards a root below n = 5
    "where": np.where,
    "|": np.abs,
    r"\lVert": np.linalg.norm,
    r"\lfloor": np.floor,
    r"\sin": np.sin,
    r"\cos": np.cos,
    r"\exp": np.exp,
    r"\max": _larger,
    r"\min": _smaller,
    r"\operatorname{sign}": np.sign,
}
CONSTANTS = {"e": np.e, r"\pi": np.pi, "I": np.eye(2)}


def loss(theta):
    """Two coordinates with a gradient that changes sign within a few steps."""
    return (1 - theta[0]) ** 2 + 3 * (theta[1] - theta[0] ** 2) ** 2 + theta[0] * theta[1]


@functools.cache
def trajectory(slug: str):
    """Return the states (theta, *memory) of the rule's first five steps, as float64 arrays."""
    rule = RULES[slug]
    values = {name: h.default for name, h in rule.hyperparameters.items()}
    with jax.enable_x64(True):
        theta = jax.numpy.array([-0.4, 0.7])
        states = [(theta, *rule.start(theta))]
        step = jax.jit(lambda theta, *memory: rule.advance(loss, theta, memory, **values))
        for _ in range(5):
            states.append(step(*states[-1]))
        return [tuple(np.asarray(part) for part in state) for state in states]


gradient = jax.jit(jax.grad(loss))
curvature = jax.jit(jax.hessian(loss))


def column(part):
    return part[:, None] if np.ndim(part) == 1 else part


def on_columns():
    """Return the functions that a step calls, for vectors that are columns."""

    def flat(function):
        return lambda theta: np.asarray(function(np.ravel(theta)))

    def search(_, theta, d, lr, c):
        return float(backtrack(loss, np.ravel(theta), np.ravel(d), lr, c))

    return NUMPY | {
        "f": flat(loss),
        r"\nabla_\thetaf": lambda theta: column(flat(gradient)(theta)),
        r"\nabla^2_\thetaf": flat(curvature),
        r"\operatorname{backtrack}": search,
    }


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("slug", RULES)
def test_the_equations_of_a_rule_are_what_its_step_computes(slug, notation, read_equations):
    rule = RULES[slug]
    symbols = names(Definition.of(rule.step), notation)
    settings_ = {symbols[n]: h.default for n, h in rule.hyperparameters.items()}
    state_symbols = [symbols[n] for n in ("theta", *rule.memory)]
    with jax.enable_x64(True):
        for before, after in zip(trajectory(slug), trajectory(slug)[1:], strict=False):
            state = dict(zip(state_symbols, map(column, before), strict=True))
            said = read_equations(
                latex(rule, notation), CONSTANTS | settings_ | state, on_columns()
            )
            for tex, part in zip(state_symbols, after, strict=True):
                np.testing.assert_allclose(
                    said[re.sub(r"\s", "", tex)], column(part), rtol=1e-9, atol=1e-12, err_msg=tex
                )


@pytest.mark.parametrize("slug", SURFACES)
def test_the_equation_of_a_surface_is_what_it_computes(slug, read_equations):
    surface = SURFACES[slug]
    symbols = names(Definition.of(surface.function), "book")
    shape = {n: p.default * 0.8 + 0.2 * p.low for n, p in surface.parameters.items()}
    x, y = np.random.default_rng(3).uniform(-3, 3, (2, 50))
    known = CONSTANTS | {symbols[n]: v for n, v in shape.items()} | {"x": x, "y": y}
    said = read_equations(latex(surface), known, NUMPY)["f(x,y)"]
    with jax.enable_x64(True):
        np.testing.assert_allclose(said, surface.f(x, y, **shape), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("slug", SCHEDULES)
def test_the_equation_of_a_schedule_is_what_it_computes(slug, notation, read_equations):
    schedule = SCHEDULES[slug]
    symbols = names(Definition.of(schedule.formula), notation)
    values = {symbols[n]: h.default for n, h in schedule.hyperparameters.items()}
    known = CONSTANTS | values | {"k": np.arange(700.0), "T": 700.0}
    *_, said = read_equations(latex(schedule, notation), known, NUMPY).values()
    np.testing.assert_allclose(np.broadcast_to(said, 700), schedule.multipliers(700), rtol=1e-12)


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("slug", RULES)
def test_no_two_symbols_of_a_rule_are_alike(slug, notation):
    symbols = names(Definition.of(RULES[slug].step), notation)
    assert len(set(symbols.values())) == len(symbols)


PRINTED = [(entry, n) for entry in (*RULES.values(), *SCHEDULES.values()) for n in NOTATIONS]
PRINTED += [(entry, "book") for entry in SURFACES.values()]


@pytest.mark.parametrize(("entry", "notation"), PRINTED, ids=lambda v: getattr(v, "slug", v))
def test_no_python_is_left_in_what_is_printed(entry, notation):
    tex = latex(entry, notation)
    assert tex.count("{") == tex.count("}")
    assert tex.count(r"\left") - tex.count(r"\leftarrow") == tex.count(r"\right")
    words = re.sub(r"\\(math(rm|tt)|operatorname|text|begin|end)\{[^{}]*\}|\\[A-Za-z]+", " ", tex)
    assert not re.search(r"[A-Za-z]{2}|\*|@|__", words.replace("^*", ""))
