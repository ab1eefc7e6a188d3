"""What a browser computes line by line is what the server's inspection says."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import RULES, SURFACES, RaceError, Trajectories, inspect, run
from optviz.api.single import InspectionAsked
from optviz.kernels import lines_kernel, lines_stock
from optviz.noise import perturbations
from tests.optviz.kernels.conftest import exported, node
from tests.optviz.kernels.test_kernel import CLOSE, EPS, MARGIN, eventful, plain

SCRIPT = Path(__file__).with_name("lines.mjs")
SHAKES = 4
# On these surfaces every rule, on each other one of these: what a surface brings is the loss alone.
SOME_SURFACES = ("beale",)
SOME_RULES = ("nesterov", "bfgs")


def races() -> Iterator[Any]:
    for k, surface in enumerate(SURFACES):
        every = surface in SOME_SURFACES
        rules = [*RULES] if every else [SOME_RULES[k % len(SOME_RULES)]]
        makes = (plain, eventful) if every else ((plain, eventful)[k // 2 % 2],)
        for start in range(0, len(rules), 10):
            for make in makes:
                name = f"{surface}-{make.__name__}-{start}"
                yield pytest.param(make(surface, rules[start : start + 10]), id=name)


def text(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array, "<f8").tobytes()).decode()


def told(done: Trajectories, lane: int) -> dict[str, Any]:
    """Return a lane's run as the browser has it, to the bit."""
    race = done.race
    noise = perturbations(race.steps, race.noise, race.noise_decay, race.seed)
    return {
        "race": race.plain(),
        "lane": lane,
        "query": race.to_query(),
        "theta": text(done.theta),
        "memory": [{name: text(part) for name, part in of.items()} for of in done.memory],
        "multipliers": [text(row) for row in done.multipliers],
        "noise": text(noise) if race.noise else None,
    }


@pytest.fixture(scope="module")
def in_browser(tmp_path_factory) -> Callable[[Trajectories], list[dict[str, Any]]]:
    """Inspect all lanes of a run on their kernels."""
    folder = tmp_path_factory.mktemp("lines")

    def inspected(done: Trajectories) -> list[dict[str, Any]]:
        for lane in done.race.lanes:
            pair = str(lane.rule), str(done.race.surface)
            (folder / f"{'-'.join(pair)}.mjs").write_text(lines_kernel(*pair))
        lanes = [told(done, lane) for lane in range(len(done.race.lanes))]
        return node(SCRIPT, {"kernels": folder.as_uri(), "lanes": lanes})

    return inspected


def shaken(done: Trajectories, seed: int) -> Trajectories:
    """Return a run with the last digits of all its numbers turned up or down."""
    draw = np.random.default_rng(seed)

    def turned(part: np.ndarray) -> np.ndarray:
        return np.nextafter(part, draw.choice([-np.inf, np.inf], part.shape))

    memory = tuple({name: turned(part) for name, part in of.items()} for of in done.memory)
    return replace(done, theta=turned(done.theta), memory=memory)


def arrays_of(done: Trajectories, lane: int) -> dict[str, np.ndarray]:
    """Return what `inspect` says, in the arrays of a reply, each flattened."""
    seen = inspect(done, lane)
    made = {
        "values": np.concatenate([one.reshape(done.race.steps, -1) for one in seen.values], 1),
        "taken_at": seen.taken_at,
        "parts": np.stack([seen.momentum, seen.slope, seen.pull, seen.rest], 1),
        "rate": seen.rate,
        "hessian": seen.hessian,
        "stable": seen.stable,
    }
    return {name: np.ravel(part) for name, part in made.items() if part is not None}


def rounding(done: Trajectories, lane: int) -> dict[str, np.ndarray]:
    """Return by how much the last digits of the state, and lost ones, move what `arrays_of` has."""
    theirs = arrays_of(done, lane)
    others = [arrays_of(shaken(done, seed), lane) for seed in range(SHAKES)]
    with np.errstate(invalid="ignore"):
        moved = {
            name: np.max([abs(other[name] - part) for other in others], axis=0)
            for name, part in theirs.items()
        }
    if done.race.lanes[lane].rule == "bfgs":
        moved["values"] = np.fmax(moved["values"], lost(done, lane))
    # A curvature is what is left of terms as large as the other one.
    largest = abs(theirs["hessian"].reshape(-1, 4)).max(axis=1)
    moved["hessian"] = np.fmax(moved["hessian"], np.repeat(EPS * largest, 4))
    return moved


