"""What is said of a path holds: places without a gradient by their kind, and who stays at one."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import RULES, SURFACES, Change, Lane, Race, Schedule, run, run_map, verdict
from optviz.conditions import tolerance_of
from optviz.race import default_lanes
from optviz.verdict import KINDS
from surfaces import Surface

NEAR = 0.01


def turned(f):
    """Return f turned about the origin: no axis is special."""
    c, s = 0.8, 0.6
    return lambda x, y: f(c * x + s * y, c * y - s * x)


# What each is at the origin, or on the unit circle.
PLACES = {
    "bowl": (lambda x, y: x**2 + 3 * y**2, (0, 0), "local minimum"),
    "steep bowl": (lambda x, y: x**2 + 1e6 * y**2, (0, 0), "local minimum"),
    "flat in one direction": (lambda x, y: x**4 + y**2, (0, 0), "local minimum"),
    "trough": (lambda x, y: x**2 + 0 * y, (0, 0.7), "valley of minima"),
    "circle": (lambda x, y: (x**2 + y**2 - 1) ** 2, (0.6, 0.8), "valley of minima"),
    "saddle": (lambda x, y: x**2 - y**2, (0, 0), "saddle"),
    "inflection": (lambda x, y: x**3 + y**2, (0, 0), "saddle"),
    "flat saddle": (lambda x, y: y**2 - x**4, (0, 0), "saddle"),
    "hill": (lambda x, y: -(x**2) - 3 * y**2, (0, 0), "maximum"),
    "ridge": (lambda x, y: -(x**2) + 0 * y, (0, 0.7), "ridge of maxima"),
    "flat saddle upwards": (lambda x, y: x**4 - y**2, (0, 0), "saddle"),
}


def found(f, p):
    with jax.enable_x64(True):
        place, kind = verdict.stationary(lambda q: f(q[0], q[1]), jnp.array(p, float), NEAR)
        return np.asarray(place), KINDS[int(kind)]


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("turn", [lambda f: f, turned])
def test_a_place_without_a_gradient_is_what_it_is(name, turn):
    f, (x, y), kind = PLACES[name]
    at = (0.8 * x - 0.6 * y, 0.6 * x + 0.8 * y) if turn is turned else (x, y)
    place, said = found(turn(f), at)
    np.testing.assert_allclose(place, at, atol=1e-12)
    assert said == kind


@pytest.mark.parametrize("angle", np.linspace(0.1, 6.1, 9))
def test_a_circle_of_minima_is_a_valley_wherever_a_path_ends_in_it(angle):
    """Rounding decides the sign of a curvature that is zero: it must not decide what is said."""
    trench = SURFACES["drop_wave"]
    t = run(Race(trench, [Lane("sgd", lr=0.005)], (np.cos(angle), np.sin(angle)), 400))
    assert t.status[0].state == "converged"
    assert "valley of minima" in t.status[0].text


def test_a_level_has_no_place():
    assert np.isnan(found(lambda x, y: 0 * x * y + 3, (1.0, 2.0))[0]).all()
    assert np.isnan(found(lambda x, y: x + 0 * y, (1.0, 2.0))[0]).all()


def test_steps_that_return_by_chance_make_no_place():
    """Three steps of Newton's method from here end where they began, at a slope of 6.3."""
    surface = SURFACES["bohachevsky"]
    t = run(Race(surface, [Lane("sgd", lr=1e-9)], (1.2221, -1.2279), 20))
    assert np.hypot(*t.grad[0, -1]) > 6
    assert t.status[0].state == "running"
    assert "minimum" not in t.status[0].text


PASSING = {
    "through the minimum": Race("plateau", [Lane("momentum", lr=0.01, alpha=0.99)], (-4, 0), 219),
    "hopping for ever": Race("booth", [Lane("sign_sgd", lr=0.05)]),
}


@pytest.mark.parametrize("race", PASSING.values(), ids=PASSING)
def test_who_passes_has_not_converged(race):
    assert run(race).status[0].state == "running"


def test_noise_seldom_converges_by_chance():
    """Paths that stay within the tolerance for a tenth of their steps are not there by chance."""
    stay = 0
    for seed in range(30):
        race = Race("booth", [Lane("sgd", lr=0.05)], steps=500, noise=1.0, seed=seed)
        t = run(race)
        gap = np.hypot(*(t.theta[0] - race.objective.minima[0]).T)
        if t.status[0].state == "converged":
            stay += 1
            assert (gap[-51:] <= tolerance_of(race.objective)).all()
    assert stay == 0


def test_a_map_does_not_converge_at_one_step_and_leave_at_the_next():
    lane = Lane("lion", lr=0.05)
    counts = [
        (run_map(Race("booth", [lane], steps=steps), n=32, dtype="float64").place >= 0)
        for steps in (500, 501)
    ]
    assert (counts[0] == counts[1]).all()


