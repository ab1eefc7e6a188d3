"""Homework: questions in a link, answers with races attached, files that are read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import expect

from optviz import run
from optviz.link import read
from tests.browser.test_accessibility import faults

ASKED = ["At which rate does SGD diverge?", "Why does momentum zigzag less?"]
SHEET = (
    "surface=ravine&lane=sgd,lr:0.03&lane=momentum,lr:0.02,alpha:0.5&steps=200&chosen=0"
    f"&only=rates&ask={quote(chr(10).join(ASKED))}"
)
# What a page must not take for its own markup.
ANSWER = "It \u2264 0.08 \u2014 </script><img src=x onerror=\"document.title='broken'\"> & so on"


def saved(screen, name: str, folder: Path) -> Path:
    with screen.page.expect_download() as come:
        screen.page.get_by_role("button", name=name).click()
    path = folder / come.value.suggested_filename
    come.value.save_as(path)
    return path


def hand_in(screen, folder: Path) -> tuple[Path, Path]:
    """Answer the first question with a race, and return the page and the file that come of it."""
    page = screen.page
    before = screen.loss("SGD")
    rate = screen.field("SGD: learning rate")
    rate.fill("0.1")
    rate.press("Enter")
    screen.changed_loss("SGD", before)
    page.get_by_role("textbox", name=ASKED[0]).fill(ANSWER)
    page.get_by_role("button", name="Attach the race as it is now").first.click()
    expect(page.get_by_role("link", name="Attached race")).to_be_visible()
    # What was answered is there again.
    page.reload()
    screen.ready()
    expect(page.get_by_role("textbox", name=ASKED[0])).to_have_value(ANSWER)
    expect(page.get_by_role("link", name="Attached race")).to_have_count(1)
    page.get_by_role("button", name="Hand in").click()
    sheet = page.get_by_role("dialog", name="Hand in")
    expect(sheet.get_by_text("Question 2 has no answer yet.")).to_be_visible()
    sheet.get_by_role("textbox", name="Your name").fill("Ada Lovelace")
    return saved(screen, "Page to print", folder), saved(screen, "File to be graded", folder)


def test_answers_are_kept_handed_in_and_held_against_the_races(visit, tmp_path):
    screen = visit.open(SHEET, reduced_motion="reduce")
    expect(screen.region("Questions").get_by_role("listitem")).to_have_count(2)
    assert faults(screen) == []
    html, file = hand_in(screen, tmp_path)
    assert (html.name, file.name) == ("lab-sheet-ada-lovelace.html", "lab-sheet-ada-lovelace.json")

    told: dict[str, Any] = json.loads(file.read_text())
    assert (told["name"], [one["question"] for one in told["answers"]]) == ("Ada Lovelace", ASKED)
    first, second = told["answers"]
    assert (first["answer"], second["answer"], second["race"]) == (ANSWER, "", None)
    race = read(first["race"]).race
    assert race.lanes[0].values["lr"] == 0.1
    done = run(race)
    assert [one["status"] for one in first["figures"]] == [one.text for one in done.status]

    printed = visit.profiles.page("laptop")
    printed.goto(html.as_uri())
    assert printed.title() == "Lab sheet: Ada Lovelace"
    expect(printed.get_by_text(ANSWER)).to_be_visible()
    expect(printed.get_by_role("row", name="Momentum")).to_contain_text(done.status[1].text)
    assert printed.evaluate("document.querySelector('img').naturalWidth") > 800
    printed.close()

    # One who changes the file afterwards is told of; what is no sheet is, too.
    first["figures"][0]["final_loss"] = 0.5
    forged, other = tmp_path / "forged.json", tmp_path / "other.json"
    forged.write_text(json.dumps(told))
    other.write_text("[1, 2]")
    grading = visit.enter(path="sheets")
    reader = grading.page
    reader.get_by_label("Files", exact=True).set_input_files([file, html, forged, other])
    summary = (
        "3 sheets read, 3 races run again: 2 with the figures that were handed in, 1 not. "
        "1 of the files could not be read."
    )
    expect(reader.get_by_text(summary)).to_be_visible()
    rows = reader.get_by_role("article")
    for row in (rows.nth(0), rows.nth(1)):
        expect(row).to_contain_text("The figures are those of the race.")
        expect(row).to_contain_text(ANSWER)
    forgery = "SGD: it says a final loss of 0.500; run again it has no final loss."
    expect(rows.nth(2)).to_contain_text(forgery)
    expect(rows.nth(3)).to_contain_text("This is no lab sheet")
    assert reader.title() == "Lab sheets - optviz"
    assert faults(grading) == []
