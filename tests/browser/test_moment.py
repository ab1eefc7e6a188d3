"""A link to a moment: whoever opens it finds the race as it was, in every part."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_presenting import REFUSED

RACE = "surface=ravine&lane=sgd,lr:0.03&lane=momentum,lr:0.02,alpha:0.5&steps=200"


def refuse(page) -> None:
    page.add_init_script(REFUSED)


def link_of(screen) -> str:
    screen.page.keyboard.press("q")
    sheet = screen.page.get_by_role("dialog", name="Link to this moment")
    field = sheet.get_by_label("Link", exact=True)
    expect(field).to_be_focused()
    link = field.input_value()
    screen.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    return link


def seen(screen) -> dict:
    """Return all that a moment is made of, as a visitor sees it."""
    page = screen.page
    pressed = "[aria-pressed=true]"
    names = page.locator(f".ov {pressed}").evaluate_all("(all) => all.map((e) => e.textContent)")
    return {
        "step": screen.step(),
        "ticks": screen.ticks(),
        "speed": page.get_by_role("combobox", name="Speed").input_value(),
        "chart": page.locator(".ov-tab[aria-selected=true]").text_content(),
        "notation": screen.region("Equation").locator("math").first.text_content(),
        "pressed": sorted(filter(None, names)),
        "presents": page.locator(".ov-presenting").count(),
        "losses": [row[2] for row in screen.results()],
    }


def test_every_part_of_it_is_found_again(visit):
    # The full screen of one page has another size than the window of the next.
    calm = {"reduced_motion": "reduce", "new": True, "meddle": refuse}
    screen = visit.open(RACE, **calm)
    screen.results()
    page = screen.page
    for key in ("n", "g", "m", "e", "+", "+", ">", "l", "Home", "Shift+ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    screen.until(lambda: screen.step() == 11, "the step")
    page.keyboard.press("f")
    before = screen.until(lambda: (now := seen(screen))["presents"] and now, "presenting")
    link = link_of(screen)
    told = parse_qs(urlsplit(link).query)
    assert told["at"] == ["11"]
    assert told["present"] == told["loop"] == ["1"]
    # A quadratic has them without being told.
    assert told["equal"] == ["0"]
    # What is as usual is left out, so that a code is read from the last row.
    assert told["lane"] == ["sgd,lr:0.03", "momentum,alpha:0.5,lr:0.02"]
    assert not {"start", "schedule", "noise", "shape", "linked"} & {*told}
    assert len(link) < 300

    other = visit.open(urlsplit(link).query, **calm)
    other.results()
    other.until(lambda: seen(other) == before, f"{before}, not {seen(other)}")
    assert link_of(other) == link
    # With the first change the address is that of a race again.
    other.page.keyboard.press("p")
    other.until(lambda: "at" not in other.address(), "a short address")


def test_the_surface_in_space_is_seen_from_where_it_was(visit):
    screen = visit.open(
        f"{RACE}&show=space&camera=1.5,-1.2,0.9,0,0,0&at=7", reduced_motion="reduce"
    )
    assert screen.step() == 7
    screen.page.locator(".ov-in-space").wait_for()
    screen.until(lambda: "camera=1.5,-1.2,0.9,0,0,0" in link_of(screen), "the camera")


def test_the_code_holds_the_link_and_the_link_is_copied(visit):
    screen = visit.open(RACE, reduced_motion="reduce", new=True)
    page = screen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # Equal units show more on another screen; back from it the same is seen as before.
    for presents in (True, False):
        page.keyboard.press("f")
        screen.until(lambda presents=presents: seen(screen)["presents"] == presents, "the screen")
        screen.page.wait_for_timeout(300)
    screen.button("Link to this moment").click()
    sheet = page.get_by_role("dialog", name="Link to this moment")
    expect(sheet.get_by_text("Copied")).to_be_visible()
    link = sheet.get_by_label("Link", exact=True).input_value()
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert "window" not in parse_qs(urlsplit(link).query)
    code = sheet.get_by_role("img", name="The link as a QR code")
    expect(code).to_have_js_property("complete", value=True)
    assert code.evaluate("(e) => e.naturalWidth") > 0
    source = urlsplit(code.evaluate("(e) => e.src"))
    assert parse_qs(source.query)["link"] == [link]
    # A third of the screen at least: the last row has to read it.
    box, size = code.bounding_box(), page.viewport_size
    assert box
    assert box["height"] > 0.5 * size["height"]

    # Beside it the picture is taken away, four times as sharp, with the paths and the names below.
    with page.expect_download() as begun:
        sheet.get_by_role("button", name="Save as PNG").click()
    expect(sheet.get_by_text("Saved: the picture")).to_be_visible()
    assert begun.value.suggested_filename == "optviz-ravine.png"
    picture = Image.open(begun.value.path()).convert("RGB")
    plot = page.locator(".ov-plot").bounding_box()
    assert plot
    assert picture.width == 4 * round(plot["width"])
    names = 4 * 24
    assert picture.height == 4 * round(plot["height"]) + names
    whole, below = (
        {color for _, color in part.getcolors(1 << 24) or ()}
        for part in (
            picture.crop((0, 0, picture.width, picture.height - names)),
            picture.crop((0, picture.height - names, *picture.size)),
        )
    )
    blue, orange = (0x12, 0x57, 0xD6), (0xCF, 0x4A, 0x0A)
    assert {blue, orange} <= whole & below


def test_a_broken_moment_is_told_and_the_race_is_there(visit):
    screen = visit.open(f"{RACE}&at=999&speed=3", reduced_motion="reduce")
    said = screen.region("Paths").locator(".ov-notices")
    expect(said).to_contain_text(re.compile("can be at most 200"))
    assert len(screen.results()) == 2
