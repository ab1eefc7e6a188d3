"""The catalogue as JSON: everything that there is to choose, with its equations and sources."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from math import isfinite
from typing import Any

from optviz import notation
from optviz.kernels.stability import is_quadratic
from optviz.limits import LIMITS
from optviz.mathml import mathml
from optviz.notation import NOTATIONS
from optviz.rule import Rule
from optviz.rules import RULES
from optviz.schedules import SCHEDULES, ScheduleFormula
from optviz.suggestions import looks, opening, suggested
from optviz.writings import writing
from surfaces import SURFACES, Parameter, Surface, kind


@cache
def catalogue() -> bytes:
    """Return the catalogue as JSON text, made once."""
    return json.dumps(plain(), separators=(",", ":")).encode()


def plain() -> dict[str, Any]:
    """Return the catalogue as JSON-ready data."""
    return {
        "version": _version(),
        "limits": LIMITS,
        "rules": [_rule(rule) for rule in RULES.values()],
        "surfaces": [_surface(surface) for surface in SURFACES.values()],
        "schedules": [_schedule(schedule) for schedule in SCHEDULES.values()],
        "notations": [_notation(slug) for slug in NOTATIONS],
    }


def _version() -> str:
    try:
        return version("optviz")
    except PackageNotFoundError:  # run from a checkout
        return "development"


def _described(entry: Any) -> dict[str, str]:
    return {"slug": entry.slug, "name": entry.name, "about": entry.about, "source": entry.source}


def _rule(rule: Rule) -> dict[str, Any]:
    return _described(rule) | {
        "look": looks().index(rule.slug),
        "family": rule.family,
        "memory": list(rule.memory),
        "hyperparameters": _parameters(rule.hyperparameters),
        "equation": {style: mathml(rule.latex(style)) for style in NOTATIONS},
        "lines": {style: [*map(mathml, notation.lines(rule, style))] for style in NOTATIONS},
        "symbols": {style: _symbols(rule.hyperparameters, style, rule) for style in NOTATIONS},
        "text": {style: _texts(rule, style) for style in NOTATIONS},
        "written": {style: _written(rule.slug, style) for style in NOTATIONS},
    }


def _texts(rule: Rule, style: str) -> dict[str, str]:
    """Return the symbol of each hyperparameter as plain text."""
    return {name: notation.text(name, style, rule) for name in rule.hyperparameters}


def _written(rule: str, style: str) -> dict[str, Any] | None:
    """Return how the notation's source writes a rule, and what the page says of it."""
    form = writing(rule, style)
    return form and {"rule": form.rule, "path": form.path, "renamed": dict(form.renamed)}


def _surface(surface: Surface) -> dict[str, Any]:
    places = ("start", "minima", "minimum", "local_minima", "saddles", "saddle_height")
    facts = ("x", "y", *places, "endless")
    return _described(surface) | {
        **{name: getattr(surface, name) for name in facts},
        "parameters": _parameters(surface.parameters),
        "equation": mathml(notation.latex(surface.function)),
        "kind": kind(surface),
        "quadratic": is_quadratic(surface),
        "opening": opening(surface.slug),
        "suggested": {rule: suggested(rule, surface.slug) for rule in RULES},
    }


def _schedule(schedule: ScheduleFormula) -> dict[str, Any]:
    return _described(schedule) | {
        "hyperparameters": _parameters(schedule.hyperparameters),
        "equation": {style: mathml(notation.latex(schedule.formula, style)) for style in NOTATIONS},
    }


def _notation(slug: str) -> dict[str, Any]:
    owners = (*RULES.values(), *SCHEDULES.values())
    names = {name for owner in owners for name in owner.hyperparameters}
    names |= {name for surface in SURFACES.values() for name in surface.parameters}
    return {
        "slug": slug,
        "name": NOTATIONS[slug].name,
        "symbols": _symbols(sorted(names), slug),
    }


def _symbols(names: Iterable[str], style: str, rule: Rule | None = None) -> dict[str, str]:
    """Return the inline MathML of each name; within a rule, letters that would coincide differ."""
    latex = {name: notation.symbol(name, style, rule) for name in names}
    return {name: mathml(text, display="inline") for name, text in latex.items()}


def _parameters(parameters: Mapping[str, Parameter]) -> list[dict[str, Any]]:
    fields = ("default", "low", "high", "log", "integer", "meaning")
    # What is infinite is no bound, and no number of JSON.
    bounds = ("least", "most")
    return [
        {"name": name}
        | {field: getattr(parameter, field) for field in fields}
        | {field: bound for field in bounds if isfinite(bound := getattr(parameter, field))}
        for name, parameter in parameters.items()
    ]
