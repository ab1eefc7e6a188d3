"""What the player says in numbers and words: its own functions, called in a page."""

from __future__ import annotations

import pytest

from optviz.commandline import shares

ADDRESS = """(name) => performance.getEntriesByType('resource').map((entry) => entry.name)
  .find((address) => address.endsWith('/hosts/racehost.js')).replace('hosts/racehost.js', name)"""
CALL = """async ([module, name, calls]) => {
  const all = await import(module);
  return calls.map((values) => all[name](...values));
}"""


@pytest.fixture
def said(visit):
    """Call a function of one of the player's modules, once for each list of arguments."""
    page = visit.open("lane=adam&steps=20", reduced_motion="reduce").page

    def called(module: str, name: str, calls: list[list]) -> list:
        return page.evaluate(CALL, [page.evaluate(ADDRESS, module), name, calls])

    return called


def test_shares_are_written_as_on_the_command_line_and_never_as_all_or_none_of_what_is_not(said):
    every = [count / 4096 for count in range(4097)] + [1e-9, 1e-4, 0.9996, 0.99951, 1 - 1e-9]
    texts = said("scales/numbers.js", "percent", [[share] for share in every])
    assert texts == [shares.percent(share).replace("%", " %") for share in every]
    assert {share for share, text in zip(every, texts, strict=True) if text == "0 %"} == {0}
    assert {share for share, text in zip(every, texts, strict=True) if text == "100 %"} == {1}
