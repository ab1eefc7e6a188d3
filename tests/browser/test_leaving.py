"""A link for students: what it leaves to them can be changed, and nothing else, by whatever way."""

from __future__ import annotations

import re

from playwright.sync_api import expect

RACE = (
    "surface=ravine&lane=sgd,lr:0.03&lane=momentum,lr:0.02,alpha:0.5&steps=200&chosen=1&chart=map"
)


def test_the_boxes_of_the_link_decide_what_its_reader_may_change(visit):
    teacher = visit.open(RACE, reduced_motion="reduce")
    teacher.page.keyboard.press("q")
    sheet = teacher.page.get_by_role("dialog", name="Link to this moment")
    sheet.get_by_text("For students: what may be changed").click()
    for part in ("the learning rates", "the start"):
        expect(sheet.get_by_label(part)).to_be_checked()
    for part in ("other hyperparameters", "which optimizers", "the surface", "the steps"):
        sheet.get_by_label(part).uncheck()
    link = sheet.get_by_label("Link", exact=True).input_value()
    assert link.count("only=rates,start") == 1

    student = visit.open(link.partition("?")[2], reduced_motion="reduce")
    page = student.page
    expect(
        page.get_by_text("This link lets you change the learning rates and the start.")
    ).to_be_visible()
    expect(page.get_by_test_id("stMarkdown").get_by_text("Ravine", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Surface")).to_be_hidden()
    expect(student.button("Add optimizer")).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("^Remove"))).to_have_count(0)
    sliders = student.region("Optimizers").get_by_role("slider")
    names = [one.get_attribute("aria-label") or "" for one in sliders.all() if one.is_visible()]
    assert len(names) == 2
    assert all("learning rate" in name for name in names)
    # What has no slider can still be read.
    expect(
        student.region("Optimizers").get_by_text("\N{GREEK SMALL LETTER ALPHA} = 0.5", exact=True)
    ).to_be_visible()
    expect(student.region("Experiment").get_by_role("slider")).to_have_count(0)

    before = student.loss("Momentum")
    student.field("Start, x").fill("-3")
    student.field("Start, x").press("Enter")
    student.changed_loss("Momentum", before)
    # Nor do keys lead around it, and that is said.
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    keeps = "Nothing was changed: this link keeps {} as it has been set."
    expect(page.locator(".ov-key-said")).to_have_text(keeps.format("which optimizers there are"))
    # The map beside the race goes along the rate, and not along what is kept.
    point = student.slider("Momentum: learning rate and momentum")
    kept = student.loss("Momentum")
    point.press("ArrowUp")
    expect(page.get_by_text(keeps.format("the other hyperparameters"))).to_be_visible()
    assert student.loss("Momentum") == kept
    point.press("ArrowRight")
    student.changed_loss("Momentum", kept)
    assert [row[0] for row in student.results()] == ["SGD", "Momentum"]
    assert student.address()["only"] == ["rates,start"]
