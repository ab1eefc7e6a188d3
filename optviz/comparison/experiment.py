"""A comparison: a surface, optimizers and a stated budget as plain immutable data, and its link."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from optviz import checks, query
from optviz.checks import RaceError
from optviz.limits import MAX_SEED, MAX_STARTS, MAX_STEPS, MAX_TRIALS, MAX_WORK
from optviz.parts import Lane
from optviz.race import Race
from optviz.rule import Rule
from optviz.rules import RULES
from optviz.values import Value, freeze
from surfaces import SURFACES, Surface

KEYS = ("surface", "shape", "rules", "steps", "trials", "starts", "seed")
# Every trial is judged from so many starts.
TUNING_STARTS = 16
# A link comes from strangers: so many optimizers of it are read. The catalogue has fewer.
MAX_RULES = 100
# What no comparison is without.
BASELINE = "sgd"


@dataclass(frozen=True, init=False, repr=False)
class Comparison(Value):
    """The whole experiment, as plain immutable data: equal comparisons have equal verdicts.

    Every rule is tried with `trials` settings, drawn with `seed` from the declared ranges of its
    hyperparameters, each for `steps` steps from the same TUNING_STARTS starts; its best setting is
    then judged from `starts` other starts, the same for every rule.
    """

    first = ("surface", "rules")

    surface: str | Surface
    rules: tuple[str | Rule, ...]
    steps: int
    trials: int
    starts: int
    seed: int
    shape: Mapping[str, float]

    def __init__(
        self,
        surface: str | Surface,
        rules: Sequence[str | Rule] | None = None,
        steps: int = 500,
        trials: int = 64,
        starts: int = 256,
        seed: int = 0,
        *,
        shape: Mapping[str, float] | None = None,
    ) -> None:
        """Check every part; RaceError says in a sentence each what is wrong and what is right.

        `surface` is a slug or a `Surface` with a known minimum, `shape` its shape parameters.
        `rules` are slugs or `Rule`s, by default all of the catalogue; plain SGD is always added.
        """
        problems: list[str] = []
        attempt = partial(checks.attempt, problems)
        race = attempt(Race, surface, [BASELINE], shape=shape)
        entered = [attempt(Lane, rule) for rule in (BASELINE, *(RULES if rules is None else rules))]
        numbers = {
            "steps": attempt(checks.whole, steps, "The number of steps", 1, MAX_STEPS),
            "trials": attempt(checks.whole, trials, "The number of trials", 1, MAX_TRIALS),
            "starts": attempt(checks.whole, starts, "The number of starts", 1, MAX_STARTS),
            "seed": attempt(checks.whole, seed, "The seed", 0, MAX_SEED),
        }
        if race and not race.objective.minima:
            problems.append(
                f"{race.objective.name} has no known minimum to arrive at: "
                "compare on a surface that has one, like rosenbrock."
            )
        if problems:
            raise RaceError(*problems)
        distinct = dict.fromkeys(lane.algorithm for lane in entered)
        named = tuple(checks.named(rule, RULES) for rule in distinct)
        freeze(self, surface=race.surface, rules=named, shape=race.shape, **numbers)
        if self.cells * self.steps > MAX_WORK:
            raise RaceError(
                f"A comparison may take {MAX_WORK:,} steps in all; this one would take "
                f"{self.cells * self.steps:,}: {len(named)} optimizers x ({self.trials} trials x "
                f"{TUNING_STARTS} starts + {self.starts} starts) x {self.steps} steps. "
                "Ask for fewer trials, starts, steps or optimizers."
            )

    @property
    def objective(self) -> Surface:
        """The surface that is minimised."""
        return checks.resolved(self.surface, SURFACES, "surface", Surface)

    @property
    def algorithms(self) -> tuple[Rule, ...]:
        """The rules that are compared, plain SGD first."""
        return tuple(checks.resolved(rule, RULES, "optimizer", Rule) for rule in self.rules)

    @property
    def runs(self) -> int:
        """How many runs of `steps` steps the comparison makes of every rule."""
        return self.trials * TUNING_STARTS + self.starts

    @property
    def cells(self) -> int:
        """How many runs it makes in all."""
        return len(self.rules) * self.runs

    def arguments(self) -> dict[str, Any]:
        """Return what the comparison is made from."""
        return super().arguments() | {"rules": [*self.rules]}

    def usual(self) -> Mapping[str, Any]:
        """Return what a comparison is that is told nothing else."""
        rules = [*dict.fromkeys([BASELINE, *RULES])]
        return {**super().usual(), "rules": rules, "shape": self.objective.values()}

    def plain(self) -> dict[str, Any]:
        """Return the comparison as JSON-ready data."""
        return super().plain() | {"tuning_starts": TUNING_STARTS}

    def to_query(self) -> str:
        """Return the comparison as a query string."""
        for part in (self.surface, *self.rules):
            if not isinstance(part, str):
                raise RaceError(f"{part.name} is not in the catalogue: the comparison has no link.")
        return encode(self.plain())

    @classmethod
    def from_query(cls, given: str | query.Pairs, also: Collection[str] = ()) -> Self:
        """Return the comparison of a link, whole or taken apart; RaceError lists all that is wrong.

        What the link leaves out is that of DEFAULT. `also` names what may be said beside it.
        """
        parts, problems = _decoded(given, also)
        comparison = checks.attempt(problems, cls, **{"surface": DEFAULT.surface, **parts})
        if problems or not comparison:
            raise RaceError(*query.few(problems))
        return comparison


def encode(plain: Mapping[str, Any]) -> str:
    """Return the query string of a comparison given as plain data (see `Comparison.plain`)."""
    texts = {key: str(plain[key]) for key in KEYS}
    texts |= {"shape": query.settings(plain["shape"]), "rules": ",".join(plain["rules"])}
    return query.joined((key, text) for key, text in texts.items() if text)


def read_pairs(pairs: query.Pairs, also: Collection[str] = ()) -> tuple[Comparison, list[str]]:
    """Return the comparison of a link taken apart, and a sentence for each part left out.

    What a broken part said falls back to what a link without it would mean; the rest still works.
    An empty link is FIRST.
    """
    if not pairs:
        return FIRST, []
    problems: list[str] = []
    if comparison := checks.attempt(problems, Comparison.from_query, pairs, also):
        return comparison, []
    parts, _ = _decoded(pairs, also)
    good: dict[str, Any] = {"surface": DEFAULT.surface}

    def stands(key: str, given: Any) -> bool:
        return checks.accepts(Comparison, **(good | {key: given}))

    for key in sorted(parts, key=KEYS.index):
        given: Any = parts[key]
        if key == "rules":
            given = [slug for slug in given if slug in RULES]
        if key == "shape":
            given = {name: one for name, one in given.items() if stands("shape", {name: one})}
        if stands(key, given):
            good[key] = given
    return Comparison(**good), problems


def _decoded(given: str | query.Pairs, also: Collection[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the parts of a link, and a sentence for each part that was not understood."""
    parts, problems = query.decode(given, KEYS, also)
    if "rules" in parts:
        rules = [*dict.fromkeys(filter(None, parts["rules"].split(",")))]
        parts["rules"] = rules[:MAX_RULES]
        if len(rules) > MAX_RULES:
            problems.append(f"A link has at most {MAX_RULES} optimizers, not {len(rules)}.")
    return parts, problems


# What a link leaves out.
DEFAULT = Comparison("rosenbrock")
# What a page shows that is given none: rules that everybody has heard of, done within seconds, and
# with trials and steps enough that some of them succeed.
FIRST = Comparison(
    "rosenbrock",
    ["momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam", "newton", "bfgs"],
    steps=1000,
    trials=256,
)
