"""First sight: a race runs by itself, all of it in view, readable, on a laptop and on a phone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

PARTS = ("Optimizers", "Experiment", "Paths", "Equation", "Loss", "Results")
# What lies over a button, at its centre and near its corners.
COVERS = """(button) => {
  const { left, top, width, height } = button.getBoundingClientRect();
  return [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]]
    .map(([x, y]) => document.elementFromPoint(left + x * width, top + y * height))
    .filter((seen) => !button.contains(seen))
    .map((seen) => seen?.outerHTML.slice(0, 100) ?? 'nothing');
}"""
CONTRASTS = Path(__file__).with_name("contrasts.js").read_text()
# Roles of what can be used; each needs a name for those who hear the page.
CONTROLS = {"button", "slider", "textbox", "combobox", "switch", "checkbox", "link", "searchbox"}


def test_several_optimizers_race_by_themselves(visit):
    screen = visit.open()
    screen.until(lambda: screen.step() > 20, "the play-head to move by itself")
    assert len(screen.results()) >= 3
    assert screen.ink() > 2000
    expect(screen.region("Equation").locator("math").first).to_be_visible()
    expect(screen.page.get_by_text("drag me")).to_be_visible()


def test_all_that_a_demonstration_needs_is_within_the_fold(visit):
    page = visit.open().page
    scrolls = (
        "() => [document.scrollingElement.scrollHeight, document.scrollingElement.scrollWidth]"
    )
    assert page.evaluate(scrolls) == [900, 1440]
    whole = "(e) => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1"
    for name in PARTS:
        region = page.get_by_role("region", name=name, exact=True)
        box = region.bounding_box()
        assert box, name
        assert min(box["x"], box["y"]) >= 0, name
        assert box["x"] + box["width"] <= 1440, name
        assert box["y"] + box["height"] <= 900, name
        assert region.evaluate(whole), name
    assert page.locator(".ov-column").evaluate_all(f"(all) => all.every({whole})")
    for part in (page.get_by_role("group", name="Playback"), page.get_by_role("table")):
        expect(part.locator(":scope > *").last).to_be_in_viewport(ratio=1)
    picture = page.locator(".ov-stage").bounding_box()
    assert picture
    assert picture["width"] * picture["height"] > 0.3 * 1440 * 900


def test_the_controls_under_the_picture_keep_one_row(visit):
    page = visit.open("steps=1000", reduced_motion="reduce").page
    places = []
    for name in ("To the start (Home)", "Show the whole surface", "Keys and gestures"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box, name
        places.append(box["y"] + box["height"] / 2)
    assert max(places) - min(places) < 4


def test_the_header_leaves_the_share_button_free(visit):
    screen = visit.open(reduced_motion="reduce")
    share = screen.button("Share")
    expect(share).to_be_in_viewport(ratio=1)
    assert share.evaluate(COVERS) == []
    screen.button("Add optimizer").click()
    menu = screen.page.get_by_role("dialog", name="Add optimizer")
    expect(menu).to_be_visible()
    assert share.evaluate(COVERS) == []
    screen.page.mouse.click(*screen.centre(share))
    expect(menu).to_be_hidden()
    expect(screen.page.get_by_test_id("stCode").first).to_be_visible()


def test_a_phone_shows_picture_transport_lanes_and_the_rest_in_one_column(visit):
    page = visit.open(screen="phone").page
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    play = page.get_by_role("button", name="Pause", exact=True)
    parts = [page.locator(".ov-stage"), play]
    parts += [
        page.get_by_role("region", name=name, exact=True) for name in PARTS if name != "Paths"
    ]
    boxes = [part.bounding_box() for part in parts]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) == len(parts)
    assert tops == sorted(tops)
    expect(play).to_be_in_viewport(ratio=1)


def test_text_can_be_read_in_either_theme_and_the_picture_follows(visit):
    screen = visit.open("noise=0.1", color_scheme="light", reduced_motion="reduce")
    screen.page.get_by_text("Gradient noise").click()
    screen.region("Experiment").get_by_text("Schedule", exact=True).click()
    screen.results()
    root, stage = screen.page.locator(".ov"), screen.page.locator(".ov-stage")
    for scheme in ("light", "dark"):
        before = stage.screenshot()
        screen.page.emulate_media(color_scheme=scheme)
        expect(root).to_have_attribute("data-ov-theme", scheme)
        if scheme == "dark":
            screen.until(lambda seen=before: stage.screenshot() != seen, "other colours")
        texts = screen.page.evaluate(CONTRASTS)
        assert len(texts) > 60
        assert not [(text, round(ratio, 2)) for text, ratio in texts if ratio < 4.5], scheme
        ground = root.evaluate("(e) => getComputedStyle(e).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 382) == (scheme == "dark")


def test_who_prefers_less_motion_sees_finished_paths_at_rest(visit):
    screen = visit.open(reduced_motion="reduce")
    expect(screen.button("Play")).to_be_visible()
    assert screen.step() == 500
    assert screen.ink() > 2000


def test_who_hears_the_page_is_told_every_controls_name(visit):
    screen = visit.open("lane=adam&lane=momentum,label:Heavy", reduced_motion="reduce")
    screen.results()
    tree = screen.hand.send("Accessibility.getFullAXTree")
    used = [node for node in tree["nodes"] if node.get("role", {}).get("value") in CONTROLS]
    assert len(used) > 20
    assert not [node["role"]["value"] for node in used if not node["name"]["value"].strip()]
