"""Accessibility: axe-core finds nothing serious, keys reach all, pages say what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd&lane=momentum&steps=300"
CONTRASTS = Path(__file__).with_name("contrasts.js").read_text()
# Contrast is its dearest rule, and it leaves out what it is not sure of: here that is measured.
AXE = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
GRAVE = {"serious", "critical"}
REACHABLE = """() => [...document.querySelectorAll(
    '.ov :is(button, input, select, summary, a, [tabindex="0"])')]
  .filter((e) => !e.disabled && e.tabIndex >= 0)
  .filter((e) => e.checkVisibility({ visibilityProperty: true })).length"""
# What has the focus in the player: its number among all elements, its name, whether one sees it
# (an enlarged part rounds the two pixels of a ring down).
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e?.closest('.ov')) return null;
  const rings = [getComputedStyle(e), getComputedStyle(e, '::before')];
  const seen = rings.some((s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1.5);
  return [[...document.querySelectorAll('*')].indexOf(e), e.ariaLabel ?? e.textContent, seen];
}"""


# Pictures and tables that are seen, and have no name for those who hear the page.
NAMELESS = """() => [...document.querySelectorAll('.ov :is(canvas, svg, table), body > svg')]
  .filter((e) => e.checkVisibility() && !e.closest('[aria-hidden=true]'))
  .filter((e) => !e.parentElement.closest('[role=img]') && !e.ariaLabel && !e.caption)
  .map((e) => `no name: ${e.outerHTML.slice(0, 80)}`)"""


def as_it_is(screen):
    screen.results()


def look_closer(screen):
    for key in ("i", "a", "c", "3"):
        screen.page.keyboard.press(key)
    screen.until(lambda: len(screen.address().get("show", [""])[0].split(",")) == 4, "all of it")
    screen.page.wait_for_load_state("networkidle")


def basins(screen):
    screen.button("Basins").click()
    expect(screen.page.get_by_role("list", name="Where Adam goes")).to_be_visible()


def rate_map(screen):
    screen.page.get_by_role("tab", name="Map").click()
    picture = screen.region("Hyperparameter map").get_by_role("img")
    expect(picture).to_have_accessible_name(re.compile("not there yet .*%"))


def finder(screen):
    screen.page.get_by_role("tab", name="Finder").click()
    picture = screen.region("Learning-rate finder").get_by_role("img")
    expect(picture).to_have_accessible_name(re.compile("range test"))


def help_sheet(screen):
    screen.page.keyboard.press("?")
    expect(screen.page.get_by_role("dialog", name="Keys and gestures")).to_be_visible()


def presenting(screen):
    screen.button("Present").click()
    expect(screen.region("Experiment")).to_be_hidden()


def menu(screen):
    screen.button("Add optimizer").click()
    expect(screen.page.get_by_role("dialog", name="Add optimizer")).to_be_visible()


def share(screen):
    screen.button("Share").click()
    expect(screen.page.get_by_test_id("stCode").first).to_be_visible()


def sections(screen):
    screen.page.get_by_text("Gradient noise").click()
    screen.page.get_by_text("Schedule", exact=True).first.click()


def trouble(screen):
    field = screen.field("Adam: learning rate")
    field.fill("fast")
    field.press("Enter")
    expect(screen.page.get_by_text("It stays")).to_be_visible()


def plain(screen):
    """Leave whatever is open."""
    for _ in range(2):
        screen.page.keyboard.press("Escape")
    expect(screen.page.locator("dialog[open], .ov-menu:popover-open")).to_have_count(0)


def in_the_plane(screen):
    screen.button("3-D").click()
    screen.until(lambda: "space" not in screen.address().get("show", [""])[0], "the plane")


def surfaces(screen):
    screen.page.get_by_role("combobox", name="Surface").click()
    menu = screen.page.get_by_role("dialog", name="Surface")
    drawn = "(canvas) => canvas.getContext('2d').getImageData(0, 0, 24, 24).data.some(Boolean)"
    screen.until(lambda: menu.locator("canvas").first.evaluate(drawn), "the surfaces' pictures")
    # Pressed again it closes, and its keys are Streamlit's own.
    screen.page.get_by_role("combobox", name="Surface").click()
    expect(menu).to_be_hidden()
    screen.page.get_by_role("combobox", name="Surface").press("ArrowDown")
    expect(screen.page.get_by_role("option", name="Beale")).to_be_visible()


def noticed(screen):
    expect(screen.page.get_by_text("There is no optimizer 'nope'")).to_be_visible()


