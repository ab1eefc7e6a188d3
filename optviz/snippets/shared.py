"""The parts that the programs of all libraries have: the surface, rules written out, and lanes."""

import ast
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from optviz.snippets import given
from optviz.snippets.source import Source, Words, definition, signature

# Of lines of code, and of what is read before it.
WIDTH, NARROW = 100, 72
IDENTITY = '''def identity(theta):
    """Return the identity matrix for as many parameters."""
    return LIBRARY.eye(len(theta))
'''
SOLVE = '''def solve(A, b):
    """Return x with A x = b by Cramer's rule, and zero where A is singular."""
    (p, q), (r, s) = A
    x = LIBRARY.stack([s * b[0] - q * b[1], p * b[1] - r * b[0]]) / (p * s - q * r)
    return LIBRARY.where(LIBRARY.isfinite(x).all(), x, LIBRARY.zeros_like(x))
'''
BACKTRACK = '''def backtrack(f, theta, d, lr, c):
    """Return the first of lr, lr/2, lr/4, ... at which the loss falls enough (Armijo)."""
    promise = c * (GRAD(theta) * d).sum()
    for halvings in range(40):
        t = lr / 2**halvings
        if f(theta + t * d) <= f(theta) + t * promise:
            return t
    return 0.0
'''
PRINT = """for label, path in LANES:
    x, y = path[-1]
    with np.errstate(all="ignore"):
        print(f"{label}: ({x:.6g}, {y:.6g}), loss {HEIGHT:.6g}")
"""


def joined(*sections: str) -> str:
    """Return the sections of a program, with two empty lines between them."""
    return "\n\n".join(section.rstrip("\n") + "\n" for section in sections if section)


def head(race: Any, library: str, about: str, imports: str, names: Mapping[str, str]) -> str:
    """Return what the program is, what it imports, and where and how long the race goes."""
    rules = ", ".join(dict.fromkeys(lane.algorithm.name for lane in race.lanes))
    title = f"{race.objective.name}, {race.steps} steps in float64 with {library}."
    paragraphs = [
        f"The rules are {rules}.",
        f"Prints where every lane ends: {about} optviz stops a lane that has left all bounds, "
        "this does not.",
    ]
    said = "\n\n".join(textwrap.fill(text, NARROW) for text in paragraphs)
    count = "K = np.arange(STEPS)\n" if given.stepwise(race, names) else ""
    settings = f"START = {race.start!r}\nSTEPS = {race.steps}\n{count}"
    return f'"""{title}\n\n{said}\n"""\n\n{imports}\n{settings}'


def arguments(race: Any) -> str:
    """Return those of a function of the plane, with the shape that the race has."""
    return signature("x, y", {}, {name: repr(value) for name, value in race.shape.items()})


def surface(race: Any, words: Words) -> str:
    """Return the surface as a function of the library."""
    body = Source.of(race.objective.function).body(words)
    return definition("surface", arguments(race), race.objective.about, body)


def assigned(source: Source) -> list[tuple[str, ast.expr]]:
    """Return the body of a surface as assignments, the last of them to `f`."""
    found: list[tuple[str, ast.expr]] = []
    for one in source.statements:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
            found.append((one.targets[0].id, one.value))
        elif isinstance(one, ast.Return) and one.value:
            found.append(("f", one.value))
    return found


def rules(race: Any, lanes: Iterable[int], words: Words) -> list[str]:
    """Return the rules of these lanes as functions, each once."""
    found = dict.fromkeys(race.lanes[lane].algorithm for lane in lanes)
    return [_rule(rule, words) for rule in found]


def _rule(rule: Any, words: Words) -> str:
    memory = {name: _first(value, words) for name, value in rule.memory.items()}
    body = Source.of(rule.step).body(words)
    if not memory:
        body = body.replace("    return theta", "    return (theta,)")
    heading = signature("f, theta", memory, dict.fromkeys(rule.hyperparameters))
    return definition(rule.slug, heading, rule.about, body)


def _first(value: Any, words: Words) -> str:
    """Return the first value of a part of the memory."""
    if callable(value):
        return f"{words.prefix}.eye(2)"
    if isinstance(value, int) or words.prefix == "np":
        return repr(value)
    return f"{words.prefix}.full((2,), {value!r})" if value else f"{words.prefix}.zeros(2)"


def helpers(race: Any, written: Sequence[str], words: Words, backtrack: str) -> list[str]:
    """Return the functions that the surface and the rules written out call."""
    text = "".join([*written, *Source.of(race.objective.function).lines])
    parts = {"identity": IDENTITY, "solve": SOLVE, "backtrack": backtrack}
    grad = words.calls.get("grad(f)") or f"{words.own['grad']}(f)"
    found = [
        part.replace("LIBRARY", words.prefix).replace("GRAD", grad)
        for name, part in parts.items()
        if f"{name}(" in text
    ]
    distance = Source.of(race.objective.function)
    if "norm" in distance.helpers:
        norm = distance.known["norm"]
        about = "Return the distance of (x, y) from the origin, with derivative 0 there."
        found.insert(0, definition("norm", "x, y", about, Source.of(norm).body(words)))
    return found


def lane(race: Any, index: int, runner: str, names: Mapping[str, str]) -> str:
    """Return the entry of a lane whose rule is written out."""
    one = race.lanes[index]
    told = [f"{name}={text}" for name, text in values(race, index, names).items()]
    return entry(one.label, runner, [one.algorithm.slug, *told])


def entry(label: str, runner: str, arguments: Sequence[str]) -> str:
    """Return the entry of a lane, in one line if it is not too long."""
    line = f"    ({label!r}, {runner}({', '.join(arguments)})),"
    if len(line) <= WIDTH:
        return line
    listed = "".join(f"            {argument},\n" for argument in arguments)
    return f"    (\n        {label!r},\n        {runner}(\n{listed}        ),\n    ),"


def values(race: Any, index: int, names: Mapping[str, str]) -> dict[str, str]:
    """Return the hyperparameters of a lane, with its schedule by name."""
    multiplier = given.multipliers(race)[index]
    return given.values(race, index, names.get(multiplier, ""))


def lanes(entries: Iterable[str], height: str = "surface(x, y)") -> str:
    """Return all lanes, and what is printed of them."""
    listed = "\n".join(entries)
    return f"LANES = [\n{listed}\n]\n" + PRINT.replace("HEIGHT", height)
