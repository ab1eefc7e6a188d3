"""The grammar of a link: plain data to a query string and back, without knowing what it means."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from optviz.checks import shown, suggest
from optviz.limits import MAX_LINK

Pairs = Sequence[tuple[str, str]]

KEYS = (
    "surface",
    "shape",
    "start",
    "steps",
    "schedule",
    "noise",
    "noise_decay",
    "seed",
    "lane",
    "change",
    "reschedule",
)
# What a change reads like.
FORMS = {
    "change": "step:lane,values, like 100:0,lr:0.01",
    "reschedule": "step,schedule, like 100,cosine",
}
# Begins the name of a setting of a lane's own schedule.
OWN = "schedule."
# No rule, schedule or surface has as many settings, and nobody reads as many sentences.
MAX_SETTINGS = 20
MAX_PROBLEMS = 20
MORE_PROBLEMS = "There is more that is wrong."


def encode(told: Mapping[str, Any]) -> str:
    """Return the query string of those parts of a race's plain data (see `Race.plain`) it tells."""
    pairs = [("surface", told["surface"])]
    if shape := told.get("shape"):
        pairs.append(("shape", settings(shape)))
    if start := told.get("start"):
        pairs.append(("start", ",".join(map(number, start))))
    if schedule := told.get("schedule"):
        pairs.append(("schedule", _named(schedule["slug"], schedule["values"])))
    numbers = [key for key in ("steps", "noise", "noise_decay", "seed") if key in told]
    pairs += [(key, number(told[key])) for key in numbers]
    pairs += [("lane", _lane(lane)) for lane in told["lanes"]]
    pairs += [_change(change) for change in told.get("changes", [])]
    return joined(pairs)


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the query string of keys and their texts."""
    return "&".join(f"{key}={quote(value, safe=':,')}" for key, value in pairs)


def _lane(lane: Mapping[str, Any]) -> str:
    text = _named(lane["rule"], lane["values"])
    if own := lane.get("schedule"):
        within = {f"{OWN}{name}": value for name, value in own["values"].items()}
        text += f",schedule:{_named(own['slug'], within)}"
    # A comma or a colon in a label must not be taken for one of the grammar: it is encoded twice.
    return text + (f",label:{quote(lane['label'], safe='')}" if lane["label"] else "")


def _change(change: Mapping[str, Any]) -> tuple[str, str]:
    begin = ":".join(str(change[name]) for name in ("step", "lane") if name in change)
    if schedule := change.get("schedule"):
        return "reschedule", f"{begin},{_named(schedule['slug'], schedule['values'])}"
    return "change", _named(begin, change["values"])


def _named(slug: str, values: Mapping[str, float]) -> str:
    return ",".join([slug, *filter(None, [settings(values)])])


def settings(values: Mapping[str, float]) -> str:
    """Return named numbers as a link has them: lr:0.01,alpha:0.9."""
    return ",".join(f"{name}:{number(value)}" for name, value in values.items())


def number(value: float) -> str:
    """Return the shortest text that reads back as the same number."""
    whole = isinstance(value, int) or (value == int(value) and abs(value) < 1e15)
    return str(int(value)) if whole else repr(float(value))


def looked(look: Mapping[str, Any], usual: Mapping[str, Any]) -> str:
    """Return how something is looked at as a query string, without what is as usual."""
    said = {name: _text(look[name]) for name in usual if look[name] != usual[name]}
    return urlencode(said, safe=",")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value))
    return str(int(value)) if isinstance(value, bool) else str(value)


def pairs(given: str | Pairs) -> Pairs:
    """Return the keys of a query string and their texts, in order, if it is not taken apart yet."""
    return parse_qsl(given.lstrip("?"), True) if isinstance(given, str) else given


def split(given: Pairs, names: Collection[str]) -> tuple[dict[str, str], Pairs, list[str]]:
    """Return the parts called `names`, all others, and a sentence for each that is given twice."""
    named = [pair for pair in given if pair[0] in names]
    counts = Counter(name for name, _ in named)
    problems = [_twice(name) for name, count in counts.items() if count > 1]
    return dict(reversed(named)), [pair for pair in given if pair[0] not in names], problems


def decode(
    given: str | Pairs, keys: Sequence[str] = KEYS, also: Collection[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    """Return the parts of a link as text, and a sentence for each part that was not understood.

    The parts are those of `Race.plain`, but only those that the link has, with numbers still text.
    Other links than a race's have `keys` of their own; what a race does not know stays text.
    `also` are the parts that were taken out of the link before, or could have been.
    """
    given = pairs(given)
    if sum(len(key) + len(value) + 2 for key, value in given) > MAX_LINK:
        return {}, [f"The link is longer than {MAX_LINK} characters, so it was not read."]
    parts: dict[str, Any] = {}
    problems: list[str] = []
    for key, value in given:
        if key not in keys:
            hint = suggest(key, [*keys, *also])
            problems.append(f"The link has an unknown part {shown(key)}.{hint}")
        elif key == "lane":
            parts.setdefault("lanes", []).append(_read_lane(value, problems))
        elif key in ("change", "reschedule"):
            parts.setdefault("changes", []).extend(_read_change(key, value, problems))
        elif key in parts:
            problems.append(_twice(key))
        else:
            parts[key] = _read(key, value, problems)
        if len(problems) >= MAX_PROBLEMS:
            problems.append(MORE_PROBLEMS)
            break
    return parts, problems


def few(problems: list[str]) -> list[str]:
    """Return no more sentences than anybody reads."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    return [*problems[:MAX_PROBLEMS], MORE_PROBLEMS]


