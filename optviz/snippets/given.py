"""What the lanes of a race run with, as code: their values at every step, schedules and noise."""

from collections.abc import Iterable, Mapping
from typing import Any

from optviz.parts import Schedule, schedule_changes
from optviz.schedules import SCHEDULES
from optviz.snippets.source import Source, Words, definition, signature

# Schedules and noise are NumPy's, whichever library makes the steps.
NUMPY = Words("np", "np")


def multipliers(race: Any) -> list[str]:
    """Return what the learning rate of each lane is multiplied by, nothing if by 1."""
    texts = []
    for lane, one in enumerate(race.lanes):
        text = _called(one.schedule or race.schedule)
        for change in schedule_changes(race, lane):
            if change.schedule:
                text = _from(change.step, text, _called(change.schedule))
        texts.append("" if text == "1.0" else text)
    return texts


def named(texts: Iterable[str]) -> Mapping[str, str]:
    """Return a name for each of the multipliers that are there."""
    distinct = [*dict.fromkeys(filter(None, texts))]
    if len(distinct) == 1:
        return {distinct[0]: "SCHEDULE"}
    return {text: f"SCHEDULE_{number}" for number, text in enumerate(distinct, 1)}


def values(race: Any, lane: int, multiplier: str) -> dict[str, str]:
    """Return the hyperparameters of a lane by name; one that changes is an array (STEPS,)."""
    texts = {name: repr(value) for name, value in race.lanes[lane].values.items()}
    for change in race.changes:
        if change.lane == lane:
            for name, value in change.values.items():
                texts[name] = _from(change.step, texts[name], repr(value))
    return texts | {"lr": f"{texts['lr']} * {multiplier}"} if multiplier else texts


def arrays(race: Any, names: Mapping[str, str]) -> list[str]:
    """Return the definitions and arrays by which a race changes step by step."""
    made = [f"{name} = {text}" for text, name in names.items()]
    if race.noise:
        made += [
            "# The noise is that of optviz to the bit: NumPy's generator with the race's seed.",
            "NOISE = np.random.default_rng("
            f"{race.seed}).standard_normal((STEPS, 2)) * {_strength(race)}",
        ]
    return [*_schedules(names), "\n".join(made)] if made else []


def stepwise(race: Any, names: Mapping[str, str]) -> bool:
    """Return whether the number of each step plays a part."""
    return bool(names or race.changes or (race.noise and race.noise_decay))


def _strength(race: Any) -> str:
    fading = f" * np.exp(-{race.noise_decay!r} * K)[:, None]" * bool(race.noise_decay)
    return f"{race.noise!r}{fading}" if not fading else f"({race.noise!r}{fading})"


def _schedules(names: Iterable[str]) -> list[str]:
    """Return the formulas of the schedules that are called."""
    called = "\n".join(names)
    return [
        definition(
            slug,
            signature("k, T", {}, dict.fromkeys(one.hyperparameters)),
            one.about,
            Source.of(one.formula).body(NUMPY),
        )
        for slug, one in SCHEDULES.items()
        if f"{slug}(K" in called
    ]


def _called(schedule: Schedule) -> str:
    if schedule.slug == Schedule().slug:
        return "1.0"
    told = [f"{name}={value!r}" for name, value in schedule.values.items()]
    return f"{schedule.slug}({', '.join(['K', 'STEPS', *told])})"


def _from(step: int, before: str, after: str) -> str:
    """Return the array that is another one from a step on."""
    return after if step == 0 else f"np.where(K < {step}, {before}, {after})"
