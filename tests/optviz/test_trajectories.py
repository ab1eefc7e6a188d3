"""What became of a lane is judged rightly, and a lane that leaves is never clamped."""

from __future__ import annotations

import numpy as np
import pytest

from optviz import SURFACES, Lane, Race, Surface, run
from optviz.conditions import TOLERANCE, tolerance_of
from optviz.engine import FAR

CALM = Lane("sgd", lr=0.1)


def bowl(x, y):
    return x**2 + y**2


def flat(x, y):
    return 0 * x * y


@pytest.fixture(scope="module")
def arrivals():
    """Run momentum on Himmelblau's function from around the plane: to all of its minima."""
    lanes = [Lane("momentum", lr=1e-3, alpha=0.5)]
    starts = [(x, y) for x in (-3.0, 0.5, 4.0) for y in (-4.0, 3.0)]
    return [run(Race("himmelblau", lanes, start, 400)) for start in starts]


def test_converged_at_the_first_step_from_which_the_lane_stays_near_one_minimum(arrivals):
    surface = SURFACES["himmelblau"]
    radius = TOLERANCE * np.hypot(np.ptp(surface.x), np.ptp(surface.y))
    for t in arrivals:
        gaps = [np.hypot(*(t.theta[0] - point).T) for point in surface.minima]
        nearest = min(gaps, key=lambda gap: gap[-1])
        away = [step for step, gap in enumerate(nearest) if gap > radius]
        assert t.status[0].state == "converged"
        assert t.status[0].step == away[-1] + 1
        assert t.status[0].text.startswith(f"converged at step {away[-1] + 1}: minimum (")
        assert t.distance[0] == pytest.approx(nearest[-1], rel=1e-12)
        soonest = np.argmax(np.min(gaps, axis=0) <= radius)
        assert t.steps_to_tolerance[0] == soonest


def test_several_minima_are_reached(arrivals):
    assert len({t.status[0].text.partition("(")[2] for t in arrivals}) >= 3


def test_a_local_minimum_is_called_one():
    """The shallower well of Styblinski and Tang's function, found from its own side."""
    surface = SURFACES["styblinski_tang"]
    point = surface.local_minima[0]
    race = Race(surface, [Lane("sgd", lr=5e-3)], (point[0] + 0.3, point[1] - 0.3), 300)
    (status,) = run(race).status
    assert status.state == "converged"
    assert f"local minimum ({point[0]:.4g}, {point[1]:.4g})" in status.text


def test_a_lane_that_passes_a_minimum_has_not_converged_there():
    """Momentum without friction swings through the minimum for ever."""
    t = run(Race(bowl, [Lane("momentum", lr=1e-3, alpha=1.0)], (1.0, 0.0), 3000))
    assert np.hypot(*t.theta[0].T).min() < 0.01
    assert t.status[0].state == "running"
    assert t.status[0].step is None


@pytest.mark.parametrize("steps", [3000, 250])
def test_a_lane_that_swings_through_a_minimum_converges_when_it_stays(steps):
    """It is away again after 250 steps, and at rest after 3000."""
    surface = Surface(bowl, "bowl", (-5, 5), (-5, 5), (1, 0), minima=((0.0, 0.0),), minimum=0.0)
    t = run(Race(surface, [Lane("momentum", lr=1e-4, alpha=0.99)], steps=steps))
    gap = np.hypot(*t.theta[0].T)
    near = gap <= TOLERANCE * 10 * np.sqrt(2)
    first, stays = int(near.argmax()), int((~near).nonzero()[0][-1]) + 1
    assert 0 < first < 200
    assert first < stays
    assert t.steps_to_tolerance == (first,)
    assert t.distance[0] == gap[-1]
    assert t.status[0].step == (stays if steps == 3000 else None)
    assert near[-1] == (steps == 3000)


