"""The race in words: who leads, who came and went, who is held up, and nothing twice."""

from __future__ import annotations

import re

from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd&lane=momentum&steps=300"


def told(screen):
    """Return what is announced."""
    return screen.page.locator("p[role=status]").filter(has_text="Step").inner_text()


def tells(screen, sentence):
    screen.until(lambda: re.search(sentence, told(screen)), sentence)


def heard(number: str) -> str:
    """Return what is said for a number of the table: raised digits would be passed over."""
    plain = number.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    return re.escape(plain.replace("·10⁻", " times 10 to the minus "))


def test_equals_are_told_together_and_what_was_changed(visit):
    screen = visit.open(
        "surface=beale&lane=sgd&lane=sgd,label:Twin&lane=adam&lane=sgd,lr:9,label:Wild"
        "&lane=sgd,lr:9,label:Mad&steps=60&hidden=2&change=20:0,lr:0.001&change=20:1,lr:0.001",
        reduced_motion="reduce",
    )
    screen.results()
    tells(
        screen,
        r"^Step 60 of 60: SGD and Twin are level at loss [\d.]+\. "
        r"Wild and Mad: diverged at step \d+\. "
        r"SGD ends [\d.]+ from the nearest minimum\.$",
    )
    picture = screen.page.get_by_role("figure", name="Paths of the optimizers")
    expect(picture).to_have_accessible_description(
        re.compile(r"From step 20: SGD, learning rate 0\.001\. From step 20: Twin, learning rate")
    )


def test_equals_that_follow_are_told_together_and_by_different_names(visit):
    screen = visit.open(
        "surface=ravine&start=1,1&steps=100&lane=sgd,lr:0.05&lane=sgd,lr:0.05"
        "&lane=momentum,lr:0.05,alpha:0&lane=sgd,lr:5&lane=newton",
        reduced_motion="reduce",
    )
    screen.results()
    tells(
        screen,
        r"^Step 100 of 100: Newton \(damped\) leads with loss 0, "
        r"SGD, SGD 2 and Momentum follow, level at "
        r"\S+( times 10 to the minus \d+)?\. .*SGD 3: diverged at step \d+\.",
    )
    assert screen.address()["lane"][:2] == ["sgd,lr:0.05"] * 2, "the link stays as it was"


def test_who_is_held_up_is_told_by_name(visit):
    screen = visit.open(
        "surface=saddle&start=1,0&steps=200&lane=sgd,lr:0.1&lane=sgd,lr:0.1"
        "&lane=momentum,lr:0.05,alpha:0.9&lane=adam,lr:0.1",
        reduced_motion="reduce",
    )
    verdict = {row[0]: row[1] for row in screen.results()}
    assert verdict["SGD"] == "at the saddle (0, 0)"
    everybody = "SGD, SGD 2, Momentum and Adam"
    tells(screen, rf"^Step 200 of 200: .*\. {everybody}: at the saddle \(0, 0\)\.$")
    # A little beside it all leave, which is no failure there, and the first one is told first.
    field = screen.field("Start, y")
    field.fill("0.01")
    field.press("Enter")
    left = r"left the saddle at step \d+, the domain at step \d+"
    tells(screen, rf"^Step 200 of 200: all have left the domain\. Adam: {left}; Momentum: {left}; ")
    rows = {row[0]: row for row in screen.results()}
    told = "left the saddle at step {}, the domain at step {}"
    assert all(row[1].startswith(told.format(*row[-2:])) for row in rows.values())
    assert int(rows["Momentum"][-1]) < int(rows["SGD"][-1])
    expect(screen.region("Results").get_by_role("button", name="Left saddle")).to_be_visible()
    # What comes to the same is told of, too; another surface is.
    field.fill("-0.01")
    field.press("Enter")
    tells(screen, r"^start \(1, -0\.01\)\. Step 200 of 200: all have left")
    screen.pick("Booth")
    kept = "SGD, SGD 2, Momentum, Adam: the values that you set stay"
    expect(screen.page.get_by_text(kept)).to_have_count(1)
    tells(screen, r"^Booth, from \(-8, 7\)\. Step \d+ of 200: ")
    expect(screen.region("Results").get_by_role("button", name="Left saddle")).to_be_hidden()


def test_who_comes_and_goes_is_told_first(visit):
    screen = visit.open("lane=sgd&lane=momentum&lane=adam&steps=30", reduced_motion="reduce")
    tells(screen, r"^Step 30 of 30")
    screen.button("Add optimizer").click()
    screen.page.get_by_role("button", name="Lion").click()
    tells(screen, r"^Lion added\. Step 30 of 30: ")
    screen.button("Remove Momentum").click()
    tells(screen, r"^Momentum removed\. Step 30 of 30: ")


def test_who_is_changed_is_told_of_though_another_leads(visit):
    race = "lane=newton&lane=sgd&lane=sgd,label:Third&steps=30"
    screen = visit.open(race, reduced_motion="reduce")
    tells(screen, r"^Step 30 of 30: Newton")
    field = screen.field("Third: learning rate")
    field.fill("0.00001")
    field.press("Enter")
    tells(screen, r"^Step 30 of 30: .* Third: loss [\d.]+\.$")