def _twice(key: str) -> str:
    return f"The link gives {key} twice; give it once."


def _read(key: str, value: str, problems: list[str]) -> Any:
    if key == "start":
        return value.split(",")
    if key == "shape":
        return _read_settings(value.split(","), "shape", problems)
    if key == "schedule":
        slug, *rest = value.split(",")
        return {"slug": slug, "values": _read_settings(rest, "schedule", problems)}
    return value


def _read_lane(value: str, problems: list[str]) -> dict[str, Any]:
    slug, *rest = value.split(",")
    values = _read_settings(rest, f"lane {shown(slug)}", problems)
    label, own = unquote(values.pop("label", "")), values.pop("schedule", None)
    within = {name: values.pop(name) for name in [*values] if name.startswith(OWN)}
    lane = {"rule": slug, "label": label, "values": values}
    if own is None and within:
        problems.append(f"In lane {shown(slug)}, {shown(min(within))} is of no schedule.")
    if own is None:
        return lane
    settings = {name.removeprefix(OWN): value for name, value in within.items()}
    return lane | {"schedule": {"slug": own, "values": settings}}


def _read_change(key: str, value: str, problems: list[str]) -> list[dict[str, Any]]:
    """Return the change in a list, which is empty if it does not read like one."""
    first, *rest = value.split(",")
    step, colon, lane = first.partition(":")
    if not (colon if key == "change" else any(rest)):
        problems.append(f"A {key} should read {FORMS[key]}, not {shown(value)}.")
        return []
    if key == "reschedule":
        schedule = _read("schedule", ",".join(rest), problems)
        return [{"step": step, **({"lane": lane} if colon else {}), "schedule": schedule}]
    return [{"step": step, "lane": lane, "values": _read_settings(rest, "change", problems)}]


def _read_settings(items: Sequence[str], where: str, problems: list[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    if len(items) > MAX_SETTINGS:
        problems.append(f"In {where}, there are more than {MAX_SETTINGS} settings.")
    for item in filter(None, items[:MAX_SETTINGS]):
        name, colon, value = item.partition(":")
        if not colon:
            problems.append(f"In {where}, {shown(item)} should read name:number, like lr:0.01.")
        elif name in named:
            problems.append(f"In {where}, {shown(name)} is given twice; give it once.")
        else:
            named[name] = value
    return named
