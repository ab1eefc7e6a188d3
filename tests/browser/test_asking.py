"""Asking the server, by itself: the newest next, again after a fault, told once; and few marks."""

from __future__ import annotations

import pytest

from optviz.api import assets
from tests.test_layout import ROOT

PLAYER = ROOT / "optviz" / "player"
# One asks for the number in `wish`; what is asked, told and taken is written down, in order.
SETTING = """async ([asking, client]) => {
  const { Asking } = await import(asking);
  const { Refused } = await import(client);
  window.Refused = Refused;
  window.log = [];
  window.faulty = 0;
  let came = 0;
  window.wish = 1;
  window.ask = async (number) => number;
  window.asking = new Asking({
    wanted() {
      if (faulty-- > 0) throw new Error("no wish");
      return wish === came ? [] : [{ query: String(wish), number: wish }];
    },
    async ask({ number }) {
      log.push(`ask ${number}`);
      return ask(number);
    },
    take(reply) {
      if (reply === 13) throw new Error("bad luck");
      log.push(`take ${reply}`);
      came = reply;
    },
    complain: (problems) => said(problems.join()),
    silent: "silent",
  });
  let before = "";
  window.said = (text) => {
    if (text !== before) log.push(`say ${text}`);
    before = text;
  };
}"""


@pytest.fixture
def asking(visit):
    """Do something with what asks, and return what was written down until `until` was."""
    page = visit.enter(path="api/catalogue").page
    player = f"/api/player/{assets.fingerprint()}"
    page.evaluate(SETTING, [f"{player}/server/{name}.js" for name in ("asking", "client")])

    def done(script: str, until: str) -> list[str]:
        page.evaluate(f"() => {{ {script} }}")
        page.wait_for_function(f"() => log.includes('{until}')")
        return page.evaluate("() => log.splice(0)")

    return done


def test_of_what_is_wanted_meanwhile_the_newest_is_asked(asking):
    script = "for (wish of [1, 2, 3, 4]) asking.look();"
    assert asking(script, "take 4") == ["ask 1", "take 1", "ask 4", "take 4"]


def test_a_silence_is_told_once_and_asked_again_until_it_ends(asking):
    silence = (
        "let left = 2; ask = async () => { if (left-- > 0) throw new TypeError(); return 1; };"
    )
    told = asking(f"{silence} asking.look(); asking.look();", "say ")
    assert told == ["ask 1", "say silent", "ask 1", "ask 1", "take 1", "say "]
    assert asking("wish = 1; asking.look(); log.push('end');", "end")[-1] == "end"


def test_a_server_that_answers_something_is_not_called_silent_though_more_is_to_be_asked(visit):
    page = visit.enter(path="api/catalogue").page
    script = """async (asking) => {
      const { Asking } = await import(asking);
      const [here, log] = [new Set(), []];
      let cut = true;
      const one = new Asking({
        wanted: () => [1, 2, 3].filter((k) => !here.has(k)).map((k) => ({ query: String(k), k })),
        async ask({ k }) {
          if (cut) throw new TypeError();
          return k;
        },
        take: (k) => {
          here.add(k);
          // From now on nothing else is answered for a while.
          if (k === 2) return new Promise(() => {});
        },
        complain: (problems) => log.push(problems.join()),
        silent: "silent",
      });
      one.look();
      await new Promise((done) => setTimeout(done, 100));
      cut = false;
      await new Promise((done) => setTimeout(done, 3500));
      return [log, [...here]];
    }"""
    asking = f"/api/player/{assets.fingerprint()}/server/asking.js"
    log, here = page.evaluate(script, asking)
    assert "silent" in log
    assert here == [1, 2], "the third is still to be asked"
    assert log[-1] == ""


def test_what_is_refused_is_not_asked_again_until_something_else_is_wanted(asking):
    refusal = "ask = async (it) => { if (it === 1) throw new Refused(['no']); return it; };"
    assert asking(f"{refusal} asking.look();", "say no") == ["ask 1", "say no"]
    assert asking("asking.look(); wish = 2; asking.look();", "say ") == ["ask 2", "take 2", "say "]


def test_one_throw_is_ours_to_tell_and_ends_nothing(asking, visit):
    told = asking("wish = 13; asking.look();", "ask 13")
    told += asking("log.push('next');", "next")
    assert "This page has a fault: bad luck." in "".join(told)
    assert "silent" not in "".join(told)
    assert asking("faulty = 1; wish = 2; asking.look(); asking.look();", "take 2")
    assert [fault for fault in visit.faults if "no wish" in fault]
    assert all("no wish" in fault or "bad luck" in fault for fault in visit.faults)
    visit.faults.clear()


def test_so_many_marks_of_a_name_are_kept(visit):
    page = visit.enter(path="api/catalogue").page
    script = """async (marks) => {
      const { mark } = await import(marks);
      for (let i = 0; i < 5500; i += 1) mark("ov:mapped", i);
      mark("ov:rates", 0);
      const kept = performance.getEntriesByName("ov:mapped").map(({ detail }) => detail);
      return [kept.length, kept.at(-1), performance.getEntriesByName("ov:rates").length];
    }"""
    marks = f"/api/player/{assets.fingerprint()}/base/marks.js"
    count, last, others = page.evaluate(script, marks)
    assert 0 < count <= 1000
    assert last == 5499
    assert others == 1
    makers = [path.name for path in PLAYER.rglob("*.js") if "performance.mark(" in path.read_text()]
    assert makers == ["marks.js"], "all marks are counted"


def test_a_tabs_picture_that_is_not_waited_for_is_no_fault_and_a_surface_is_one(visit):
    page = visit.enter(path="api/catalogue").page
    for address in ("/favicon.png", "/api/surface?surface=beale"):
        page.route(f"**{address}", lambda route: route.abort("aborted"))
        page.evaluate("(address) => fetch(address).catch(() => {})", address)
    assert visit.faults
    assert not any("favicon" in fault for fault in visit.faults), visit.faults
    visit.faults.clear()