def test_a_lane_that_starts_at_the_minimum_has_converged_at_step_0():
    t = run(Race("rosenbrock", [Lane("sgd", lr=1e-3)], (1.0, 1.0), 50))
    assert t.status[0].state == "converged"
    assert t.status[0].step == 0
    assert t.steps_to_tolerance == (0,)


def test_a_surface_without_known_minima_has_no_distance():
    t = run(Race(bowl, [CALM], (1.0, 1.0), 100))
    assert np.isnan(t.distance).all()
    assert t.steps_to_tolerance == (None,)
    assert t.status[0].state == "converged", "Newton's step says that it is at a minimum"


def test_a_lane_at_a_saddle_has_not_converged():
    t = run(Race("saddle", [CALM], (0.0, 0.0), 20))
    assert t.status[0] == ("running", None, "at the saddle (0, 0)")


def test_a_lane_that_ends_at_a_place_nobody_listed_says_what_it_is():
    """Newton's method is drawn to every place without a gradient, a hilltop's too."""
    (status,) = run(Race("himmelblau", [Lane("newton")], steps=100)).status
    assert status == ("running", None, "at the maximum (-0.271, -0.923)")
    unlisted = Race(lambda x, y: x**2 - y**2 + x * y**2, [Lane("newton")], (0.1, 0.2), 50)
    assert run(unlisted).status[0].text == "at the saddle (0, 0)"


def test_a_lane_on_the_level_says_that_there_is_no_gradient():
    t = run(Race(flat, [CALM], (1.0, 1.0), 20))
    assert t.status[0] == ("running", None, "stands still: the gradient is zero here")


def test_a_lane_that_has_not_converged_says_so():
    (status,) = run(Race("rosenbrock", [Lane("sgd", lr=1e-5)], steps=10)).status
    assert status == ("running", None, "not converged")


@pytest.fixture(scope="module")
def leaving():
    """Run SGD on x^2 + y^2 with a rate that doubles theta and changes its sign, and a calm lane."""
    return run(Race(bowl, [Lane("sgd", lr=1.5), CALM], (1.0, -2.0), 60))


def test_a_diverging_lane_says_at_which_step(leaving):
    bound = FAR * 5.0
    step = next(k for k in range(60) if 2.0 ** (k + 1) > bound)
    # It is -2 to the power of k, and twice that, in a domain from -5 to 5.
    text = f"diverged at step {step}; left the domain at step 2"
    assert leaving.status[0] == ("diverged", step, text)
    assert np.abs(leaving.theta[0, step]).max() > bound


def test_what_was_before_it_left_is_untouched(leaving):
    step = leaving.status[0].step
    factors = (-2.0) ** np.arange(step + 1)
    assert (leaving.theta[0, : step + 1] == np.outer(factors, (1.0, -2.0))).all()
    assert (leaving.loss[0, : step + 1] == 5.0 * factors**2).all()
    assert (leaving.grad[0, : step + 1] == 2 * leaving.theta[0, : step + 1]).all()


def test_after_it_left_there_is_nothing(leaving):
    after = leaving.status[0].step + 1
    for values in (leaving.theta, leaving.loss, leaving.grad):
        assert np.isnan(values[0, after:]).all()
    assert np.isnan(leaving.distance[0])


def test_other_lanes_go_on(leaving):
    assert leaving.status[1].state == "converged"
    assert np.isfinite(leaving.theta[1]).all()


def test_its_memory_ends_with_it():
    t = run(Race(bowl, [Lane("momentum", lr=5.0)], (1.0, 1.0), 60))
    (v,), step = t.memory[0].values(), t.status[0].step
    assert step is not None
    assert np.isfinite(v[: step + 1]).all()
    assert np.isnan(v[step + 1 :]).all()


@pytest.mark.parametrize("steps", [1, 50])
@pytest.mark.parametrize("rate", [1e5, 1e155, 1e308])
def test_a_lane_may_explode_at_step_1(rate, steps):
    t = run(Race(bowl, [Lane("sgd", lr=rate)], (1.0, 1.0), steps))
    assert t.status[0] == ("diverged", 1, "diverged at step 1")
    assert (t.theta[0, 0] == 1).all()
    assert t.loss[0, 0] == 2
    assert np.isnan(t.theta[0, 2:]).all()


