"""The learning-rate finder: every rate is the race with it, and the suggested one is worth it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from optviz import Change, Lane, Race, RaceError, Schedule, find_rate, run
from optviz.maps import advice
from optviz.maps.advice import Tried, advise, steepest, written
from optviz.maps.grids import DIVERGED
from optviz.proceed import StoppedError
from optviz.suggestions import suggested

STEPS = 80
LANE = 1  # behind another, so that a mix-up of lanes shows
# Each pair is a program to compile: rules of every kind on one surface, and one rule on surfaces of
# every kind: a valley, many minima, no minimum, lower values than the minimum outside its domain.
RULES = (
    *("sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "lion"),
    *("rprop", "polyak", "newton", "bfgs"),
)
KINDS = ("rosenbrock", "rastrigin", "saddle", "mccormick")
PAIRS = [*((rule, "himmelblau") for rule in RULES), *(("sgd", surface) for surface in KINDS)]
# Of all rates tried, no more than this share may end lower than the suggested one.
BETTER = 0.15


def race_of(slug: str, surface: str = "himmelblau", **options: Any) -> Race:
    lane = Lane(slug, label="", **suggested(slug, surface))
    return Race(surface, [Lane("sgd", lr=1e-5), lane], steps=STEPS, **options)


def at(race: Race, rate: float) -> Race:
    """Return the race with another learning rate of its lane."""
    values: dict[str, Any] = {**race.lanes[LANE].values, "lr": rate}
    lanes = [race.lanes[0], Lane(race.lanes[LANE].rule, **values)]
    return Race(
        race.surface,
        lanes,
        race.start,
        race.steps,
        race.schedule,
        race.noise,
        race.seed,
        changes=race.changes,
    )


RACES = {
    "plain": race_of("momentum"),
    "local minima": race_of("sgd", "rastrigin"),
    "all at once": race_of(
        "adam",
        schedule="cosine",
        noise=1e-2,
        seed=3,
        changes=[Change(40, LANE, rho1=0.5), Change(90, LANE, lr=1e-3)],
    ),
}


@pytest.mark.parametrize("name", RACES)
def test_every_rate_is_the_race_with_it(name):
    race = RACES[name]
    found = find_rate(race, LANE)
    assert (found.rate[0], found.rate[-1]) == (1e-5, 10)
    for index in range(0, len(found.rate), 17):
        done = run(at(race, found.rate[index]))
        state, step, _ = done.status[LANE]
        place = found.place[index]
        minimum = place >= 0 and "minimum" in found.places[place].kind
        said = "diverged" if place == DIVERGED else "converged" if minimum else "running"
        assert said == state, found.rate[index]
        if state != "running":
            assert found.step[index] == step
        np.testing.assert_allclose(found.loss[index], done.loss[LANE, -1], rtol=1e-9, atol=1e-12)


def test_the_range_test_is_the_race_with_an_exponential_schedule():
    race = race_of("adam", noise=1e-2, seed=3, changes=[Change(40, LANE, rho1=0.5, lr=1e-3)])
    found = find_rate(race, LANE)
    ramp = Race(
        race.surface,
        [Lane("adam", lr=1)],
        race.start,
        STEPS,
        Schedule("range_test", low=1e-5, high=10),
        1e-2,
        3,
        changes=[Change(40, 0, rho1=0.5)],
    )
    done = run(ramp)
    np.testing.assert_array_equal(found.ramp_loss, done.loss[0, 1:])
    np.testing.assert_allclose(found.ramp_rate, np.geomspace(1e-5, 10, STEPS), rtol=1e-12)


@pytest.mark.parametrize(("rule", "surface"), dict.fromkeys(PAIRS))
def test_the_suggested_rate_is_worth_taking(rule, surface):
    """It does not diverge, and few of all rates end lower from the race's start."""
    race = race_of(rule, surface)
    found = find_rate(race, LANE)
    floor = race.objective.minimum
    if floor is None:
        assert found.suggested is None, "there is nothing to arrive at"
        assert found.notes[0].startswith("No rate helps")
        return
    assert found.suggested
    assert found.good
    done = run(at(race, found.suggested))
    loss = done.loss[LANE]
    assert done.status[LANE].state != "diverged"
    assert loss[-1] < loss[0]
    ends = np.where(np.isnan(found.loss), np.inf, found.loss)
    lowest = max(ends.min(), floor)
    better = ends < loss[-1] - advice.SAME * (loss[0] - lowest)
    # What is lower than the surface's lowest value has left its domain.
    assert np.mean(better & (ends >= floor - 1e-6)) <= BETTER
    low, high = found.good
    assert low <= found.suggested <= high
    assert written(found.suggested) in found.notes[0]


