"""A comparison's figures are those of races run one by one; its link and its refusals hold."""

from __future__ import annotations

import csv
import io
import json
from math import inf, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import RULES, SURFACES, Lane, Race, RaceError, Rule, run
from optviz.comparison import draws
from optviz.comparison.experiment import DEFAULT, FIRST, TUNING_STARTS, Comparison, read_pairs
from optviz.comparison.verdicts import as_csv, compare, judge
from optviz.conditions import tolerance_of
from optviz.limits import MAX_SEED, MAX_STARTS, MAX_STEPS, MAX_TRIALS, MAX_WORK
from optviz.proceed import StoppedError
from optviz.query import pairs
from optviz.rule import Hyperparameter, learning_rate, rule
from optviz.verdict import ONWARD, wait
from surfaces import Surface

WITH_MINIMA = [slug for slug, surface in SURFACES.items() if surface.minima]
SMALL = Comparison("himmelblau", ["momentum", "adam"], steps=200, trials=6, starts=7, seed=3)


def raced(comparison: Comparison, lanes: list[Lane], starts: np.ndarray):
    """Return (lanes, starts) of steps to a global minimum, of divergence and of the last loss."""
    shape = len(lanes), len(starts)
    steps, diverged, loss = np.full(shape, inf), np.zeros(shape, bool), np.full(shape, inf)
    for column, start in enumerate(starts):
        done = run(Race(comparison.surface, lanes, start, comparison.steps, shape=comparison.shape))
        for row, status in enumerate(done.status):
            diverged[row, column] = status.state == "diverged"
            if not diverged[row, column]:
                loss[row, column] = done.loss[row, -1]
            near = done.distance[row] <= tolerance_of(comparison.objective)
            if status.state == "converged" and near:
                assert status.step is not None
                steps[row, column] = status.step
    return steps, diverged, loss


def step_by(steps, share):
    """Return the first step by which so large a share of the runs has arrived."""
    arrived = [step for step in sorted(steps) if (steps <= step).mean() >= share]
    return None if arrived[0] == inf else arrived[0]