def test_momentum_that_coasts_over_a_flat_does_not_stand_still():
    t = run(Race("easom", [Lane("momentum", lr=1.0, alpha=1.0)], (4.6, 4.6), 70))
    strides = np.hypot(*np.diff(t.theta[0], axis=0).T)
    assert strides[-1] > tolerance_of(SURFACES["easom"])
    assert not t.grad[0, -1].any()
    (status,) = t.status
    assert status.text.startswith("not converged, and higher than where it began, though the grad")


STILL = {
    "its learning rate": Race("beale", [Lane("sgd", lr=0.0)], steps=30),
    "its step": Race("booth", [Lane("polyak", f_star=5.0)], steps=300),
}


@pytest.mark.parametrize("what", STILL)
def test_who_does_not_move_stands_still_whatever_the_gradient_and_it_is_said_why(what):
    (status,) = run(STILL[what]).status
    assert status == ("running", None, f"stands still: {what} is 0, the gradient is not")


@pytest.mark.parametrize("schedule", [Schedule("linear", end=0.0, tau=20), Schedule("cosine")])
def test_who_is_stopped_by_a_schedule_has_not_converged(schedule):
    """It has moved until then, in almost all of its steps."""
    (status,) = run(Race("beale", [Lane("sgd")], steps=30, schedule=schedule)).status
    said = "not converged: the schedule has come to 0, the gradient has not"
    assert status == ("running", None, said)


def test_a_learning_rate_that_was_changed_to_zero_is_the_one_in_force():
    race = Race("beale", ["sgd"], steps=30, changes=[Change(10, 0, lr=0.0)])
    assert run(race).status[0].text.startswith("stands still: its learning rate is 0")


def test_weight_decay_moves_on_a_flat():
    flat = Surface(lambda x, y: 0 * x * y, "flat", (-5, 5), (-5, 5), (4, 4))
    (status,) = run(Race(flat, [Lane("adamw", weight_decay=0.5)], steps=20)).status
    assert status.text == "not converged, though the gradient is zero here"


FLAT = Surface(lambda x, y: 0 * x * y, "flat", (-5, 5), (-5, 5), (4, 4))
NO_NUMBERS = {
    "zero by zero": ("beale", Lane("adam", rho1=1.0), 1, "divided by zero (rho1 = 1)"),
    "on a flat": (FLAT, Lane("rmsprop", delta=0.0), 1, "divided by zero (delta = 0)"),
    "root of a negative number": (
        "beale",
        Lane("rmsprop", rho=1.5),
        1,
        "has no value with rho = 1.5",
    ),
    "a change's": ("beale", Lane("adadelta"), 6, "has no value with rho = 1.5"),
    "both": (
        "beale",
        Lane("rmsprop_momentum", lr=100.0, alpha=1.0, rho=1.5),
        1,
        "has no value with alpha = 1, rho = 1.5",
    ),
    "nearly one": (
        "beale",
        Lane("rmsprop_momentum", lr=100.0, alpha=0.999999999, rho=1.5),
        1,
        "has no value with alpha = 0.999999999, rho = 1.5",
    ),
}


