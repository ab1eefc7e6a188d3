"""A player that Streamlit takes away and puts back is the same player; one that stays away ends."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from optviz import Race
from optviz import link as links
from optviz.api import assets

MOUNT = """async ({ module, data }) => {
  const { host } = await import(module);
  window.said = [];
  window.place = async (name, root = document.createElement("section")) => {
    root.style.height = "100vh";
    document.body.replaceChildren(root);
    const hosted = await host(root, data, (link) => window.said.push([name, link.number]));
    window.leave = hosted.leave;
    window.say = (heard) => hosted.update({ ...data, heard });
    window.away = () => { root.remove(); hosted.leave(); };
  };
  await window.place("first");
}"""


def enter(visit):
    """Show a player in a page of its own, which this test puts away and back."""
    page = visit.enter(path="api/catalogue").page
    link = links.read(Race("beale", ["adam"], steps=300).to_query())
    data = {"race": link.race.plain(), "view": link.view.plain(), "problems": []}
    data |= {"base": "/api", "heard": 0}
    module = f"/api/player/{assets.fingerprint()}/hosts/racehost.js"
    page.evaluate(MOUNT, {"module": module, "data": data})
    expect(page.locator(".ov-grid")).to_have_count(1)
    return page


@pytest.mark.parametrize(
    "leaving",
    [
        "() => { window.away(); return window.place('second'); }",
        "() => { window.leave(); return window.place('second', document.querySelector('section')); }",  # noqa: E501
    ],
    ids=["elsewhere", "at the same place"],
)
def test_a_player_put_back_keeps_its_play_head_and_answers_to_its_new_place(visit, leaving):
    page = enter(visit)
    page.get_by_role("button", name="Pause").click()
    step = page.get_by_role("slider", name="Step", exact=True)
    step.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    shown = step.get_attribute("aria-valuetext")
    assert shown
    page.evaluate(leaving)
    expect(page.locator(".ov-grid")).to_have_count(1)
    expect(step).to_have_attribute("aria-valuetext", shown)
    page.get_by_role("slider", name="Adam: learning rate").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => window.said.length")
    assert page.evaluate("window.said.map(([name]) => name)") == ["second"]


def test_a_place_that_is_told_late_of_its_end_ends_nothing(visit):
    page = enter(visit)
    page.evaluate("""async () => {
      window.box = document.querySelector(".ov");
      const leave = window.leave;
      document.querySelector("section").remove();
      await window.place("second");
      leave();
    }""")
    assert page.evaluate("document.querySelector('.ov') === window.box")
    # Longer than a player waits that has no place.
    page.wait_for_timeout(4000)
    assert page.evaluate("window.box.isConnected && window.box.classList.contains('ov')")


def test_a_player_put_back_is_dressed_for_its_new_place(visit):
    page = enter(visit)
    expect(page.locator(".ov[data-ov-theme=light]")).to_have_count(1)
    page.evaluate("""() => {
      window.away();
      document.documentElement.style.setProperty("--st-background-color", "#0e1117");
      return window.place("second");
    }""")
    expect(page.locator(".ov[data-ov-theme=dark]")).to_have_count(1)


def test_a_player_that_stays_away_ends(visit):
    page = enter(visit)
    page.evaluate("""() => {
      window.box = document.querySelector(".ov");
      window.away();
    }""")
    page.wait_for_function("() => !window.box.classList.contains('ov')")
    page.evaluate("window.place('third')")
    assert page.evaluate("!window.box.isConnected")
    expect(page.locator(".ov-grid")).to_have_count(1)


def test_what_the_host_said_before_a_change_is_news_once_it_knows_of_the_change(visit):
    page = enter(visit)
    rate = page.get_by_role("textbox", name="Adam: learning rate, number", exact=True)
    before = rate.input_value()
    rate.fill("0.0123")
    rate.press("Enter")
    page.wait_for_function("() => window.said.length")
    assert page.evaluate("window.said") == [["first", 1]]
    # A run of the script that began before it: the change is still on its way.
    page.evaluate("window.say(0)")
    expect(rate).to_have_value("0.0123")
    # Its run was broken off by one that goes back.
    page.evaluate("window.say(1)")
    expect(rate).to_have_value(before)


def test_a_host_that_does_not_hear_of_a_change_is_told_again_and_at_last_no_more(visit):
    """As one that begins anew, and takes nothing down from its first run."""
    # The clock is that of all the browser's pages.
    page = visit.enter(path="api/catalogue", alone=True).page
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    page.evaluate(
        """async (module) => {
          const { Telling } = await import(module);
          window.said = [];
          window.telling = new Telling(0, ({ number, value }) => window.said.push([number, value]));
        }""",
        f"/api/player/{assets.fingerprint()}/hosts/telling.js",
    )

    def said(after: float) -> list[list[int]]:
        page.clock.run_for(after)
        return page.evaluate("window.said.splice(0)")

    page.evaluate("window.telling.tell({ value: 7 })")
    assert said(100) == [[1, 7]]
    assert said(2000) == []
    assert said(1100) == [[2, 7]]
    page.evaluate("window.telling.hears(1)")
    assert said(6100) == [[3, 7]]
    page.evaluate("window.telling.hears(3)")
    assert said(600_000) == []
    # A host that begins anew has read it from the address; what it says then is news.
    assert page.evaluate("window.telling.hears(0)")
    page.evaluate("window.telling.tell({ value: 8 })")
    assert not page.evaluate("window.telling.hears(0)")
    assert [value for _, value in said(600_000)] == [8] * 5
