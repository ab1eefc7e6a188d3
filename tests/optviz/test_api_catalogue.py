"""The catalogue says everything that there is to choose."""

from __future__ import annotations

from math import inf
from xml.etree import ElementTree

import pytest

from optviz import RULES, SCHEDULES, SURFACES, notation
from optviz.limits import LIMITS
from optviz.mathml import mathml
from optviz.notation import NOTATIONS
from optviz.suggestions import suggested
from optviz.writings import writing

FIELDS = ("default", "low", "high", "log", "integer", "meaning")


@pytest.fixture(scope="module")
def catalogue(client):
    return client.get("/catalogue").json()


def entry(entries, slug):
    return next(entry for entry in entries if entry["slug"] == slug)


def is_math(text):
    return ElementTree.fromstring(text).tag.endswith("math")


def check_parameters(found, declared):
    assert [parameter["name"] for parameter in found] == [*declared]
    for parameter in found:
        expected = declared[parameter["name"]]
        assert {field: parameter[field] for field in FIELDS} == {
            field: getattr(expected, field) for field in FIELDS
        }
        assert parameter.get("least", -inf) == expected.least
        assert parameter.get("most", inf) == expected.most


@pytest.mark.parametrize("kind", ["rules", "surfaces", "schedules", "notations"])
def test_everything_is_listed_in_the_menus_order(catalogue, kind):
    expected = {
        "rules": RULES,
        "surfaces": SURFACES,
        "schedules": SCHEDULES,
        "notations": NOTATIONS,
    }[kind]
    assert [found["slug"] for found in catalogue[kind]] == [*expected]


@pytest.mark.parametrize("slug", RULES)
def test_a_rule_is_described(catalogue, slug):
    found, rule = entry(catalogue["rules"], slug), RULES[slug]
    assert (found["name"], found["source"]) == (rule.name, rule.source)
    assert found["about"] == rule.about != ""
    assert found["memory"] == [*rule.memory]
    assert found["family"] == rule.family
    check_parameters(found["hyperparameters"], rule.hyperparameters)


@pytest.mark.parametrize("slug", SURFACES)
def test_a_surface_is_described(catalogue, slug):
    found, surface = entry(catalogue["surfaces"], slug), SURFACES[slug]
    assert (found["name"], found["source"]) == (surface.name, surface.source)
    assert found["about"] == surface.about != ""
    assert (found["x"], found["y"]) == (list(surface.x), list(surface.y))
    assert found["start"] == list(surface.start)
    assert found["minimum"] == surface.minimum
    for facts in ("minima", "local_minima", "saddles"):
        assert found[facts] == [list(point) for point in getattr(surface, facts)]
    assert found["suggested"] == {rule: suggested(rule, slug) for rule in RULES}
    check_parameters(found["parameters"], surface.parameters)
    assert is_math(found["equation"])


@pytest.mark.parametrize("slug", SCHEDULES)
def test_a_schedule_is_described(catalogue, slug):
    found, schedule = entry(catalogue["schedules"], slug), SCHEDULES[slug]
    assert (found["name"], found["source"]) == (schedule.name, schedule.source)
    assert found["about"] == schedule.about != ""
    check_parameters(found["hyperparameters"], schedule.hyperparameters)


@pytest.mark.parametrize("style", NOTATIONS)
def test_every_rule_and_schedule_has_an_equation_in_every_notation(catalogue, style):
    for found in (*catalogue["rules"], *catalogue["schedules"]):
        assert is_math(found["equation"][style]), found["slug"]
    for found in catalogue["rules"]:
        assert found["equation"][style] == mathml(RULES[found["slug"]].latex(style))
        assert found["lines"][style] == [*map(mathml, notation.lines(RULES[found["slug"]], style))]


@pytest.mark.parametrize("style", NOTATIONS)
def test_every_slider_has_a_symbol_in_every_notation(catalogue, style):
    found = entry(catalogue["notations"], style)
    assert found["name"] == NOTATIONS[style].name
    owners = [*catalogue["rules"], *catalogue["schedules"]]
    names = {h["name"] for owner in owners for h in owner["hyperparameters"]}
    names |= {p["name"] for surface in catalogue["surfaces"] for p in surface["parameters"]}
    assert found["symbols"].keys() == names
    assert all(map(is_math, found["symbols"].values()))


@pytest.mark.parametrize("style", NOTATIONS)
def test_every_rules_own_symbols_are_text_too(catalogue, style):
    for found in catalogue["rules"]:
        text = found["text"][style]
        assert text.keys() == {h["name"] for h in found["hyperparameters"]}
        assert all(text.values())
        assert len({*text.values()}) == len(text), found["slug"]


def test_notations_differ(catalogue):
    """L1 warns three times that they do."""
    assert len({entry(catalogue["rules"], "sgd")["text"][style]["lr"] for style in NOTATIONS}) >= 4


@pytest.mark.parametrize("style", NOTATIONS)
def test_every_rule_says_how_a_source_writes_it(catalogue, style):
    for found in catalogue["rules"]:
        form = writing(found["slug"], style)
        told = found["written"][style]
        assert told == (form and {"rule": form.rule, "path": form.path, "renamed": form.renamed})


def test_limits_are_all_there(catalogue):
    assert catalogue["limits"] == LIMITS


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/race?{}", "lanes"),
        ("/race?steps={}", "steps"),
        ("/race?seed={}", "seed"),
        ("/surface?n={}", "grid"),
        ("/map?n={}", "grid"),
        ("/ensemble?noise=1&steps=10&seeds={}", "seeds"),
        ("/compare?trials={}", "trials"),
        ("/compare?starts={}", "starts"),
        ("/compare?seed={}", "seed"),
    ],
)
def test_one_more_than_a_limit_is_refused_with_it(client, catalogue, path, limit):
    most = catalogue["limits"][limit]
    more = "&".join(["lane=sgd"] * (most + 1)) if limit == "lanes" else most + 1
    reply = client.get(path.format(more))
    assert reply.status_code == 422
    assert f"at most {most}" in reply.json()["detail"]


def test_a_version_is_named(catalogue):
    assert isinstance(catalogue["version"], str)
    assert catalogue["version"]
