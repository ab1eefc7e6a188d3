"""Programs of maps: printed for every rule, and given what depends on no cell."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import jax
import numpy as np
import pytest

from optviz import RULES, RaceError, kernel
from optviz.kernels import cells
from optviz.kernels.fragment import ROOM
from optviz.kernels.split import NOISE
from optviz.maps.stability import stable_rates
from optviz.notation import CannotPrint
from optviz.race import Race
from optviz.rule import Rule, learning_rate, rule
from tests.optviz.kernels.conftest import node


def exported(text: str, name: str) -> Any:
    """Return a value that a module exports."""
    found = re.search(rf"^export const {name} = (.*);$", text, re.M)
    assert found, name
    return json.loads(found[1])


def axes(name: str) -> list[tuple[str, str]]:
    """Return the start's axes, and two of hyperparameters if there are."""
    names = [*RULES[name].hyperparameters, "x"]
    return [("x", "y"), (names[0], names[1])]


@pytest.mark.parametrize(
    ("name", "surface"), [*zip(RULES, itertools.cycle(["beale", "ravine", "ackley"]), strict=False)]
)
def test_every_rule_is_printed(name, surface):
    for over in axes(name):
        for along in ((), (NOISE,)):
            text = cells(name, surface, over, along)
            source = exported(text, "source")
            assert source.startswith("#version 300 es\n")
            assert not re.search(r"/\*|NaN|Infinity|Math\.", source)
            # What depends on no cell is given: other hyperparameters, the schedule, the noise.
            used = {*re.findall(r"\b(?:h\d+|mu|n[01]|z\d+)\b", source)}
            names = [*RULES[name].hyperparameters]
            assert used <= {f"h{names.index(axis)}" for axis in over if axis in names}
            assert 1 <= exported(text, "stride") <= ROOM
            assert 2 <= exported(text, "depth") <= 4


def test_bias_corrections_are_computed_in_float64_outside(tmp_path):
    module = tmp_path / "cells.mjs"
    module.write_text(cells("adam", "beale", ("x", "y")))
    script = tmp_path / "along.mjs"
    script.write_text(
        f'const {{ along, stride }} = await import("{module.as_uri()}");\n'
        "const given = { steps: 5, values: {}, shape: {}, multipliers: [1, 1, 1, 1, 1] };\n"
        "process.stdout.write(JSON.stringify([stride, ...along(given)]));\n"
    )
    stride, *numbers = node(script, None)
    rows = np.array(numbers, np.float32).reshape(5, 4 * stride)
    for rho in (0.9, 0.999):
        wanted = np.float32(1 - rho ** np.arange(1, 6))
        assert any((np.abs(column - wanted) <= np.spacing(wanted)).all() for column in rows.T)


def test_a_decay_that_is_an_axis_is_each_cells_own():
    source = exported(cells("adam", "beale", ("rho2", "lr")), "source")
    assert "pow_(h2, " in source
    assert "pow_" not in exported(cells("adam", "beale", ("x", "y")), "source")


@pytest.mark.parametrize(
    ("over", "along"),
    [
        (("x", "x"), ()),
        (("x",), ()),
        (("x", "zeta"), ()),
        (("x", "lr"), ("lr",)),
        (("x", "y"), ("z",)),
    ],
)
def test_axes_that_there_are_not_are_refused(over, along):
    with pytest.raises(RaceError):
        cells("adam", "beale", over, along)


def test_a_rule_that_no_program_can_hold_is_said():
    @rule("Sorted", source="a test", equation="")
    def sorted_(f, theta, *, lr=learning_rate(0.1)):
        return theta - lr * jax.numpy.sort(jax.grad(f)(theta))

    @rule("Long memory", source="a test", equation="")
    def long(f, theta, a=0.0, b=0.0, c=0.0, d=0.0, e=0.0, g=0.0, *, lr=learning_rate(0.1)):
        return theta - lr * a, b, c, d, e, g, jax.grad(f)(theta)

    assert isinstance(sorted_, Rule)
    with pytest.raises(CannotPrint, match="sort"):
        cells(sorted_, "beale", ("x", "y"))
    with pytest.raises(CannotPrint, match="no room"):
        cells(long, "beale", ("x", "y"))


# Theory knows quadratics; of the others it says nothing.
@pytest.mark.parametrize("surface", ["ravine", "booth", "matyas", "saddle", "beale"])
@pytest.mark.parametrize("name", ["sgd", "nesterov", "ewma_momentum", "adam"])
def test_the_largest_stable_rate_is_the_servers(name, surface, tmp_path):
    race = Race(surface, [name])
    other = [*RULES[name].hyperparameters, "x"][1]
    values = np.linspace(-0.5, 0.999, 7)
    module = tmp_path / "kernel.mjs"
    module.write_text(kernel(name, surface))
    script = tmp_path / "stable.mjs"
    script.write_text(
        f'const {{ stable }} = await import("{module.as_uri()}");\n'
        f"const along = Float64Array.from({values.tolist()});\n"
        f'const made = stable({{ values: {{}}, shape: {{}}, other: "{other}", along }});\n'
        "process.stdout.write(JSON.stringify(made && [...made]));\n"
    )
    wanted = stable_rates(race, 0, other, values)
    ours = node(script, None)
    assert (ours is None) == (wanted is None)
    if wanted is not None:
        np.testing.assert_allclose(ours, wanted, rtol=1e-9)
