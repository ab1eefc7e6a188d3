"""What the player says in numbers and words: its own functions, called in a page."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from optviz import checks
from optviz.commandline import text

ADDRESS = """(name) => performance.getEntriesByType('resource').map((entry) => entry.name)
  .find((address) => address.endsWith('/player.js')).replace('player.js', name)"""
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
    assert texts == [text.percent(share).replace("%", " %") for share in every]
    assert {share for share, text in zip(every, texts, strict=True) if text == "0 %"} == {0}
    assert {share for share, text in zip(every, texts, strict=True) if text == "100 %"} == {1}


@pytest.mark.parametrize("integer", [False, True], ids=["real", "whole"])
def test_a_typed_number_is_read_as_it_is_meant_or_not_at_all(said, integer):
    """Of a whole-number field, or of one of any numbers: what is typed, and what it is there."""
    table = {
        "0,01": (0.01, None),
        "1,5": (1.5, None),
        "1.5": (1.5, None),
        "1,000": (None, 1000),
        "1.000": (1, 1000),
        "−1,500": (None, -1500),  # noqa: RUF001
        "0,125": (0.125, None),
        "12345,678": (12345.678, None),
        "1,234,567": (1234567, 1234567),
        "1.234.567": (1234567, 1234567),
        "1,234.5": (1234.5, None),
        "1.234,5": (1234.5, None),
        "12 000": (12000, 12000),
        "1'000": (1000, 1000),
        "1,5e-3": (0.0015, None),
        "7.86·10⁻⁵": (7.86e-5, None),
        "−2.5 · 10⁻¹²": (-2.5e-12, None),  # noqa: RUF001
        "3×10^4": (30000, 30000),  # noqa: RUF001
        "1.2·10⁵": (120000, 120000),
        "1e−3": (0.001, None),  # noqa: RUF001
        "5·10": (None, None),
        "10⁻⁵": (None, None),
        "2e3": (2000, 2000),
        "1,23,4": (None, None),
        "1.2.3": (None, None),
        "12 34": (None, None),
        "0x10": (None, None),
        "1e999": (None, None),
        "": (None, None),
        str(2**53 - 1): (2**53 - 1, 2**53 - 1),
        str(2**53 + 1): (2**53, None),
    }
    answers = said("scales/numbers.js", "read", [[text, {"integer": integer}] for text in table])
    for (typed, wanted), answer in zip(table.items(), answers, strict=True):
        assert answer["value"] == wanted[integer], typed
        assert (answer["problem"] == "") == (wanted[integer] is not None), typed


def test_a_whole_number_is_shown_with_all_of_its_digits(said):
    numbers = [[2**53 - 1], [1234567890123456], [-1234567890123456], [0], [0.1 + 0.2], [2e-4]]
    wanted = [*(str(value) for [value] in numbers[:4]), "0.3", "2e-4"]
    assert said("scales/numbers.js", "typeable", numbers) == wanted
    # In a field in which nobody types, with as many as have room there.
    room = {
        0.0468369099917: "0.04684",
        0.999877: "0.999877",
        0.9999999: "0.9999…",
        -9.0191e-10: "-9.02e-10",
        12345.678: "12346",
        -0.00123456: "-0.00123",
        1e-8: "1e-8",
    }
    assert said("scales/numbers.js", "fitting", [[value] for value in room]) == [*room.values()]


def test_a_name_that_is_typed_is_the_one_that_its_link_keeps(said):
    texts = [
        "  Adam,\tlr = 0.05\n ",
        "\u202egnorw\u202c \u200bZero\u2060width\ufeff \x00\x1b[31m",
        "\U0001f469\u200d\U0001f680 \u2764\ufe0f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u200d\u200c \u200d",
        "a\u200d\u200d\u200db \u200dc",
        "e\u0301" * 30,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 9,
        "x" + "\U0001f1e9\U0001f1ea" * 30,
        "\U0001f44d\U0001f3fd" * 25 + "x",
        "\u0915\u094d\u0937" * 20,
        "o" + "\u0301" * 60,
    ]
    labels = said("state/label.js", "labelOf", [[text] for text in texts])
    assert labels == [checks.label(text) for text in texts]


LONG = (
    "not a number since step 3, because its step was 0/0 (delta = 0): here the gradient is zero, "
    "and so is all that the rule remembers of it"
)


def altered(change, kind="race"):
    """Return what changes the header of every such reply on its way to a page."""

    def meddle(page):
        def answer(route):
            reply = route.fetch()
            body = reply.body()
            size = int.from_bytes(body[4:8], "little")
            header = json.loads(body[8 : 8 + size])
            change(header)
            text = json.dumps(header).encode()
            text += b" " * (-len(text) % 4)
            whole = body[:4] + len(text).to_bytes(4, "little") + text + body[8 + size :]
            headers = {k: v for k, v in reply.headers.items() if "content-" not in k}
            route.fulfill(status=200, headers=headers, body=whole)

        page.route(f"**/api/{kind}?*", answer)

    return meddle


@pytest.mark.parametrize("screen", ["laptop", "small phone"])
def test_a_long_status_can_be_read_whole_and_said_of_a_lane_as_it_is(visit, screen):
    def change(header):
        header["lanes"][0]["status"] = {"state": "diverged", "step": 3, "text": LONG}

    here = visit.open(
        "lane=adam&lane=sgd&steps=40",
        screen=screen,
        reduced_motion="reduce",
        meddle=altered(change),
        asking=True,
    )
    assert here.results()[0][1] == LONG
    status = here.region("Results").get_by_text(LONG)
    status.scroll_into_view_if_needed()
    box, table = status.bounding_box(), here.region("Results").bounding_box()
    assert box
    assert table
    assert table["x"] <= box["x"]
    assert box["x"] + box["width"] <= table["x"] + table["width"]
    row = status.locator("xpath=ancestor::tr").bounding_box()
    assert row
    assert box["y"] + box["height"] <= row["y"] + row["height"] + 1
    assert status.evaluate("(e) => e.scrollWidth <= e.clientWidth")
    expect(status).to_be_in_viewport(ratio=1)
    if screen == "laptop":
        here.page.keyboard.press("i")
        closer = here.page.get_by_role("group", name="Step inspector")
        expect(closer).to_contain_text(f"{LONG[0].upper()}{LONG[1:]}. Its last step: ")


PLACES = [
    {"kind": "minimum", "point": [1, 1]},
    {"kind": "local minimum", "point": None},
    {"kind": "valley of minima", "point": None},
    {"kind": "valley of minima", "point": [0.5, 0]},
]


def test_a_place_without_a_point_is_told_by_its_kind(said):
    cells = {
        "place": [-2, -1, 0, 1, 2, 3, 1, 1],
        "step": [7, -1, 1, 2, 3, 4, 5, 6],
        "places": PLACES,
    }
    assert said("outcomes/fates.js", "fateWords", [[cells, cell] for cell in range(6)]) == [
        "diverged at step 7",
        "not there yet",
        "at minimum (1, 1) since step 1",
        "at a local minimum since step 2",
        "at a valley of minima since step 3",
        "at valley of minima (0.5, 0) since step 4",
    ]
    few = {**cells, "place": [-2, -1, 0, 0, 0, 1, 1, 2]}
    assert said("outcomes/maplegend.js", "sharesOf", [[few]]) == [
        "at the minimum 38 %, other local minima 25 %, a valley of minima 13 %, "
        "diverged 13 %, not there yet 13 %"
    ]
    spread = {**few, "place": [0, 0, 0, 1, 1, 2, 3, -2]}
    (told,) = said("outcomes/maplegend.js", "sharesOf", [[spread]])
    assert told.endswith("other local minima 25 %, a valley of minima 25 %, diverged 13 %")


def test_a_map_says_that_it_is_in_single_precision_and_of_places_without_a_point(visit):
    def change(header):
        header["precision"] = "float32"
        header["places"] = [{**place, "point": None} for place in header["places"]]

    query = "surface=himmelblau&lane=sgd,lr:0.022&steps=100"
    meddle = altered(change, "map")
    here = visit.open(f"{query}&show=basins&chart=map", reduced_motion="reduce", meddle=meddle)
    paths = here.page.get_by_role("list", name="Where SGD goes from every start")
    expect(paths).to_contain_text("other minima")
    lost = paths.get_by_role("listitem").filter(has_text="diverged")
    expect(lost).to_have_attribute("title", "left all bounds or became not a number")
    for place in (".ov-basins", ".ov-ratemap-legend"):
        note = here.page.locator(place).get_by_text("float32")
        expect(note).to_be_visible()
        expect(note).to_have_attribute("title", re.compile("single precision"))
    maps = visit.enter(f"{query}&who=race", path="maps", reduced_motion="reduce", meddle=meddle)
    expect(maps.page.locator(".ov-maps-list")).to_have_attribute("aria-busy", "false")
    expect(maps.page.locator("abbr").filter(has_text="float32")).to_be_visible()
    expect(maps.page.get_by_text("other minima").first).to_be_visible()


def test_a_term_is_explained_by_the_focus_and_by_a_tap(visit):
    meaning = "Momentum: the share of the last step that the next one keeps"
    query = "surface=beale&lane=momentum&steps=50"
    screen = visit.open(query, reduced_motion="reduce")
    screen.page.keyboard.press("r")
    screen.page.keyboard.press("r")
    explanation = screen.page.locator(".ov-explanation")
    expect(explanation).to_contain_text(meaning)
    expect(explanation).to_be_visible()
    screen.page.keyboard.press("ArrowRight")
    expect(explanation).to_be_hidden()

    phone = visit.open(query, screen="phone", reduced_motion="reduce")
    phone.page.locator(".ov-slider-label", has_text="momentum").first.tap()
    expect(phone.page.locator(".ov-explanation")).to_have_text(meaning)
    phone.page.locator(".ov-stage").tap()
    expect(phone.page.locator(".ov-explanation")).to_be_hidden()
    # A long press explains what a tap uses; as on some phones, no menu is asked for here.
    basins = phone.button("Basins")
    basins.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    for hold, pressed in ((700, "false"), (0, "true")):
        phone.fingers("touchStart", phone.centre(basins))
        phone.page.wait_for_timeout(hold)
        phone.fingers("touchEnd")
        if hold:
            expect(phone.page.locator(".ov-explanation")).to_contain_text("from every start")
        expect(basins).to_have_attribute("aria-pressed", pressed)
    expect(phone.page.locator(".ov-explanation")).to_be_hidden()
