"""The address bar: it is the whole state, so a copy of it is a copy of the page."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from playwright.sync_api import expect

from optviz import link as links
from optviz.checks import MAX_LABEL
from optviz.race import DEFAULT, MAX_LANES

LABEL = "<img src=x onerror=alert(1)>, a:b & 50%"
FULL = (
    "surface=ravine&shape=condition:60,rotation:20&start=3.1,0.7&steps=120"
    "&schedule=cosine,end:0.1&noise=0.3&noise_decay=0.01&seed=5"
    f"&lane=adam,lr:0.07,label:{quote(quote(LABEL, safe=''))}"
    "&lane=momentum,lr:0.004,alpha:0.8&lane=lion"
    "&notation=keras&chosen=1&linked=1&hidden=2"
)


def view(screen):
    """Return all of the state that can be seen."""
    return [
        screen.results(),
        screen.start(),
        screen.count()[1],
        screen.region("Equation").locator("math").first.text_content(),
        screen.region("Equation").get_by_role("heading").inner_text(),
        screen.page.get_by_role("switch", name="Link sliders").is_checked(),
        screen.region("Optimizers").locator("[aria-pressed=false]").count(),
        screen.region("Experiment").inner_text(),
        screen.page.get_by_role("combobox", name="Surface").input_value(),
        screen.page.get_by_role("combobox", name="Notation").input_value(),
    ]


def test_a_copied_address_shows_the_same_race_elsewhere(visit):
    here = visit.open(FULL, reduced_motion="reduce")
    before = here.page.url
    field = here.field("Momentum: momentum")
    field.fill("0.7")
    field.press("Enter")
    here.until(lambda: here.page.url != before, "the address bar to follow")
    assert "alpha:0.7" in here.address()["lane"][1]
    seen = here.until(lambda: (now := view(here)) == view(here) and now, "the page to rest")
    there = visit.open(urlsplit(here.page.url).query, reduced_motion="reduce")
    there.until(lambda: view(there) == seen, "the same race")
    assert [row[0] for row in seen[0]] == [LABEL, "Momentum", "Lion"]
    assert seen[2:3] + seen[5:7] == ["120", True, 1]


def test_a_label_is_text_and_never_markup(visit):
    screen = visit.open(FULL, reduced_motion="reduce")
    name = screen.page.get_by_role("button", name=LABEL, exact=True).first
    expect(name).to_be_visible()
    name.click()
    expect(screen.page.get_by_role("textbox", name="Name of this optimizer")).to_have_value(LABEL)
    expect(screen.region("Equation").get_by_role("heading", level=2)).to_contain_text(LABEL)
    assert screen.page.locator("img[onerror]").count() == 0

    # A long one is cut where it is typed, not after the page has been told of it.
    field = screen.page.get_by_role("textbox", name="Name of this optimizer")
    field.fill("")
    field.press_sequentially("x" * (MAX_LABEL + 5))
    expect(field).to_have_value("x" * MAX_LABEL)
    field.press("Tab")
    screen.until(lambda: f"label:{'x' * MAX_LABEL}" in screen.address()["lane"][0], "the new name")
    assert screen.results()[0][0] == "x" * MAX_LABEL


def test_back_and_forward_walk_through_the_changes(visit):
    screen = visit.open("lane=adam,lr:0.05&steps=300", reduced_motion="reduce")
    page, states = screen.page, [(screen.start(), screen.loss("Adam"))]
    for across in (0.6, 0.8):
        address = page.url
        page.mouse.click(*screen.on_contour(across, 0.3))
        screen.until(lambda before=address: page.url != before, "the address bar to follow")
        loss = screen.changed_loss("Adam", states[-1][1])
        states.append((screen.start(), loss))

    def shows(state):
        return lambda: (screen.start(), screen.loss("Adam")) == state

    for go, state in (
        (page.go_back, states[1]),
        (page.go_back, states[0]),
        (page.go_forward, states[1]),
        (page.go_forward, states[2]),
    ):
        go()
        screen.until(shows(state), f"the race that starts at {state[0]}")
    field = screen.field("Adam: learning rate")
    field.fill("0.01")
    field.press("Enter")
    screen.until(
        lambda: screen.address()["lane"][0].startswith("adam,lr:0.01"), "a change after walking"
    )
    assert screen.start() == states[2][0]


def test_back_and_forward_bring_a_whole_page_back_and_leave_the_history_alone(visit):
    screen = visit.open("surface=ravine&lane=sgd,lr:0.001&steps=40", reduced_motion="reduce")
    page = screen.page
    entries = lambda: page.evaluate("[navigation.currentEntry.index, navigation.entries().length]")  # noqa: E731

    def whole():
        """Return the table, the slider, and the contour, which a drag would draw coarsely."""
        field = screen.field("condition number").input_value()
        return [screen.contour(), field, screen.results(), screen.count()]

    states, (first, _) = [whole()], entries()
    for condition in ("30", "60", "90"):
        before, loss = screen.contour(), screen.loss("SGD")
        screen.field("condition number").fill(condition)
        screen.field("condition number").press("Enter")
        screen.until(
            lambda value=condition: f"condition:{value}" in screen.address().get("shape", [""])[0],
            "the shape in the address bar",
        )
        screen.until(lambda seen=before: screen.contour() != seen, "another contour")
        screen.changed_loss("SGD", loss)
        states.append(whole())
    assert entries() == [first + 3, first + 4]
    assert len({contour for contour, *_ in states}) == 4

    def walk(to, *steps):
        for step in steps:
            step()
        screen.until(lambda: whole() == states[to], f"state {to}")
        assert entries() == [first + to, first + 4]

    walk(2, page.go_back)
    walk(0, page.go_back, page.go_back)
    walk(1, page.go_forward)
    walk(3, page.go_forward, page.go_forward)
    walk(1, page.go_back, page.go_back)
    # A change from here on is one entry, in place of what lay ahead; so is the same change again.
    for _ in range(2):
        screen.field("Steps").fill("50")
        screen.field("Steps").press("Enter")
        screen.until(lambda: screen.address()["steps"] == ["50"], "a change after walking")
        assert entries() == [first + 2, first + 3]
        page.go_back()
        screen.until(lambda: whole() == states[1], "the state before the change")


def test_broken_parts_of_a_link_are_named_and_the_rest_works(visit):
    lanes = "&lane=sgd" * MAX_LANES
    screen = visit.open(
        "surface=rosenbrok&steps=40&start=1,nan&lane=adam,lr:fast,label:Kept&lane=adma"
        f"&noise=-1&seed=x&colour=red&notation=rudder&hidden=77{lanes}",
        reduced_motion="reduce",
    )
    said = screen.region("Paths").locator(".ov-notices")
    for sentence in (
        "There is no surface 'rosenbrok'. Did you mean 'rosenbrock'?",
        "'fast' is not a number.",
        "There is no optimizer 'adma'.",
        "The link has an unknown part 'colour'.",
        "There is no notation 'rudder'. Did you mean 'ruder'?",
        "The link speaks of lanes '77'",
        f"at most {MAX_LANES}",
        "The seed",
        "The noise",
    ):
        expect(said).to_contain_text(sentence)
    assert screen.results()[0][0] == "Kept"
    assert screen.count() == ["40", "40"]
    # They can be dismissed, and a change of the race takes them away.
    dismiss = said.get_by_role("button", name="Dismiss")
    count = dismiss.count()
    dismiss.first.click()
    expect(dismiss).to_have_count(count - 1)
    screen.field("Steps").fill("50")
    screen.field("Steps").press("Enter")
    expect(dismiss).to_have_count(0)


def test_a_link_of_garbage_shows_the_race_of_the_front_page(visit):
    screen = visit.open(
        "%00%ff&&==&lane=%3Cscript%3E&lane=&x=%F0%9F%92%A9&shape=,,:", reduced_motion="reduce"
    )
    expect(screen.region("Paths").locator(".ov-notices")).to_contain_text("no optimizer '<script>'")
    assert [row[0] for row in screen.results()] == [lane.label for lane in DEFAULT.lanes]
    assert screen.count()[1] == str(DEFAULT.steps)


def test_sharing_copies_the_race_in_the_words_of_another_library(visit):
    here = visit.open(FULL, reduced_motion="reduce", new=True)
    page = here.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    here.button("Share").click()
    sheet = page.get_by_role("dialog", name="Share")
    sheet.get_by_role("radio", name="PyTorch").click()
    code = sheet.get_by_role("group", name="PyTorch program")
    code.hover()
    code.get_by_role("button", name="Copy to clipboard").click()
    told = links.read(urlsplit(page.url).query).race.to_code("torch")
    here.until(
        lambda: page.evaluate("navigator.clipboard.readText()").strip() == told.strip(), "it"
    )
    file = sheet.get_by_role("link", name="as a file").evaluate("(link) => link.href")
    assert page.request.get(file).text() == told


def test_sharing_offers_a_link_that_shows_the_race_and_python_that_runs_it(visit):
    here = visit.open(FULL, reduced_motion="reduce")
    seen = view(here)
    here.button("Share").click()
    codes = here.page.get_by_test_id("stCode")
    expect(codes).to_have_count(2)
    link = codes.first.inner_text().strip()
    assert link.startswith(visit.server)
    expect(codes.last).to_contain_text("race = Race(")
    expect(codes.last).to_contain_text("'ravine'")
    data = here.page.get_by_role("link", name="JSON", exact=True)
    reply = here.page.request.get(data.evaluate("(link) => link.href")).json()
    assert [lane["label"] for lane in reply["race"]["lanes"]] == [row[0] for row in seen[0]]
    there = visit.open(urlsplit(link).query, reduced_motion="reduce")
    there.until(lambda: view(there) == seen, "the same race")