def test_no_rate_helps_where_none_leads_lower():
    still = find_rate(Race("himmelblau", ["sgd"], start=(3, 2)))
    assert still.suggested is None
    assert "lower than it begins" in still.notes[0]
    lost = find_rate(Race(lambda x, y: -(x**4) - y**4, ["sgd"], start=(900, 900)))
    assert (lost.suggested, lost.blow_up) == (None, lost.rate[0])
    assert lost.notes[0] == "No rate helps: it diverges at every one tried."


NOTES = {
    "higher rates diverge": Race.from_query("surface=ravine&lane=momentum,lr:0.152,alpha:0.9"),
    "none converges": Race("rosenbrock", ["sgd"], steps=30),
    "some converge": Race("booth", ["sgd"]),
    "another rule": Race("beale", ["adam"], steps=60),
}


@pytest.mark.parametrize("race", NOTES.values(), ids=NOTES)
def test_notes_say_of_the_rates_that_were_tried_what_became_of_them(race):
    """What lies between two of them is not known: a race there may do either."""
    found = find_rate(race)
    lost, notes = found.place == DIVERGED, " ".join(found.notes)
    highest = f"{written(found.rate[-1])}, the highest rate tried"
    if found.blow_up is None and found.loss[-1] > found.ramp_loss[0]:
        assert f"At {highest}, it ends higher than it began." in notes
    elif found.blow_up is None:
        assert f"does not diverge at {highest}." in notes
    else:
        at = int(np.searchsorted(found.rate, found.blow_up))
        below, above = written(found.rate[at - 1]), written(found.rate[at])
        assert not lost[at - 1]
        assert lost[at:].all()
        assert f"At {below} it does not diverge; at {above} and every higher rate tried" in notes
    (near,) = re.findall(r"falls fastest at about ([\de.-]+); held there, it (\w+)", notes)
    held = float(near[0])
    assert found.steepest is not None
    assert np.abs(np.log(found.rate / found.steepest)).min() == abs(np.log(held / found.steepest))
    state = state_at(race, held)
    assert near[1] == {"diverged": "diverges", "converged": "converges", "running": "has"}[state]


def state_at(race: Race, rate: float) -> str:
    """Return what becomes of the only lane of a race at another learning rate."""
    return run(race.replace(lanes=race.lanes[0].replace(lr=rate))).status[0].state


@pytest.mark.parametrize("race", NOTES.values(), ids=NOTES)
def test_the_advice_says_of_each_rate_of_a_stretch_what_the_race_with_it_does(race):
    found = find_rate(race)
    text, number = found.notes[0], r"([\de.-]+)"
    assert found.suggested
    assert found.good
    at = [int(np.flatnonzero(found.rate == rate)[0]) for rate in (found.suggested, *found.good)]
    done = run(race.replace(lanes=race.lanes[0].replace(lr=found.suggested)))
    status, stretch = done.status[0], slice(at[1], at[2] + 1)
    if status.state == "converged":
        assert f"At {written(found.suggested)} it converges at step {status.step}." in text
    else:
        assert f"it ends with a loss of {written(float(done.loss[0, -1]))}." in text
    if at[1] == at[2]:
        assert "each rate" not in text
        return
    told = re.search(
        rf"from {number} to {number} it (converges|ends).* {number} to {number}\.$", text
    )
    assert told
    assert (float(told[1]), float(told[2])) == found.good
    ends = [run(race.replace(lanes=race.lanes[0].replace(lr=r))) for r in found.rate[stretch]]
    if told[3] == "converges":
        seen = [float(one.status[0].step or 0) for one in ends]
        assert {one.status[0].state for one in ends} == {"converged"}
        assert (float(told[4]), float(told[5])) == (min(seen), max(seen))
    else:
        seen = [float(one.loss[0, -1]) for one in ends]
        assert (told[4], told[5]) == (written(min(seen)), written(max(seen)))


