"""From here on: controls change the rest of a run, the link holds it, and it can be undone."""

from __future__ import annotations

from playwright.sync_api import expect

RACE = "lane=adam,lr:0.05&lane=sgd,lr:0.001&steps=300"
RATE = "Adam: learning rate"
SWITCH = "From here on"


def at(screen, step):
    """Move the play-head and return what the readout says there."""
    scrubber = screen.slider("Step")
    scrubber.fill(str(step))
    screen.until(lambda: screen.step() == step, f"step {step}")
    return screen.region("Equation").locator(".ov-numbers").first.inner_text()


def pin(screen, step):
    at(screen, step)
    screen.page.get_by_role("switch", name=SWITCH).check()
    expect(screen.page.get_by_text(f"From step {step} on", exact=True)).to_be_visible()


def test_a_slider_changes_the_run_from_the_play_head_on(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    early, late, before = at(screen, 90), at(screen, 200), screen.loss("Adam")
    pin(screen, 100)
    field = screen.field(RATE)
    field.fill("0.4")
    field.press("Enter")
    screen.changed_loss("Adam", before)
    screen.until(lambda: screen.address().get("change") == ["100:0,lr:0.4"], "it in the link")
    assert screen.address()["lane"][0] == "adam"
    assert at(screen, 90) == early
    assert at(screen, 200) != late
    # Without the switch the sliders mean the whole run again.
    screen.page.get_by_role("switch", name="From step 100 on").uncheck()
    expect(field).to_have_value("0.05")


def test_from_step_0_on_is_the_whole_run(visit):
    screen = visit.open(f"{RACE}&change=0:0,lr:0.4,rho1:0.8", reduced_motion="reduce")
    before = screen.loss("Adam")
    at(screen, 0)
    screen.page.get_by_role("switch", name=SWITCH).check()
    expect(screen.page.get_by_text("From step 0 on: the whole run", exact=True)).to_be_visible()
    field = screen.field(RATE)
    field.fill("0.2")
    field.press("Enter")
    screen.changed_loss("Adam", before)
    screen.until(lambda: "lr:0.2" in screen.address()["lane"][0], "it in the link")
    # What else was changed there stays.
    assert screen.address()["change"] == ["0:0,rho1:0.8"]


def test_a_link_with_a_change_opens_with_it_and_undo_takes_it_away(visit):
    plain = visit.open(RACE, reduced_motion="reduce").loss("Adam")
    screen = visit.open(f"{RACE}&change=100:0,lr:0.4", reduced_motion="reduce")
    assert screen.loss("Adam") != plain
    changes = screen.page.get_by_role("list", name="Changes in mid-run")
    expect(changes).to_have_text("From step 100: Adam, learning rate 0.4")
    screen.button("Undo: From step 100: Adam, learning rate 0.4").click()
    screen.until(lambda: screen.loss("Adam") == plain, "the race as it was")
    expect(changes).to_be_hidden()
    screen.until(lambda: "change" not in screen.address(), "the link without it")


def test_a_lane_that_goes_takes_its_changes_along(visit):
    changes = "&change=50:0,lr:0.4&change=60:1,lr:0.002"
    screen = visit.open(RACE + changes, reduced_motion="reduce")
    screen.button("Remove Adam").click()
    screen.until(lambda: screen.address().get("change") == ["60:0,lr:0.002"], "the other's change")


def test_those_who_hear_the_page_are_told_no_lanes_changes_under_anothers_name(visit):
    changes = "&change=50:0,lr:0.4&change=60:1,lr:0.002"
    screen = visit.open(RACE + changes, reduced_motion="reduce", asking=True)
    told = screen.region("Paths").get_by_text("Losses: ")
    expect(told).to_contain_text("From step 50: Adam, learning rate 0.4.")
    late: list = []
    screen.page.route("**/api/race?*", lambda route: late.append(route))  # noqa: PLW0108
    screen.button("Remove Adam").click()
    screen.until(lambda: late, "the new race to be asked for")
    # Longer than the page waits before it speaks of what it has.
    screen.page.wait_for_timeout(1000)
    expect(told).not_to_contain_text("From step 50: SGD")
    # What waits goes on, too.
    screen.page.unroute("**/api/race?*")
    expect(told).to_contain_text("From step 60: SGD, learning rate 0.002.")
    expect(told).not_to_contain_text("From step 50")


def test_a_change_from_the_start_leaves_the_first_value_to_its_slider(visit):
    screen = visit.open(f"{RACE}&change=0:0,lr:0.4", reduced_motion="reduce")
    field = screen.field(RATE)
    expect(field).to_have_value("0.05")
    field.fill("0.1")
    field.press("Enter")
    screen.until(lambda: "lr:0.1" in screen.address()["lane"][0], "the value in the link")
    expect(field).to_have_value("0.1")


def test_the_schedule_may_change_too(visit):
    screen = visit.open(RACE, reduced_motion="reduce")
    before = screen.loss("SGD")
    pin(screen, 150)
    screen.region("Experiment").get_by_text("Schedule", exact=True).click()
    screen.page.get_by_role("combobox", name="Learning-rate schedule").select_option("cosine")
    screen.changed_loss("SGD", before)
    screen.until(lambda: screen.address().get("reschedule") == ["150,cosine,end:0"], "the link")
    assert "schedule" not in screen.address()