def dismissed(screen):
    for left in (1, 0):
        screen.button("Dismiss").first.click()
        expect(screen.button("Dismiss")).to_have_count(left)


# What is looked at one after the other in one visit.
VISITS = {
    "seen": [as_it_is, look_closer, help_sheet, plain, in_the_plane, basins, presenting],
    "used": [
        *(noticed, dismissed, surfaces, plain, rate_map, finder, sections),
        *(menu, plain, trouble, plain, share),
    ],
}


@pytest.mark.parametrize(
    ("visited", "device", "scheme"),
    [("seen", "laptop", "light"), ("seen", "phone", "dark"), ("used", "phone", "dark")],
)
def test_axe_finds_nothing_serious(visit, visited: str, device: str, scheme: str):
    states = VISITS[visited]
    link = f"{RACE}&lane=nope" if noticed in states else RACE
    screen = visit.open(link, screen=device, color_scheme=scheme, reduced_motion="reduce")
    for state in states:
        state(screen)
        # What axe looks at is the same on both devices, but for how the page is laid out.
        known = (visited, device) == ("seen", "phone") and state not in (as_it_is, presenting)
        if state not in (plain, dismissed):
            assert faults(screen, by_axe=not known) == [], state.__name__


@pytest.mark.parametrize(("device", "scheme"), [("laptop", "dark"), ("phone", "light")])
def test_axe_finds_nothing_serious_in_the_maps(visit, device: str, scheme: str):
    link = f"{RACE}&lane=nope&who=race&over=own"
    options = {"color_scheme": scheme, "reduced_motion": "reduce"}
    screen = visit.enter(link, path="maps", screen=device, **options)
    plot = screen.region("Maps").get_by_role("link").first
    expect(plot).to_have_accessible_name(re.compile("% diverged$"))
    noticed(screen)
    assert faults(screen) == []
    plot.focus()
    plot.press("ArrowRight")
    expect(screen.page.get_by_role("tooltip")).to_be_visible()
    assert faults(screen) == []


@pytest.mark.parametrize(("device", "scheme"), [("laptop", "light"), ("phone", "dark")])
def test_axe_finds_nothing_serious_in_a_comparison(visit, device: str, scheme: str):
    link = "surface=rosenbrock&rules=momentum,newton&steps=40&trials=8&starts=8&sort=size"
    screen = visit.enter(link, path="compare", screen=device, color_scheme=scheme)
    table = screen.page.get_by_role("table", name="Optimizers at their best")
    expect(table).to_have_attribute("aria-busy", "false")
    screen.page.evaluate(
        "document.querySelectorAll('.ov-compare details').forEach((one) => (one.open = true))"
    )
    assert faults(screen) == []
    for name in ("Momentum", "Newton (damped)"):
        expect(table.get_by_role("link", name=f"Race {name} at its best")).to_have_text("Race")