@pytest.mark.parametrize(
    "comparison",
    [
        SMALL,
        Comparison("ravine", ["newton"], 60, 5, 6, shape={"condition": 9}),
        # Here some arrive at the global minimum and some at others; there some diverge.
        Comparison("styblinski_tang", [], 150, 6, 9),
        Comparison("beale", [], 300, 8, 9, seed=1),
    ],
    ids=lambda comparison: comparison.surface,
)
def test_every_figure_is_that_of_races_run_one_by_one(comparison):
    tuning, fresh = draws.starts(comparison)
    verdicts = {verdict.lane.rule: verdict for verdict in compare(comparison)}
    assert {*verdicts} == {rule.slug for rule in comparison.algorithms}
    for name, verdict in verdicts.items():
        space = draws.search_space(verdict.lane.algorithm, comparison.objective)
        drawn = draws.settings(comparison, space)
        lanes = [Lane(name, **dict(zip(space, row, strict=True))) for row in drawn]
        steps, _, loss = raced(comparison, lanes, tuning)
        arrived = np.isfinite(steps).mean(axis=1)
        middle = TUNING_STARTS // 2 - 1
        scores = [*zip(-arrived, np.sort(steps)[:, middle], np.sort(loss)[:, middle], strict=True)]
        assert verdict.lane == lanes[scores.index(min(scores))]
        assert verdict.works == (arrived >= 0.5).mean()

        # As many lanes as before, so that nothing is compiled again.
        same = [verdict.lane] * len(lanes)
        steps, diverged, loss = (part[0] for part in raced(comparison, same, fresh))
        assert verdict.reached == np.isfinite(steps).mean()
        assert verdict.diverged == diverged.mean()
        assert verdict.first_quartile == step_by(steps, 0.25)
        assert verdict.median == step_by(steps, 0.5)
        assert verdict.third_quartile == step_by(steps, 0.75)
        typical = np.sort(loss)[-(-len(loss) // 2) - 1]
        assert verdict.loss == (None if typical == inf else pytest.approx(typical, abs=1e-12))


def test_the_best_rule_comes_first():
    verdicts = compare(SMALL)
    quality = [(-v.reached, inf if v.median is None else v.median) for v in verdicts]
    assert quality == sorted(quality)
    assert len({v.lane.rule for v in verdicts}) == 3


def test_a_rule_is_judged_alike_in_whatever_company():
    among = {verdict.lane.rule: verdict for verdict in compare(SMALL)}
    alone = judge(Comparison("himmelblau", ["adam"], 200, 6, 7, seed=3), "adam")
    assert alone == among["adam"]


def test_the_same_comparison_has_the_same_verdicts_and_another_seed_others():
    again = Comparison.from_query(SMALL.to_query())
    assert as_csv(again, compare(again)) == as_csv(SMALL, compare(SMALL))
    other = Comparison("himmelblau", ["momentum", "adam"], 200, 6, 7, seed=4)
    assert not {str(v.lane) for v in compare(other)} & {str(v.lane) for v in compare(SMALL)}


def test_plain_sgd_is_always_in_it_and_every_rule_once():
    assert Comparison("beale", []).rules == ("sgd",)
    assert Comparison("beale", ["adam", "sgd", "adam", RULES["adam"]]).rules == ("sgd", "adam")
    assert DEFAULT.rules == tuple(RULES)


def test_every_rule_has_as_many_trials_within_its_declared_ranges():
    comparison = Comparison("beale", trials=100)
    for owner in comparison.algorithms:
        space = draws.search_space(owner, comparison.objective)
        drawn = draws.settings(comparison, space)
        assert drawn.shape == (100, len(owner.hyperparameters))
        for column, (name, declared) in zip(drawn.T, space.items(), strict=True):
            assert ((column >= declared.low) & (column <= declared.high)).all()
            # What is shown of a setting is all of it.
            ends = declared.low, declared.high
            assert all(value in ends or float(f"{value:.3g}") == value for value in column)
            if name == "f_star":
                assert {*column} == {SURFACES["beale"].minimum}
                continue
            # Half of an even spread lies in the lower half of the range, on the range's own scale.
            half = sqrt(declared.low * declared.high) if declared.log else declared.high / 2
            if declared.log or declared.low == 0:
                assert (column < half).mean() == pytest.approx(0.5, abs=0.06)


def test_whole_numbers_are_drawn_whole():
    space = {"lr": learning_rate(0.1), "n": Hyperparameter(3, 1, 5, integer=True)}
    drawn = draws.settings(Comparison("beale", trials=64), space)
    assert {*drawn[:, 1]} == {1, 2, 3, 4, 5}


def test_starts_are_in_the_domain_the_verdicts_others_than_the_tunings():
    tuning, fresh = draws.starts(Comparison("branin", starts=300))
    assert (len(tuning), len(fresh)) == (TUNING_STARTS, 300)
    every = np.vstack([tuning, fresh])
    assert len(np.unique(every, axis=0)) == len(every)
    assert ((every >= (-5, 0)) & (every <= (10, 15))).all()
    assert every.mean(axis=0) == pytest.approx((2.5, 7.5), abs=0.3)
    more, _ = draws.starts(Comparison("branin", starts=301, trials=9))
    assert (more == tuning).all()


def test_on_the_ravine_as_many_rates_work_as_theory_says():
    comparison = Comparison("ravine", [], steps=400, trials=1024, starts=1)
    surface, steps = comparison.objective, comparison.steps
    # The curvatures are 1 and the condition number, along axes that are turned by the rotation.
    low, high = 1.0, comparison.shape["condition"]
    turn = np.radians(comparison.shape["rotation"])
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    tuning, _ = draws.starts(comparison)
    along = tuning @ axes.T

    def works(lr):
        """Say whether half of the starts are there for the last steps, and slow down there."""
        with np.errstate(over="ignore", invalid="ignore"):
            factor = 1 - lr * np.array([low, high])
            late, end = along * factor ** (steps - wait(steps)), along * factor**steps
            onward = end + ONWARD * (end - late)
        near = np.array([np.hypot(*part.T) <= tolerance_of(surface) for part in (late, onward)])
        return near.all(axis=0).mean() >= 0.5

    rates = np.geomspace(1e-5, 10, 6_001)
    working = rates[[works(lr) for lr in rates]]
    assert 0.99 * 2 / high < working.max() < 2 / high
    expected = log(working.max() / working.min()) / log(1e6)
    (verdict,) = compare(comparison)
    assert verdict.works == pytest.approx(expected, abs=3 / comparison.trials)
    # The best rate of all, 2 / (low + high), is between the best trial and its neighbours.
    assert verdict.lane.values["lr"] == pytest.approx(2 / (low + high), rel=0.03)


def test_a_comparison_may_have_a_surface_and_a_rule_of_ones_own():
    @rule("Half", "a test")
    def half(f, theta, *, lr=learning_rate(0.1)):  # noqa: ARG001
        """Goes half of the way to the origin."""
        return theta / 2

    bowl = Surface(
        lambda x, y: x * x + y * y, "Bowl", (-1.0, 1.0), (-1.0, 1.0), (1.0, 1.0), ((0.0, 0.0),)
    )
    assert isinstance(half, Rule)
    comparison = Comparison(bowl, [half], steps=20, trials=2, starts=8)
    verdict = next(v for v in compare(comparison) if v.lane.algorithm is half)
    assert (verdict.reached, verdict.works, verdict.diverged) == (1, 1, 0)
    with pytest.raises(RaceError, match="Bowl is not in the catalogue: the comparison has no link"):
        comparison.to_query()


def test_the_verdicts_are_json_and_a_table():
    verdicts = compare(SMALL)
    plain = [verdict.plain() for verdict in verdicts]
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    adam = next(one for one in plain if one["rule"] == "adam")
    assert adam["space"][0] == {
        "name": "lr",
        "low": 1e-5,
        "high": 10.0,
        "log": True,
        "integer": False,
    }
    assert [part["name"] for part in adam["space"]] == [*adam["values"]]
    rows = [*csv.DictReader(io.StringIO(as_csv(SMALL, verdicts)))]
    figures = [(-verdict.reached, verdict.median or inf) for verdict in verdicts]
    for row, verdict, own in zip(rows, verdicts, figures, strict=True):
        assert row["rank"] == str(1 + sum(other < own for other in figures))
        assert row["rule"] == verdict.lane.rule
        assert float(row["reached"]) == verdict.reached
        assert row["median"] == ("" if verdict.median is None else str(verdict.median))
        assert row["setting"].startswith("lr:")
        assert row["space"].startswith("lr 1e-05 to 10 logarithmic")
        stated = {key: row[key] for key in ("surface", "steps", "trials", "starts", "seed")}
        assert [*stated.values()] == ["himmelblau", "200", "6", "7", "3"]


def test_progress_is_told_and_nobody_waits_for_what_is_not_wanted():
    told = []
    compare(SMALL, proceed=lambda done: not told.append(done))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, SMALL.cells)
    with pytest.raises(StoppedError):
        compare(SMALL, proceed=lambda done: done < SMALL.cells / 2)


@st.composite
def comparisons(draw) -> Comparison:
    surface = SURFACES[draw(st.sampled_from(WITH_MINIMA))]
    shape = {
        name: draw(st.floats(declared.low, declared.high))
        for name, declared in surface.parameters.items()
    }
    return Comparison(
        surface,
        draw(st.none() | st.lists(st.sampled_from([*RULES]), max_size=5)),
        draw(st.integers(1, 500)),
        draw(st.integers(1, 64)),
        draw(st.integers(1, MAX_STARTS)),
        draw(st.integers(0, MAX_SEED)),
        shape=shape,
    )


@given(comparisons())
@settings(max_examples=60)
def test_a_link_says_everything(comparison):
    assert Comparison.from_query(comparison.to_query()) == comparison
    assert Comparison.from_query("?" + comparison.to_query()).to_query() == comparison.to_query()


def test_what_a_link_leaves_out_is_the_default():
    assert Comparison.from_query("") == DEFAULT
    assert Comparison.from_query("rules=adam&trials=8") == Comparison(
        "rosenbrock", ["adam"], trials=8
    )
    assert Comparison.from_query("rules=").rules == ("sgd",)
    text = Comparison("ravine", ["adam"], shape={"condition": 100}).to_query()
    assert text == (
        "surface=ravine&shape=condition:100,rotation:30&rules=sgd,adam"
        "&steps=500&trials=64&starts=256&seed=0"
    )


@given(st.text() | st.lists(st.sampled_from([*"=&,:%+-?9", "rules", "steps", "adam"])).map("".join))
@settings(max_examples=150)
def test_any_text_gives_a_comparison_or_sentences(text):
    problems: tuple[str, ...] = ()
    try:
        comparison = Comparison.from_query(text)
        assert comparison.cells * comparison.steps <= MAX_WORK
    except RaceError as error:
        problems = error.problems
    assert all(problem[-1] in ".?" and len(problem) < 1000 for problem in problems)


REFUSED = {
    "no known minimum": ("surface=saddle", "Saddle has no known minimum to arrive at"),
    "unknown surface": ("surface=beal", "There is no surface 'beal'. Did you mean 'beale'?"),
    "unknown rule": ("rules=adom", "There is no optimizer 'adom'. Did you mean 'adam'?"),
    "unknown part": ("lane=adam", "The link has an unknown part 'lane'."),
    "unknown shape": ("surface=beale&shape=b:3", "Beale has no shape parameter 'b'. It has none."),
    "shape without a colon": ("shape=b", "In shape, 'b' should read name:number"),
    "part twice": ("seed=1&seed=2", "The link gives seed twice; give it once."),
    "no trials": ("trials=0", "The number of trials is 0; it must be a whole number"),
    "text for a number": ("starts=many", "The number of starts: 'many' is not a number."),
    "negative seed": ("seed=-1", "The seed is -1; it must be a whole number of at least 0."),
    "a seed that no browser holds": (
        "seed=9007199254740993",
        "The seed is 9007199254740993; it can be at most 9007199254740991.",
    ),
    "many trials": (
        f"trials={MAX_TRIALS + 1}",
        "The number of trials is 4097; it can be at most 4096.",
    ),
    "many starts": (
        f"starts={MAX_STARTS + 1}",
        "The number of starts is 4097; it can be at most 4096.",
    ),
    "many steps": (
        f"steps={MAX_STEPS + 1}",
        "The number of steps is 10001; it can be at most 10000.",
    ),
    "all of it": (
        "rules=adam&trials=4096&starts=4096&steps=10000",
        "this one would take 1,392,640,000: 2 optimizers x (4096 trials x 16 starts + 4096 starts)"
        " x 10000 steps. Ask for fewer trials, starts, steps or optimizers.",
    ),
}


@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_compared_is_refused_with_a_sentence(text, says):
    with pytest.raises(RaceError) as caught:
        Comparison.from_query(text)
    (problem,) = caught.value.problems
    assert says in problem


@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_broken_in_a_link_falls_back_and_says_so(text, says):
    kept = "steps" if "steps" not in text else "seed"
    comparison, problems = read_pairs(pairs(f"{text}&{kept}=77"))
    assert [says in problem for problem in problems] == [True]
    assert getattr(comparison, kept) == 77
    assert Comparison.from_query(comparison.to_query()) == comparison


def test_what_is_good_in_a_broken_link_is_kept():
    comparison, problems = read_pairs(
        pairs("surface=ravine&shape=condition:9,roation:3&rules=adom,lion&trials=9&starts=many&x=1")
    )
    assert comparison == Comparison("ravine", ["lion"], trials=9, shape={"condition": 9})
    assert len(problems) == 4
    assert read_pairs(pairs("")) == (FIRST, [])
    assert read_pairs(pairs(FIRST.to_query())) == (FIRST, [])
    many, problems = read_pairs(pairs("rules=" + ",".join(map(str, range(5000)))))
    assert many.rules == ("sgd",)
    assert problems[0] == "A link has at most 100 optimizers, not 5000."


def test_everything_that_is_wrong_is_named_at_once():
    with pytest.raises(RaceError) as caught:
        Comparison.from_query("surface=x&rules=sgd,y,z&steps=0&trials=a&starts=1e9&seed=.5&foo=1")
    assert len(caught.value.problems) == 8