def lost(done: Trajectories, lane: int) -> np.ndarray:
    """Return what the values of BFGS lose: it divides by how much the gradient changes in a step.

    That is the difference of two roundings where the step is short.
    """
    seen = inspect(done, lane)
    values = {line.target: part for line, part in zip(seen.lines, seen.values, strict=True)}
    s, y = values["s"], values["y"]
    with np.errstate(all="ignore"):
        share = EPS * terms(done, lane) * np.linalg.norm(s, axis=-1) / abs((y * s).sum(-1))
        largest = np.maximum(*(abs(values[name]).max(axis=(1, 2)) for name in "VM"))
        divided = np.nan_to_num(share * (1 + largest) ** 3, nan=np.inf)
    by_line = [divided if line.target in "VM" else np.zeros_like(divided) for line in seen.lines]
    sizes = [part[0].size for part in seen.values]
    return np.repeat(np.transpose(by_line), sizes, axis=1).ravel()


def terms(done: Trajectories, lane: int) -> float:
    """Return about how large the terms of a loss and its gradient are, also where they are none."""
    hessian = inspect(done, lane).hessian
    return float(np.nanmax(abs(done.grad[lane])) + np.nanmax(abs(hessian)))


def by_chance(done: Trajectories, lane: int) -> np.ndarray:
    """Say of every step (T,) whether rounding decides what it is.

    XLA takes what is smaller than the smallest normal number for zero, and JavaScript does not: so
    small are the squares of tiny points. BFGS halves a step until the loss falls, however little.
    """
    theta, grad = done.theta[lane, :-1], done.grad[lane, :-1]
    tiny = ((abs(theta) < 1e-150) & (theta != 0)).any(axis=-1)
    if done.race.lanes[lane].rule != "bfgs":
        return tiny
    falls = abs((grad * np.diff(done.theta[lane], axis=0)).sum(-1))
    heights = terms(done, lane) + abs(done.loss[lane, :-1])
    return tiny | (falls <= MARGIN * EPS * heights)


def differing(ours: np.ndarray, theirs: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """Say where two arrays differ by more than rounding, which moves them so far."""
    with np.errstate(invalid="ignore"):
        close = abs(ours - theirs) <= CLOSE * np.maximum(1, abs(theirs)) + MARGIN * moved
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    # Where rounding decides whether there is a number, there may be one.
    open_ = np.isinf(moved) | (np.isnan(moved) & ~np.isnan(theirs))
    return ~(close | same | open_)


@pytest.mark.parametrize("race", [*races()])
def test_it_is_the_inspection(race, in_browser):
    done = run(race)
    for lane, seen in enumerate(in_browser(done)):
        name, chance = race.lanes[lane].rule, by_chance(done, lane)
        wanted, moved = arrays_of(done, lane), rounding(done, lane)
        header, sent = InspectionAsked("", race, lane).answer(lambda _: True)
        assert {*wanted} == {*sent}
        for part, theirs in wanted.items():
            ours = np.frombuffer(base64.b64decode(seen.pop(part)), "<f8")
            assert ours.shape == theirs.shape, (name, part)
            wrong = differing(ours, theirs, moved[part])
            # Of the last point there is a Hessian, too.
            rows = wrong[: len(wrong) // race.steps * race.steps].reshape(race.steps, -1)
            rows[chance] = False
            assert not wrong.any(), (name, part, ours[wrong], theirs[wrong])
        initial = {memory: np.ravel(value).tolist() for memory, value in header["initial"].items()}
        assert seen == header | {"initial": initial}


def test_lines_that_are_a_little_wrong_are_noticed(in_browser):
    """The test above could not fail if its margin were as wide as the numbers."""
    done = run(plain("beale", ["adam"]))
    other = replace(done, theta=done.theta * (1 + 1e-9))
    (seen,) = in_browser(other)
    theirs = arrays_of(done, 0)
    moved = rounding(done, 0)
    for part in ("values", "taken_at", "hessian"):
        ours = np.frombuffer(base64.b64decode(seen[part]), "<f8")
        assert differing(ours, theirs[part], moved[part]).any(), part


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("rule", ["sgd", "adam", "bfgs"])
def test_they_are_short(rule, surface):
    assert len(gzip.compress(lines_kernel(rule, surface).encode())) <= 4000


def test_what_there_is_none_of_is_said():
    with pytest.raises(RaceError, match="Did you mean 'beale'"):
        lines_kernel("adam", "bale")
    with pytest.raises(RaceError, match="Did you mean 'adam'"):
        lines_kernel("adan", "beale")


def test_a_surfaces_stock_holds_the_lines_of_every_rule(tmp_path):
    held = exported(lines_stock("beale"), tmp_path)
    assert [*held] == [f"lines/{rule}/beale" for rule in RULES]
    assert all({*one} == {"lines", "inspect"} for one in held.values())
