"""A race as a program of Optax, PyTorch or Keras, with the library's own optimizers."""

from collections.abc import Mapping
from typing import Any

from optviz.parts import scheduled
from optviz.snippets import given, shared
from optviz.snippets.libraries import LIBRARIES, ROUNDED, Library
from optviz.snippets.twins import TWINS, UNLIKE, Twin

ABOUT = (
    "as in optviz.run but for rounding, which may part a path that hangs on its last digits, and "
    "for what a comment says at its lane."
)
PLAIN, TILTED = "lambda p: surface(*p)", "lambda p: surface(*p) + noise @ (p - theta)"


def program(race: Any, slug: str) -> str:
    """Return the program for a library."""
    library = LIBRARIES[slug]
    names = given.named(given.multipliers(race))
    out = [lane for lane in range(len(race.lanes)) if refused(race, lane, slug)]
    rules = shared.rules(race, out, library.words)
    runners = [library.run] * (len(out) < len(race.lanes)) + [library.by_hand] * bool(out)
    text = shared.joined(
        shared.head(race, library.name, ABOUT, library.imports, names),
        *shared.helpers(race, rules, library.words, library.backtrack),
        shared.surface(race, library.words),
        *given.arrays(race, names),
        *rules,
        *(_noisy(runner, bool(race.noise)) for runner in runners),
        shared.lanes(
            [_entry(race, lane, library, names) for lane in range(len(race.lanes))], library.height
        ),
    )
    return _without_idle(text)


def _without_idle(text: str) -> str:
    """Return a program without the imports and remarks that it has no use for."""
    for line, used in (("import math\n", "math."), (ROUNDED, "jax.numpy.")):
        head, _, rest = text.partition(line)
        if used not in rest:
            text = head + rest
    return text


def other(race: Any, lane: int, slug: str) -> str:
    """Return what the library's optimizer does otherwise than the lane's rule, if anything."""
    twin = TWINS[slug][race.lanes[lane].algorithm.slug]
    return ", and ".join(filter(None, [twin.other, twin.varied * _varies(race, lane)]))


def refused(race: Any, lane: int, slug: str) -> str:
    """Return why the rule of a lane is written out, nothing if the library's optimizer is used."""
    one, name = race.lanes[lane], LIBRARIES[slug].name
    twin = TWINS[slug].get(one.algorithm.slug)
    if twin is None:
        why = UNLIKE.get((slug, one.algorithm.slug), f"{name} has no such rule")
        return f"{why}, so it is written out."
    if turned := _turned(race, lane):
        return f"Here {' and '.join(turned)} changes in mid-run, so the rule is written out."
    if strange := _strange(twin, one.values):
        return f"{name} does not take {' and '.join(strange)}, so the rule is written out."
    return ""


def _turned(race: Any, lane: int) -> list[str]:
    """Return which values of a lane change in mid-run, besides the learning rate."""
    changes = [change.values for change in race.changes if change.lane == lane]
    return [*dict.fromkeys(name for values in changes for name in values if name != "lr")]


def _strange(twin: Twin, values: Mapping[str, float]) -> list[str]:
    """Return which values the library refuses."""
    return [
        f"{name} = {values[name]!r}"
        for name, takes in twin.takes.items()
        if not takes(values[name])
    ]


def _varies(race: Any, lane: int) -> bool:
    """Return whether the learning rate of a lane changes on the way."""
    rates = race.lanes[lane].values["lr"] * scheduled(race, lane)
    for change in race.changes:
        if change.lane == lane and "lr" in change.values:
            rates[change.step :] = change.values["lr"] * scheduled(race, lane)[change.step :]
    return bool((rates != rates[0]).any())


def _noisy(runner: str, noise: bool) -> str:
    """Return a runner with the noise, or without."""
    text = runner.replace("FUNCTION", TILTED if noise else PLAIN)
    if noise:
        return text
    for spoken in (
        "        theta.grad += torch.as_tensor(NOISE[k])\n",
        "        noise = torch.as_tensor(NOISE[k])\n",
        "        noise = NOISE[k]\n",
        " + NOISE[k]",
        " + noise",
        " noise,",
        " NOISE[k],",
    ):
        text = text.replace(spoken, "")
    text = text.replace("step(carry, noise)", "step(carry, _)")
    return text.replace("jnp.asarray(NOISE))", "length=STEPS)")


def _entry(race: Any, lane: int, library: Library, names: Mapping[str, str]) -> str:
    """Return the entry of a lane, after a comment on what is not as in optviz."""
    one = race.lanes[lane]
    if why := refused(race, lane, library.slug):
        return f"    # {why}\n{shared.lane(race, lane, 'by_hand', names)}"
    values = shared.values(race, lane, names)
    make = TWINS[library.slug][one.algorithm.slug].make.format(**values)
    differs = other(race, lane, library.slug)
    comment = f"    # Other than in optviz, {differs}.\n" if differs else ""
    made = f"lambda {library.made}: {make}"
    return comment + shared.entry(one.label, f"by_{library.slug}", [made, values["lr"]])