@pytest.mark.parametrize(("surface", "lane", "since", "why"), NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_what_is_no_number_says_since_when_and_why(surface, lane, since, why):
    changes = [Change(since - 1, 0, rho=1.5)] if since > 1 else []
    (status,) = run(Race(surface, [lane], steps=20, changes=changes)).status
    assert status.state == "diverged"
    assert status.text == f"not a number since step {since}, because its step {why}"


@pytest.mark.parametrize(
    ("lane", "higher"),
    [(Lane("momentum", lr=0.152, alpha=0.9), True), (Lane("sgd", lr=1e-4), False)],
)
def test_who_has_not_converged_says_whether_it_climbed(lane, higher):
    t = run(Race("ravine", [lane]))
    (status,) = t.status
    assert (t.loss[0, -1] > t.loss[0, 0]) == higher
    # At the largest stable rate it neither comes nor goes.
    edge = ", and higher than where it began; it goes back and forth between two points"
    assert status.text == "not converged" + edge * higher
    assert status.state == "running"


def test_who_creeps_over_a_plateau_says_how_little_gradient_there_is():
    t = run(Race("plateau", [Lane("sgd", lr=0.05), Lane("momentum", lr=0.05)]))
    size = f"{np.hypot(*t.grad[0, -1]):.3g}"
    assert t.status[0].text == f"not converged; it hardly moves, and the gradient is {size}"
    assert float(size) < 2e-3
    assert t.status[1].state == "converged"


def test_who_hops_for_ever_is_said_to():
    t = run(Race("booth", [Lane("sign_sgd", lr=0.05)], steps=401))
    assert (t.theta[0, -1] == t.theta[0, -3]).all()
    assert t.status[0].text == "not converged; it goes back and forth between two points"


def since_outside(theta: np.ndarray, surface: Surface) -> int:
    """Return the step after the last one at which a path is in the domain, step by step."""
    step = 0
    for k, (x, y) in enumerate(theta):
        if surface.x[0] <= x <= surface.x[1] and surface.y[0] <= y <= surface.y[1]:
            step = k + 1
    return step


def since_below(theta: np.ndarray) -> int:
    """Return the step after the last one at which x^2 - y^2 is not negative, step by step."""
    return max(k for k, (x, y) in enumerate(theta) if x * x >= y * y) + 1


def test_who_leaves_the_saddle_and_the_domain_says_when_and_so_who_was_first():
    rules = [str(one.rule) for one in default_lanes(SURFACES["saddle"])]
    t = run(Race("saddle", default_lanes(SURFACES["saddle"])))
    told = {}
    for rule, status, theta in zip(rules, t.status, t.theta, strict=True):
        told[rule] = since_below(theta), since_outside(theta, SURFACES["saddle"])
        first, then = told[rule]
        text = f"left the saddle at step {first}, the domain at step {then}"
        assert status.text.startswith(text), status.text
    # Who is not outside yet is only below.
    first = told["sgd"][0]
    early = run(Race("saddle", default_lanes(SURFACES["saddle"]), steps=first))
    assert early.status[rules.index("sgd")].text == f"left the saddle at step {first}"
    assert max(told, key=lambda rule: told[rule]) == "sgd"


def test_who_climbs_out_of_the_domain_has_not_left_the_saddle():
    # x^2 with a rate that doubles x and changes its sign, on the ridge itself.
    (status,) = run(Race("saddle", [Lane("sgd", lr=1.5)], (1.0, 0.0), 5)).status
    assert status.text == "left the domain at step 2"


def test_who_never_was_in_the_domain_says_so():
    lane = Lane("sgd", lr=1e-3)
    (status,) = run(Race("booth", [lane], (100.0, 100.0), 50)).status
    assert status.text == "not converged; outside of the domain all the way"


def test_who_leaves_and_comes_back_has_not_diverged():
    race = Race("double_well", [Lane("newton")], (0.577, 0.3), 100)
    t = run(race)
    surface = race.objective
    away = np.abs(t.theta[0] - np.mean([surface.x, surface.y], axis=1)).max(axis=1)
    assert away.max() > 100 * np.ptp(surface.x) / 2, "it does leave"
    assert np.isfinite(t.theta).all()
    assert t.status[0].state == "converged"
    while_away = run(Race("double_well", [Lane("newton", delta=1e-12)], (0.5773502, 0.3), 8))
    assert while_away.status[0].state == "running"
    assert "on its way back" in while_away.status[0].text


def test_a_start_map_of_circular_trenches_says_what_they_are():
    chart = run_map(Race("drop_wave", [Lane("sgd", lr=0.005)], steps=500), n=32)
    kinds = [chart.places[k].kind for k in chart.place[chart.place >= 0]]
    assert np.mean([kind == "valley of minima" for kind in kinds]) > 0.8
    assert (chart.place == -1).mean() < 0.1


def shifted(surface: Surface, by: tuple[float, float]) -> Surface:
    """Return the surface moved in the plane."""
    move = lambda point: (point[0] + by[0], point[1] + by[1])  # noqa: E731
    return Surface(
        lambda x, y: surface.f(x - by[0], y - by[1]),
        surface.name,
        (surface.x[0] + by[0], surface.x[1] + by[0]),
        (surface.y[0] + by[1], surface.y[1] + by[1]),
        move(surface.start),
        minima=tuple(map(move, surface.minima)),
        minimum=surface.minimum,
        local_minima=tuple(map(move, surface.local_minima)),
        saddles=tuple(map(move, surface.saddles)),
    )


MOVED = {slug: shifted(SURFACES[slug], (64.0, -32.0)) for slug in ("booth", "himmelblau")}
# One of every kind that moves on: each is a program to compile.
KINDS_OF_RULES = ["sgd", "momentum", "rmsprop", "adam", "sign_sgd", "newton"]
some_race = {
    "slug": st.sampled_from([*MOVED]),
    "rule": st.sampled_from(KINDS_OF_RULES),
    "share": st.floats(0.02, 1.0),
    "x": st.floats(-4, 4),
    "y": st.floats(-4, 4),
    "steps": st.integers(20, 300),
}


def lane_of(rule: str, share: float) -> Lane:
    return Lane(rule, lr=RULES[rule].hyperparameters["lr"].default * share)


@settings(max_examples=60, derandomize=True)
@given(**some_race)
def test_who_has_converged_is_still_there_after_twice_as_many_steps(slug, rule, share, x, y, steps):
    lane, surface = lane_of(rule, share), SURFACES[slug]
    t = run(Race(slug, [lane], (x, y), steps))
    if t.status[0].state != "converged":
        return
    later = run(Race(slug, [lane], (x, y), 2 * steps))
    gap = np.hypot(*(later.theta[0, -1] - t.theta[0, -1]))
    assert gap <= 2 * tolerance_of(surface)
    assert later.status[0].state == "converged"


@settings(max_examples=40, derandomize=True)
@given(**some_race)
def test_a_shift_of_the_plane_changes_no_verdict(slug, rule, share, x, y, steps):
    lane = lane_of(rule, share)
    here = run(Race(slug, [lane], (x, y), steps)).status[0]
    there = run(Race(MOVED[slug], [lane], (x + 64.0, y - 32.0), steps)).status[0]
    assert here.state == there.state
    assert (
        here.text.partition("(")[0].split(" since ")[0].split(" at step")[0]
        == (there.text.partition("(")[0].split(" since ")[0].split(" at step")[0])
    )


@settings(max_examples=20, derandomize=True)
@given(
    rule=st.sampled_from(["sgd", "adam"]),
    **{k: some_race[k] for k in ("slug", "share", "steps")},
)
def test_a_cell_of_a_map_says_what_its_race_says(slug, rule, share, steps):
    race = Race(slug, [lane_of(rule, share)], steps=steps)
    chart = run_map(race, n=4, dtype="float64")
    for row, y in enumerate(chart.y):
        for column, x in enumerate(chart.x):
            (status,) = run(Race(slug, race.lanes, (x, y), steps)).status
            assert chart.state(row, column) == (status.state, status.step)


def test_a_valley_that_goes_on_falling_is_no_place():
    """Far out on Beale's valley the slope along it is slight, and the curvature across it great."""
    race = Race("beale", [Lane("rmsprop", lr=2.58, rho=0.9999)], (1, 1), steps=300)
    assert run(race).status[0].text.startswith("not converged")
    found = run_map(race, 0, ("lr", "rho"), n=64)
    kinds = [kind for kind, point in found.places if point is not None and point[0] < -50]
    assert kinds == []


@pytest.mark.parametrize(("surface", "start"), [("beale", None), ("ravine", (-3.0, 3.0))])
def test_who_hops_about_within_the_tolerance_is_not_said_to_converge(surface, start):
    t = run(Race(surface, [Lane("rmsprop", lr=0.01)], start, 500))
    strides = np.hypot(*np.diff(t.theta[0, 450:], axis=0).T)
    assert strides.min() > 1e-3, "it goes on moving"
    state, since, text = t.status[0]
    assert state == "converged", "it stays within the tolerance"
    minimum = SURFACES[surface].minima[0]
    place = ", ".join(f"{part:g}" for part in minimum)
    assert text == f"near the minimum ({place}) since step {since}; its steps get no shorter"
    assert np.hypot(*(t.theta[0, since:] - minimum).T).max() <= tolerance_of(SURFACES[surface])


def test_who_comes_closer_by_going_back_and_forth_converges():
    (status,) = run(Race("ravine", [Lane("sgd", lr=0.079)], (-3.0, 3.0), 500)).status
    assert status.text.startswith(f"converged at step {status.step}: minimum (0, 0)")


def test_who_hops_far_is_said_to_whatever_its_last_digits():
    """RMSProp with a large rate: two points a stride apart, to within a thousandth of it."""
    t = run(Race("ravine", [Lane("rmsprop", lr=0.3)]))
    assert np.hypot(*(t.theta[0, -1] - t.theta[0, -2])) > 0.4
    assert t.status[0].text == "not converged; it goes back and forth between two points"


def test_who_has_arrived_and_whose_steps_grow_is_not_said_to_have_converged():
    """AdaGrad on Beale with its quickest rate: after 600 steps it has left the minimum again."""
    race = Race("beale", [Lane("adagrad", lr=1.0)])
    at, then = (run(race.replace(steps=steps)) for steps in (500, 600))
    assert at.status[0].text == "near the minimum (3, 0.5) since step 95; its steps grow"
    assert then.distance[0] > 10 * at.distance[0]


def test_who_comes_near_at_the_very_end_may_have_done_so_by_chance():
    race = Race("booth", [Lane("sgd", lr=0.01)], steps=500)
    text = run(race).status[0].text
    since = int(text.partition(": ")[0].removeprefix("converged at step "))
    assert run(race.replace(steps=since + 1)).status[0].text == "near the minimum (1, 3) at the end"
    told = run(race.replace(steps=since + 5)).status[0].text
    assert told == f"near the minimum (1, 3) since step {since}"
