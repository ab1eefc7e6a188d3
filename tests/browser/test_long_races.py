"""Long races run in a worker: the page goes on meanwhile; where there is none, it runs them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from optviz import RULES, Race, run
from tests.browser.test_live import alive, asked, dragged

# Enough of them that a frame is too short for the race.
OTHERS = [rule for rule in RULES if rule not in ("adam", "newton", "bfgs")][:8]
LONG = "surface=beale&steps=10000&" + "&".join(f"lane={rule}" for rule in ("adam", *OTHERS))
CALM = ("sgd", "momentum", "nesterov", "adagrad")
SHORT = "surface=beale&steps=300&lane=adam&lane=momentum"
# Counts what workers are sent and send back, and in how many animation frames one was at work.
WATCH = """
window.witness = { sent: 0, came: 0, most: 0, frames: 0 };
window.Worker = class extends Worker {
  constructor(...how) {
    super(...how);
    // Before the page, which may send the next job at once.
    this.addEventListener("message", () => (witness.came += 1));
  }
  postMessage(...job) {
    witness.sent += 1;
    witness.most = Math.max(witness.most, witness.sent - witness.came);
    super.postMessage(...job);
  }
};
const frame = () => {
  if (witness.sent > witness.came) witness.frames += 1;
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
"""
REFUSED = "window.Worker = class { constructor() { throw new Error('No workers here.'); } };"


def watched(page) -> None:
    page.add_init_script(WATCH)


def refused(page) -> None:
    page.add_init_script(REFUSED)


def missing(page) -> None:
    page.route("**/live/raceworker.js", lambda route: route.abort())


def settled(screen) -> None:
    """End the drag, and wait until the last race is shown."""
    screen.page.mouse.up()
    screen.until(lambda: "lane=adam,lr:0.05" not in screen.page.url, "the address bar to follow")
    last = (
        "() => ['ov:input', 'ov:painted'].map((n) => performance.getEntriesByName(n).at(-1).detail)"
    )
    screen.until(lambda: len(set(screen.page.evaluate(last))) == 1, "the last race")


def says_what_the_server_says(screen) -> None:
    race = Race.from_query(urlsplit(screen.page.url).query)
    # Others leave the minimum now and then in so many steps: when, the last digits decide.
    calm = [lane for lane in race.lanes if lane.rule in CALM]
    told = {row[0]: row[1] for row in screen.results()}
    expected = {
        lane.label: status.text
        for lane, status in zip(calm, run(race.replace(lanes=calm)).status, strict=True)
    }
    assert told | expected == told


def dragged_to(screen, *ways: float) -> None:
    """Drag the rate to some places, and wait until the page is at rest."""
    for way in ways:
        dragged(screen, way)
        screen.page.mouse.up()
    settled(screen)


def test_the_page_goes_on_while_a_long_race_runs(visit):
    screen = visit.open(LONG, reduced_motion="reduce", meddle=watched, new=True)
    alive(screen)
    requests = asked(screen)
    dragged_to(screen, 30, 60)
    screen.until(lambda: screen.page.evaluate("witness.came === witness.sent"), "all that was sent")
    witness = screen.page.evaluate("witness")
    assert witness["sent"] > 1
    assert witness["most"] == 1, "nothing queues in the worker"
    assert witness["frames"] > 0
    assert not [url for url in requests if "/api/race" in url]
    says_what_the_server_says(screen)


def test_a_short_race_needs_none(visit):
    screen = visit.open(SHORT, reduced_motion="reduce", meddle=watched, new=True)
    alive(screen)
    dragged(screen, 30)
    settled(screen)
    assert screen.page.evaluate("witness.sent") == 0
    assert not screen.page.workers


@pytest.mark.parametrize("meddle", [refused, missing])
def test_without_a_worker_long_races_run_on_the_page(visit, meddle):
    visit.expects_refusals = True
    screen = visit.open(LONG, reduced_motion="reduce", new=True, meddle=meddle)
    alive(screen)
    requests = asked(screen)
    dragged_to(screen, 30)
    assert not screen.page.workers
    assert not [url for url in requests if "/api/race" in url]
    says_what_the_server_says(screen)
    assert screen.page.get_by_role("status").filter(has_text="server").count() == 0
