"""Who is not connected is counted each time, and told of once in a while."""

from __future__ import annotations

import pytest

from optviz.watch import figures, refusals
from optviz.watch.refusals import Refusals


def count(why: str) -> float:
    value = figures.REGISTRY.get_sample_value("optviz_connections_refused_total", {"why": why})
    return value or 0.0


@pytest.mark.parametrize(("why", "remedy"), [("foreign", "OPTVIZ_ORIGINS"), ("full", "SESSIONS")])
def test_it_is_counted_and_told_with_what_to_do(why, remedy, caplog, monkeypatch):
    some, before = Refusals(), count(why)
    for _ in range(3):
        some.tell(why, "https://course.edu", "optviz:8501")
    assert count(why) == before + 3
    (line,) = caplog.messages
    assert remedy in line
    assert ("https://course.edu" in line) == (why == "foreign")
    monkeypatch.setattr(refusals, "PAUSE", 0.0)
    some.tell(why, "x" * 10_000, "y" * 10_000)
    assert len(caplog.messages) == 2
    assert len(caplog.messages[1]) < 500