def faults(screen, *, by_axe: bool = True) -> list:
    """Return what axe finds, and the texts with too little contrast."""
    found = Axe().run(screen.page, options=AXE).response["violations"] if by_axe else []
    grave = [
        (one["id"], [node["html"] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in GRAVE
    ]
    texts = screen.page.evaluate(CONTRASTS)
    nameless = screen.page.evaluate(NAMELESS)
    return grave + nameless + [(text, round(ratio, 2)) for text, ratio in texts if ratio < 4.5]


@pytest.mark.parametrize("state", [as_it_is, look_closer, presenting])
def test_keys_reach_every_control_and_the_focus_is_seen(visit, state: Callable):
    screen = visit.open(RACE, reduced_motion="reduce")
    state(screen)
    controls = screen.page.evaluate(REACHABLE)
    assert controls > 20
    screen.handle().focus()
    stops: dict[int, tuple[str, bool]] = {}
    for _ in range(3 * controls):
        screen.page.keyboard.press("Tab")
        if focused := screen.page.evaluate(FOCUSED):
            number, name, seen = focused
            stops[number] = (name, seen)
    assert len(stops) >= controls
    assert [name for name, seen in stops.values() if not seen] == []


def test_what_a_letter_switches_is_told(visit):
    screen = visit.open(f"{RACE}&noise=0.1", reduced_motion="reduce")
    for key, sentence in (
        *(("i", "Numbers on"), ("i", "Numbers off"), ("3", "3-D on"), ("3", "3-D off")),
        *(("b", "Basins on"), ("b", "Basins off"), ("l", "Loop on"), ("h", "Adam, visible off")),
        *(("s", "Many seeds on"), ("s", "Many seeds off"), ("f", "Present on")),
    ):
        screen.page.keyboard.press(key)
        said = screen.page.get_by_role("status").filter(has_text=re.compile(f"^{sentence}"))
        expect(said, key).to_have_count(1)
    # It is no news for ever.
    expect(screen.page.get_by_role("status").filter(has_text="Present on")).to_have_count(0)


def test_what_a_letter_has_come_to_is_told(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    for key, sentence in (
        *(("s", "Without noise every seed gives the same path"), ("n", "Chosen: SGD")),
        *(("p", "Chosen: Adam"), ("m", "Notation: "), (">", "Speed 2 times")),
        *(("+", "Zoomed in"), ("-", "Zoomed out"), ("w", "The whole surface is shown")),
    ):
        screen.page.keyboard.press(key)
        said = screen.page.get_by_role("status").filter(has_text=re.compile(f"^{sentence}"))
        expect(said, key).to_have_count(1)


def test_how_many_optimizers_have_the_typed_words_is_told(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    screen.button("Add optimizer").click()
    menu = screen.page.get_by_role("dialog", name="Add optimizer")
    search = menu.get_by_role("searchbox")
    for typed, told in (("lion", "1 optimizer"), ("zzz", "No optimizer has these words")):
        search.fill(typed)
        expect(menu.get_by_role("status")).to_have_text(re.compile(f"^{told}"))


def test_the_start_point_is_a_slider_with_ends(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    screen.results()

    def numbers():
        names = ("aria-valuemin", "aria-valuenow", "aria-valuemax")
        return [float(screen.handle().get_attribute(name) or "nan") for name in names]

    least, now, most = numbers()
    assert least < now < most
    for key, end in (("Home", 0), ("End", 2)):
        screen.handle().press(key)
        screen.until(lambda end=end: abs(numbers()[1] - numbers()[end]) < 0.01, f"{key}: the edge")
        assert screen.step() == 300, "the play-head stays"


def test_share_opens_with_the_focus_and_its_stops_have_names(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    screen.button("Share").press("Enter")
    dialog = screen.page.get_by_role("dialog", name="Share")
    expect(dialog).to_be_focused()
    expect(dialog.get_by_role("group")).to_have_count(2)
    screen.page.keyboard.press("Tab")
    expect(dialog.get_by_role("group", name="Link to this race")).to_be_focused()
    stops = ["a table", "arrays", "JSON", "API", "without a server", "Python", "as a file"]
    for name in (*stops, "Python program"):
        screen.page.keyboard.press("Tab")
        focused = screen.page.locator(":focus")
        expect(focused).to_have_accessible_name(re.compile(name))
    screen.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(screen.button("Share")).to_be_focused()


def test_a_page_says_what_it_is_and_who_comes_from_another_keeps_the_focus(visit):
    screen = visit.open("surface=beale&lane=sgd&steps=20", reduced_motion="reduce")
    page = screen.page

    def is_page(name):
        expect(page).to_have_title(f"{name} - optviz")
        expect(page.get_by_role("heading", level=1)).to_have_accessible_name(f"optviz: {name}")
        ways = page.get_by_role("navigation", name="Pages")
        expect(ways.locator("[aria-current=page]")).to_have_text(name)
        expect(ways.get_by_role("link")).to_have_count(3)

    is_page("Race")
    page.get_by_role("link", name="Maps").click()
    plot = screen.region("Maps").get_by_role("link").first
    expect(plot).to_have_accessible_name(re.compile("% diverged$"))
    is_page("Maps")
    expect(page.get_by_role("main")).to_be_focused()
    plot.press("Enter")
    screen.ready()
    is_page("Race")
    expect(page.get_by_role("main")).to_be_focused()
    screen.results()
    page.keyboard.press("Home")
    screen.until(lambda: screen.step() == 0, "the keys to count")


def test_in_the_visitors_own_colours_one_sees_what_is_on_and_where(visit):
    screen = visit.open(RACE, reduced_motion="reduce", forced_colors="active")
    page = screen.page
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    style = "(e, name) => getComputedStyle(e)[name]"
    for name in ("Link sliders", "From here on"):
        switch = page.get_by_role("switch", name=name)
        assert switch.evaluate(style, "backgroundColor") != ground
    for slider in (screen.slider("Step"), screen.slider("Adam: learning rate")):
        assert slider.evaluate(style, "forcedColorAdjust") == "none"
        shown = slider.evaluate("(e) => getComputedStyle(e).getPropertyValue('--ov-track')")
        assert shown.strip() == "GrayText"
    chosen = page.get_by_role("tab", selected=True).first
    assert chosen.evaluate(style, "borderBottomStyle") == "solid"