def test_who_is_new_and_what_is_changed_in_mid_run_is_told_with_what_comes_of_it(visit):
    screen = visit.open("lane=newton&lane=adam,lr:0.05&steps=30", reduced_motion="reduce")
    tells(screen, r"^Step 30 of 30: Newton")
    screen.button("Add optimizer").click()
    screen.page.get_by_role("button", name="Lion").click()
    tells(screen, r"^Lion added\. Step 30 of 30: .*Lion")
    screen.slider("Step").fill("10")
    screen.page.get_by_role("switch", name="From here on").check()
    field = screen.field("Adam: learning rate")
    field.fill("0.3")
    field.press("Enter")
    tells(screen, r" From step 10: Adam, learning rate 0\.3\. Adam ends with loss \S+\.$")
    undo = screen.button("Undo: From step 10: Adam, learning rate 0.3")
    undo.focus()
    undo.press("Enter")
    tells(screen, r" A change in mid-run is undone\.")
    expect(screen.page.get_by_role("switch", name="From step 10 on")).to_be_focused()


def test_stepping_tells_only_news(visit):
    screen = visit.open("lane=sgd,lr:5,label:Wild&lane=sgd,label:Slow", reduced_motion="reduce")
    screen.results()
    tells(screen, r"^Step 500 of 500: .*Wild: diverged at step \d+\.")
    screen.page.keyboard.press("ArrowLeft")
    tells(screen, r"^Step 499 of 500: Slow is at loss [^:]*\.$")
    expect(screen.page.get_by_role("figure", name="Paths")).to_have_accessible_description(
        re.compile(r"Slow is at loss .*Wild: diverged at step \d+\.")
    )
    screen.page.keyboard.press("Home")
    tells(screen, r"^Step 0 of 500")
    screen.page.keyboard.press("Shift+ArrowRight")
    tells(screen, r"^Step 10 of 500: .*Wild: diverged at step \d+\.$")
    # Also when the start is left before it is spoken of.
    screen.page.keyboard.press("Home")
    screen.page.keyboard.press("Shift+ArrowRight")
    screen.page.keyboard.press("ArrowRight")
    tells(screen, r"^Step 11 of 500: .*Wild: diverged at step \d+\.$")


def test_the_count_of_steps_is_not_announced(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    count = screen.page.locator(".ov-count")
    expect(count).to_have_text("300 / 300")
    assert count.evaluate("(e) => !e.closest('output, [aria-live], [role=status], [role=log]')")


def test_the_race_is_told_in_words(visit):
    screen = visit.open(
        "surface=himmelblau&lane=momentum,lr:0.01,alpha:0.5,label:Quick"
        "&lane=sgd,lr:5,label:Wild&lane=sgd,lr:1e-5,label:Slow",
        reduced_motion="reduce",
    )
    rows = {row[0]: row for row in screen.results()}
    assert rows["Quick"][1].startswith("converged")
    assert rows["Wild"][1].startswith("diverged")
    at = int(rows["Quick"][1].split("step ")[1].split(":")[0])
    tells(
        screen,
        rf"^Step 500 of 500: Quick leads with loss {heard(rows['Quick'][2])}, "
        rf"Slow follows with {heard(rows['Slow'][2])}\. Quick: {re.escape(rows['Quick'][1])}\. "
        rf"Wild: {re.escape(rows['Wild'][1].partition(';')[0])}\.$",
    )
    picture = screen.page.get_by_role(
        "figure", name="Paths of the optimizers on the surface Himmelblau"
    )
    expect(picture).to_have_accessible_description(
        re.compile(r"Quick leads.*Losses: Quick .*Wild div")
    )

    screen.page.keyboard.press("Home")
    tells(screen, r"^Step 0 of 500: all start at loss 180\.$")
    for _ in range(at - 1):
        screen.page.keyboard.press("ArrowRight")
    tells(screen, rf"^Step {at - 1} of 500: Quick leads with loss .*\. Wild: diverged at step 2\.$")
    screen.button("Quick, visible").click()
    tells(screen, r"Slow is at loss")


def test_while_it_plays_only_news_is_told(visit):
    screen = visit.open("lane=sgd,lr:1e-4,label:Slow&lane=sgd,lr:5e-4,label:Less slow&steps=500")
    screen.page.evaluate("""() => {
      window.heard = [];
      const line = [...document.querySelectorAll('p[role=status]')].find((p) => p.id);
      new MutationObserver(() => window.heard.push(line.textContent))
        .observe(line, { childList: true, characterData: true, subtree: true });
    }""")
    screen.until(lambda: screen.step() == 500, "the end")
    tells(screen, "^Step 500 of 500: Less slow leads")
    heard = screen.page.evaluate("heard")
    assert heard[-1].startswith("Step 500")
    assert len(heard) <= 3, heard


def test_a_chart_tells_where_every_line_begins_and_ends(visit):
    screen = visit.open("lane=sgd&lane=sgd,lr:9,label:Wild&steps=50", reduced_motion="reduce")
    loss = heard(screen.loss("SGD"))
    chart = screen.page.get_by_role("img", name="Loss above the minimum, by step")
    wild = "Wild from 24.2 to divergence"
    expect(chart).to_have_accessible_name(re.compile(rf" SGD from 24\.2 to {loss}; {wild}\.$"))
