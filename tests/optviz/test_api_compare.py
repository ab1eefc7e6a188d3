"""GET /api/compare: the library's own verdicts, one by one or all, bounded, kept, and stopped."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from optviz.api import app, comparing
from optviz.comparison.experiment import FIRST, Comparison
from optviz.comparison.verdicts import as_csv, compare
from optviz.query import pairs

QUERY = "surface=himmelblau&rules=momentum,adam&steps=200&trials=6&starts=7&seed=3"


@pytest.fixture(scope="module")
def expected():
    asked = Comparison.from_query(QUERY)
    return asked, compare(asked)


def test_a_comparison_is_the_librarys_own(client, expected):
    asked, verdicts = expected
    reply = client.get(f"/compare?{QUERY}").json()
    assert reply["verdicts"] == [verdict.plain() for verdict in verdicts]
    assert reply["comparison"] == asked.plain()
    assert reply["query"] == asked.to_query()


def test_one_optimizer_is_answered_by_itself_in_whatever_company(client, expected):
    _, verdicts = expected
    for verdict in verdicts:
        slug = verdict.lane.rule
        reply = client.get(f"/compare?{QUERY}&of={slug}".replace("momentum,adam", slug)).json()
        assert reply["verdicts"] == [verdict.plain()]


def test_what_was_judged_is_not_judged_again(client, expected, monkeypatch):
    client.get(f"/compare?{QUERY}")
    monkeypatch.setattr(comparing, "judge", None)
    table = client.get(f"/compare?{QUERY}&format=csv")
    assert table.text == as_csv(*expected)
    assert table.headers["content-type"].startswith("text/csv")
    assert table.headers["content-disposition"] == "attachment; filename=optviz-himmelblau.csv"


def test_verdicts_that_nobody_asks_for_are_forgotten(client, monkeypatch):
    monkeypatch.setattr(comparing, "MAX_KEPT", 2)
    client.get(f"/compare?{QUERY}".replace("seed=3", "seed=4"))
    kept = [key[-1] for key in comparing._kept]
    assert kept == ["momentum", "adam"]


def test_a_comparison_is_kept_by_its_meaning(client):
    first = client.get(f"/compare?{QUERY}")
    tag = {"If-None-Match": first.headers["etag"]}
    same = "&".join(sorted(QUERY.split("&")))
    assert client.get(f"/compare?{same}&format=json", headers=tag).status_code == 304
    for other in ("&format=csv", "&of=adam"):
        assert client.get(f"/compare?{QUERY}{other}", headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("surface=saddle", "Saddle has no known minimum to arrive at"),
        ("rules=adom", "There is no optimizer 'adom'. Did you mean 'adam'?"),
        ("trials=0&seed=x", "The number of trials is 0"),
        ("rules=adam&of=lion", "'lion'. There is sgd, adam."),
        ("rules=adam&of=adam&format=csv", "leave out either format=csv or rule."),
        ("format=xml", "The format is 'csv' or 'json', or left out for json."),
        (
            "rules=&trials=2000&steps=5000",
            "an optimizer may take 50,000,000 steps; this comparison would take 161,280,000 for "
            "each: (2000 trials x 16 starts + 256 starts) x 5000 steps. Ask for fewer",
        ),
    ],
)
def test_what_cannot_be_compared_gets_a_sentence(client, query, says):
    reply = client.get(f"/compare?{query}")
    assert reply.status_code == 422
    assert says in reply.json()["detail"]


def test_the_first_comparison_and_the_whole_catalogue_with_its_budget_are_not_too_much():
    assert comparing.checked(pairs(FIRST.to_query())) == FIRST
    everyone = f"trials={FIRST.trials}&steps={FIRST.steps}&starts={FIRST.starts}"
    assert len(comparing.checked(pairs(everyone)).rules) > 20


def test_a_comparison_is_stopped_when_its_client_goes_away(monkeypatch):
    """The client leaves once the first optimizer is being tuned; no other one begins."""
    begun: list[str] = []

    def endless(_, rule, *, proceed):
        begun.append(rule)
        while proceed(0):
            pass
        raise app.StoppedError

    async def is_disconnected() -> bool:
        return bool(begun)

    scope = {"query_string": b"surface=booth&trials=20&rules=adam"}
    request = cast(Any, SimpleNamespace(scope=scope, headers={}, is_disconnected=is_disconnected))
    monkeypatch.setattr(comparing, "judge", endless)
    with pytest.raises(app.StoppedError):
        asyncio.run(asyncio.wait_for(app.endpoint(comparing.ComparisonAsked)(request), timeout=30))
    assert begun == ["sgd"]