@pytest.mark.parametrize("race", NOTES.values(), ids=NOTES)
def test_the_rate_from_whose_half_on_none_is_suggested_fails_and_all_below_it_hold(race):
    found = find_rate(race)
    told = re.search(r"above half of (\S+) are not suggested: \1 is the lowest", found.notes[1])
    fails = np.isnan(found.loss) | (found.lost_around > advice.FRAGILE)
    assert bool(told) == fails.any()
    if not told:
        return
    first = float(told[1])
    assert found.rate[fails.argmax()] == first
    assert found.suggested is not None
    assert found.suggested <= first / 2
    assert ("it diverges." in found.notes[1]) == (state_at(race, first) == "diverged")


@pytest.mark.parametrize("alpha", [None, 0.5, 0.9])
@pytest.mark.parametrize("surface", ["ravine", "booth"])
def test_races_shrink_below_the_rate_that_theory_gives_and_grow_above_it(surface, alpha):
    lane = Lane("sgd") if alpha is None else Lane("momentum", alpha=alpha)
    race = Race(surface, [lane], steps=4000)
    (note,) = [note for note in find_rate(race.replace(steps=200)).notes if "In theory" in note]
    limit = float(note.split()[-1].rstrip("."))
    assert state_at(race, 0.99 * limit) == "converged"
    assert state_at(race, 1.01 * limit) == "diverged"
    scheduled = race.replace(steps=200, schedule="cosine")
    assert not any("In theory" in note for note in find_rate(scheduled).notes)


@pytest.mark.parametrize("steps", [1, 2, 19])
def test_a_short_race_has_rates_too(steps):
    found = find_rate(Race("beale", ["adam"], steps=steps))
    assert found.suggested
    assert len(found.ramp_loss) == steps


def test_other_numbers_compile_nothing(probe):
    def race(**options: Any) -> Race:
        lane = Lane("adam", **options.pop("values", {}))
        return Race(probe.surface, [lane], steps=100, **options)

    find_rate(race(noise=0.1, start=(2, 1)))
    before = probe.traces
    find_rate(race(start=(-2, 1), shape={"mix": 0.2}, values={"rho1": 0.3, "lr": 1}, noise=0.2))
    assert probe.traces == before


def test_nobody_waits_for_a_finder_that_is_not_wanted():
    with pytest.raises(StoppedError):
        find_rate(Race("beale", ["adam"]), proceed=lambda _: False)


def test_a_lane_that_is_not_there_is_refused():
    with pytest.raises(RaceError, match="counted from 0; there is no lane 2"):
        find_rate(Race("beale", ["adam", "sgd"]), 2)


# The judgement itself, on facts made by hand: 61 rates from 1e-4 to 100, ten to a factor of ten.
RATES = np.geomspace(1e-4, 100, 61)


def tried(**facts: Any) -> Tried:
    """A lane that falls from 1 the lower the higher the rate, and diverges beyond 1."""
    loss = np.where(RATES > 1.001, np.nan, 0.5 / (1 + 100 * RATES))
    usual = {"rate": RATES, "loss": loss, "step": np.full(61, np.inf), "lost_around": np.zeros(61)}
    return Tried(**{**usual, "begun": 1.0, "floor": 0.0, **facts})


def test_the_suggestion_keeps_its_distance_from_what_fails():
    plain = advise(tried())
    assert plain.suggested
    assert plain.blow_up
    assert plain.blow_up == pytest.approx(10**0.1)
    assert plain.suggested <= plain.blow_up / advice.MARGIN
    around = np.where(RATES > 0.01, 0.5, 0.0)
    careful = advise(tried(lost_around=around))
    assert careful.blow_up == plain.blow_up
    assert careful.suggested
    assert careful.suggested <= 0.01 * 10**0.1 / advice.MARGIN


def test_of_those_that_arrive_the_middle_of_the_fastest_is_taken():
    step = np.where((RATES > 0.009) & (RATES < 0.11), 100.0, np.where(RATES < 0.2, 400.0, np.inf))
    found = advise(tried(step=step, loss=np.where(RATES > 1, np.nan, 1e-9)))
    assert found.good == pytest.approx((0.01, 0.1))
    assert found.suggested == pytest.approx(0.0316, rel=0.01)
    assert "step 100" in found.text


