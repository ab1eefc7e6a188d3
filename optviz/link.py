"""The address bar: a race, how it is looked at and when, from the page's query and back."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from optviz import moment
from optviz.checks import attempt, known, shown, switch
from optviz.moment import AS_USUAL, MOMENT_KEYS, Moment
from optviz.notation import NOTATIONS, current
from optviz.query import Pairs, looked, pairs, split
from optviz.race import Race
from optviz.race import read as read_race

VIEW_KEYS = (
    *("notation", "chosen", "linked", "hidden", "show", "chart", "second", "order"),
    *("only", "ask"),
)
# What may be shown besides the paths: the numbers of every line of the chosen rule, the arrows its
# step is made of, the curvature under it, where every start leads, what many seeds of the noise
# come to, the surface in space, and the equation of the next rule beside the chosen one's.
SHOWN = ("numbers", "arrows", "curvature", "basins", "seeds", "space", "beside")
MAX_WORDS = 8
# By what the results are sorted: as the race has them, or by what became of them, and so on.
ORDERS = ("race", "outcome", "loss", "distance", "near", "domain")
LINES = ("loss", "slope", "distance", "rate", "schedule")
CHARTS = (*LINES, "map", "finder")
# What a link may be the only one to leave to its reader: learning rates, other hyperparameters, the
# start, which optimizers there are, the surface, and how the race is run. Or nothing at all.
PARTS = ("rates", "values", "start", "lanes", "surface", "run")
NOTHING = "nothing"
# What a link may ask its reader: so many questions, of so many characters all together.
MOST_ASKED, LONGEST_ASKED = 12, 2000


@dataclass(frozen=True)
class View:
    """How a race is looked at: nothing here changes a trajectory.

    `chosen` is the index of the lane whose equation is shown, `linked` whether sliders of the same
    name move together, `hidden` the indices of the lanes that are not drawn, `show` what of SHOWN
    is shown, `chart` which of CHARTS stands under the equation and `second` which of LINES below
    that one, `order` which of ORDERS the results are in. `only` are those of PARTS that whoever
    opens the link may change, NOTHING if none; without any, all may be. `ask` are the questions of
    a lab sheet, one on each line.
    """

    notation: str = "book"
    chosen: int = 0
    linked: bool = False
    hidden: tuple[int, ...] = ()
    show: tuple[str, ...] = ()
    chart: str = "loss"
    second: str = ""
    order: str = "race"
    only: tuple[str, ...] = ()
    ask: str = ""

    def plain(self) -> dict[str, Any]:
        """Return the view as JSON-ready data."""
        lists = {name: list(getattr(self, name)) for name in ("hidden", "show", "only")}
        return asdict(self) | lists

    def leaves(self, part: str) -> bool:
        """Return whether one of PARTS is left to whoever opens the link."""
        return not self.only or part in self.only


@dataclass(frozen=True)
class Link:
    """A race and its view, and a sentence for each part of the link that was not understood.

    The `moment` is where it is entered: it is left behind with the first change.
    """

    race: Race
    view: View
    problems: tuple[str, ...] = ()
    moment: Moment = AS_USUAL

    def query(self) -> str:
        """Return the query string without the moment; what is as usual is left out."""
        return "&".join(filter(None, [self.race.to_query(), encode_view(self.view.plain())]))


def encode_view(view: Mapping[str, Any]) -> str:
    """Return a view, given as plain data, as a query string without what is as usual."""
    return looked(view, View().plain())


def read(query: str | Pairs, also: Collection[str] = ()) -> Link:
    """Return what a query means, of a page that has parts `also`; what is broken falls back."""
    said, rest, twice = split(pairs(query), (*VIEW_KEYS, *MOMENT_KEYS))
    race, problems = read_race(rest, [*VIEW_KEYS, *MOMENT_KEYS, *also])
    named = any(key == "lane" for key, _ in rest)
    view = _view(said, len(race.lanes), problems, 0 if named else first_looked_at(race))
    when = moment.read(said, race.steps, problems)
    return Link(race, view, (*problems, *twice), when)


def first_looked_at(race: Race) -> int:
    """Return the lane that is looked at where nobody has said which are there: it has momentum."""
    return next((k for k, lane in enumerate(race.lanes) if "alpha" in lane.values), 0)


def _view(given: Mapping[str, str], lanes: int, problems: list[str], first: int) -> View:
    one_of = partial(attempt, problems, known)
    notation = one_of(current(given.get("notation", View.notation)), NOTATIONS, "notation")
    chart = one_of(given.get("chart", View.chart), CHARTS, "chart")
    second = one_of(given["second"], LINES, "chart of lines") if given.get("second") else ""
    order = one_of(given.get("order", View.order), ORDERS, "order")
    words = partial(_words, given)
    show = {one_of(word, SHOWN, "picture") for word in words("show")}
    only = {one_of(word, (*PARTS, NOTHING), "part to be changed") for word in words("only")}
    chosen = _indices(given.get("chosen", ""), lanes, problems)
    hidden = _indices(given.get("hidden", ""), lanes, problems)
    linked = attempt(problems, switch, given, "linked") or False
    return View(
        notation=notation or View.notation,
        chosen=min(chosen, default=first),
        linked=linked,
        hidden=tuple(sorted(hidden)),
        show=tuple(name for name in SHOWN if name in show),
        chart=chart or View.chart,
        second=second or View.second,
        order=order or View.order,
        only=tuple(part for part in PARTS if part in only) or ((NOTHING,) * (NOTHING in only)),
        ask=_asked(given.get("ask", ""), problems),
    )


def _asked(text: str, problems: list[str]) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    asked = [line for line in lines if line]
    if len(asked) > MOST_ASKED or len("\n".join(asked)) > LONGEST_ASKED:
        limits = f"at most {MOST_ASKED} questions of {LONGEST_ASKED} characters all together"
        problems.append(f"A link asks {limits}: its questions are left out.")
        return ""
    return "\n".join(asked)


def _words(given: Mapping[str, str], name: str) -> list[str]:
    return [word for word in given.get(name, "").split(",")[:MAX_WORDS] if word]


def _indices(text: str, lanes: int, problems: list[str]) -> set[int]:
    words = [word for word in text.split(",") if word]
    good = {int(word) for word in words if word.isdecimal() and len(word) < 4 and int(word) < lanes}
    if len(good) < len(set(words)):
        problems.append(f"The link speaks of lanes {shown(text)}, but the race has {lanes}.")
    return good