def test_a_lane_may_start_where_the_surface_overflows():
    t = run(Race("rosenbrock", [Lane("sgd", lr=1e-3)], (1e200, 1.0), 5))
    assert t.status[0] == ("diverged", 0, "diverged at step 0")
    assert t.theta[0, 0].tolist() == [1e200, 1.0]


@pytest.mark.parametrize("start", [(300.0, -200.0), (1e7, 1e7), (-1e30, 3.0)])
def test_a_start_far_outside_the_domain_is_fine(start):
    t = run(Race(bowl, [CALM], start, 600))
    assert t.theta[0, 0].tolist() == list(start)
    assert t.status[0].state == "converged"
    np.testing.assert_allclose(t.theta[0, 1], 0.8 * np.array(start), rtol=1e-12)


def test_a_start_at_the_edge_of_the_numbers_is_no_crash():
    t = run(Race(bowl, [CALM], (1e308, -1e308), 5))
    assert t.status[0].state == "diverged"


def test_absurd_noise_is_no_crash():
    t = run(Race(bowl, [CALM], (1.0, 1.0), 50, noise=1e308))
    assert t.status[0].state == "diverged"
    assert t.status[0].step == 1


def test_leaving_at_the_last_step_counts():
    whole = run(Race(bowl, [Lane("sgd", lr=1.5)], (1.0, 1.0), 60))
    last = whole.status[0].step
    assert last is not None
    t = run(Race(bowl, [Lane("sgd", lr=1.5)], (1.0, 1.0), last))
    assert t.status[0].step == last
    before = run(Race(bowl, [Lane("sgd", lr=1.5)], (1.0, 1.0), last - 1))
    assert before.status[0].state == "running"


def test_a_start_without_a_gradient_is_noted():
    t = run(Race(flat, [CALM, Lane("momentum")], (1.0, 1.0), 5))
    assert t.notes == (
        "The gradient is zero at the start: a rule that only follows it stays there.",
    )
    assert (t.theta == 1.0).all()
    assert {status.state for status in t.status} == {"running"}


@pytest.mark.parametrize("surface", ["saddle", "monkey_saddle"])
def test_noise_leaves_nothing_to_note_about_a_start_without_a_gradient(surface):
    still = run(Race(surface, [CALM], (0.0, 0.0), 5))
    noisy = run(Race(surface, [CALM], (0.0, 0.0), 5, noise=0.1))
    assert len(still.notes) == 1
    assert noisy.notes == ()
    assert not still.theta.any()
    assert noisy.theta[0, 1].all()


def test_there_is_no_note_otherwise():
    assert run(Race(bowl, [CALM], (1.0, 0.0), 5)).notes == ()


def test_noise_moves_a_lane_off_a_saddle():
    """L4: gradient perturbation is what gets plain descent away from a point without a slope."""
    still = run(Race("saddle", [CALM], (0.0, 0.0), 200))
    moved = run(Race("saddle", [CALM], (0.0, 0.0), 200, noise=0.01, seed=1))
    assert (still.theta == 0).all()
    assert np.nanmax(np.abs(moved.theta[0])) > 1


@pytest.mark.parametrize("angle", [0.52, 1.05])
def test_just_outside_of_a_known_minimum_there_is_no_other_one(angle):
    """Along the curved valley the second order predicts a place beside the minimum."""
    reach = 1.003 * tolerance_of(SURFACES["rosenbrock"])
    start = 1 + reach * np.cos(angle), 1 + reach * np.sin(angle)
    status = run(Race("rosenbrock", [Lane("sgd", lr=1e-9)], start, 1)).status[0]
    assert status.text.startswith("not converged; it hardly moves")