def test_who_is_quicker_but_too_near_to_what_fails_is_named():
    step = np.where(RATES < 0.2, 400.0, np.where(RATES < 0.9, 100.0, np.inf))
    step[50] = 30
    found = advise(tried(step=step, loss=np.where(RATES > 1, np.nan, 1e-9)))
    assert RATES[50] > 0.31
    assert found.distance.endswith(f"The quickest tried, {RATES[50]:.3g}, arrives at step 30.")
    alike = advise(tried(step=np.full(61, 9.0), loss=np.where(RATES > 1, np.nan, 1e-9)))
    assert alike.suggested
    assert "quickest" not in alike.distance


def test_one_lucky_run_is_no_advice():
    step, loss = np.full(61, np.inf), tried().loss.copy()
    step[12], loss[12] = 3, 0
    found = advise(tried(step=step, loss=loss))
    assert found.suggested
    assert found.suggested > 0.1


def test_what_runs_below_the_lowest_value_known_has_run_away():
    loss = np.where(RATES > 0.1, -5.0, 0.5)
    found = advise(tried(loss=loss))
    assert found.suggested
    assert found.suggested < 0.1
    assert found.blow_up is None


def test_where_only_rates_below_the_lowest_value_known_help_one_of_them_is_advice():
    """It is known for the domain; from outside a race may end lower, and that is an answer."""
    loss = np.where(RATES > 0.1, np.nan, np.where(RATES > 0.01, -5.0, 2000.0))
    found = advise(tried(loss=loss, begun=1000.0))
    assert found.suggested
    assert 0.01 < found.suggested < 0.1
    assert "below the known minimum" in found.text


def test_where_even_rates_below_the_lowest_value_known_do_not_help_none_diverges():
    found = advise(tried(loss=np.full(61, -5.0), begun=-6.0))
    assert found.text == "No rate helps: at none does it end lower than it begins."


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (np.inf, "it has not converged; it ends with a loss of 0.00"),
        (7.0, "it converges at step 7. At each rate tried from"),
    ],
)
def test_the_advice_says_whether_the_suggested_rate_converges(step, says):
    assert says in advise(tried(step=np.where(RATES < 1.001, step, np.inf))).text


def test_which_rates_are_left_out_is_said():
    """SGD comes lower at rates beyond half of the first that diverges: none of them is meant."""
    found = find_rate(Race("rosenbrock", [Lane("sgd")], steps=500))
    assert found.suggested
    assert re.search("above half of .* diverges from 2[0-9]% of the starts nearby", found.notes[1])
    lost = np.isnan(found.loss) | (found.lost_around > 0.2)
    most = found.rate[lost.argmax()] / 2
    best = np.nanmin(found.loss[found.rate <= most])
    begun = found.ramp_loss[0]
    assert found.loss[found.rate == found.suggested] <= best + 0.011 * (begun - best)


def test_a_race_that_comes_back_from_far_outside_is_not_told_to_hold_at_every_rate():
    race = Race("ravine", [Lane("sgd", lr=0.5)], steps=200, changes=[Change(50, 0, lr=0.02)])
    notes = find_rate(race).notes
    assert "At 10, the highest rate tried, it ends higher than it began." in notes


def test_from_outside_mccormicks_domain_a_rate_helps():
    found = find_rate(Race("mccormick", [Lane("sgd")], (-8.0, -9.0), steps=200))
    assert found.suggested
    assert "No rate helps" not in found.notes[0]


def test_the_steepest_descent_is_where_a_run_falls_most():
    rate = np.geomspace(1e-3, 10, 100)
    loss = np.concatenate(
        [np.full(40, 5.0), np.linspace(5, 1, 10), np.full(30, 1.0), np.full(20, 9)]
    )
    assert rate[39] < (steepest(rate, loss) or 0) < rate[50]
    assert steepest(rate, np.linspace(1, 2, 100)) is None
    assert steepest(rate, np.full(100, np.nan)) is None


def test_a_loss_beyond_all_numbers_is_not_below_the_known_minimum():
    """Under a schedule that brings it back a path may end far outside, and on its way."""
    race = Race("ravine", [Lane("sgd", lr=0.05)], schedule=Schedule("step_drop"))
    found = find_rate(race)
    assert np.isinf(found.loss).any()
    assert "below the known minimum" not in " ".join(found.notes)
    assert "ends far outside" in " ".join(found.notes)
