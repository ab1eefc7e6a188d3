"""A lesson's file: what it holds, and what is said of one that is broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from optviz import RaceError
from optviz.lessons import bring, lessons, read
from optviz.lessons.__main__ import main
from optviz.lessons.claims import FACTS
from optviz.lessons.telling import told
from optviz.pages.lessons import data

DOCS = Path(__file__).parents[3] / "docs" / "lessons.md"
WHOLE = """# A title

A sentence.

## First

```race
surface=booth&lane=sgd,lr:0.1&lane=sgd,lr:0.001,label:Slow&steps=60
```

Near from step {arrived("SGD")} on, <script>alert(1)</script> and *so on*.

```predict
Who is first?
- SGD: arrived("SGD") < arrived("Slow")
- Slow: arrived("Slow") < arrived("SGD")
Because {2 * 3} is six.
```

```claims
loss("SGD") < loss("Slow")
loss("SGD") > loss("Slow")
```

## Second

The same race.

```question
Why?

For {loss("SGD", 0)} reasons.
```
"""


def test_a_file_is_read_with_its_numbers_and_without_anybodys_html():
    lesson = read("own", WHOLE)
    assert (lesson.title, lesson.about) == ("A title", "A sentence.")
    first, second = told(lesson)["sections"]
    assert "&lt;script&gt;" in first["html"]
    assert "<script" not in first["html"]
    assert "<em>so on</em>" in first["html"]
    assert "{" not in first["html"]
    assert first["prediction"]["right"] == 0
    assert first["prediction"]["because"] == "<p>Because 6 is six.</p>\n"
    assert second["race"] == first["race"]
    assert second["questions"] == [["<p>Why?</p>\n", "<p>For 197 reasons.</p>\n"]]


def test_a_claim_that_does_not_hold_is_told():
    (sentence,) = read("own", WHOLE).broken()
    assert sentence.startswith('First: loss("SGD") > loss("Slow") is not so')


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("# A title\n", "", "needs a title"),
        ("A sentence.", "", "needs a title"),
        ("```race", "```text", "has no race"),
        ("## Second", "```race\nsteps=3\n```", "one race"),
        ("- Slow: ", "Slow ", "needs two options"),
        ("Why?\n\nFor", "Why? For", "needs an answer"),
    ],
)
def test_a_file_that_is_broken_gets_a_sentence(old, new, sentence):
    with pytest.raises(RaceError, match=sentence):
        read("own", WHOLE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("surface=booth", "surface=bath", "There is no surface 'bath'"),
        ('{arrived("SGD")}', '{arrived("SDG")}', "SDG"),
        ('- Slow: arrived("Slow") < arrived("SGD")', '- Slow: loss("Slow") > 0', "2 options"),
    ],
)
def test_what_a_race_does_not_have_is_told_when_it_is_run(old, new, sentence):
    with pytest.raises(RaceError, match=sentence):
        read("own", WHOLE.replace(old, new)).broken()


def test_the_example_of_the_documentation_is_a_lesson_that_holds():
    (example,) = re.findall(r"^~~~markdown\n(.*?)^~~~$", DOCS.read_text(), re.M | re.S)
    lesson = read("example", example)
    assert lesson.broken() == []
    assert "{" not in told(lesson)["sections"][0]["html"]
    facts = re.findall(r"`(\w+)\(lane", DOCS.read_text())
    assert {*facts} == {*FACTS}


def test_a_course_brings_lessons_of_its_own(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("optviz.lessons._brought", {})
    (tmp_path / "01-own.md").write_text(WHOLE)
    (tmp_path / "02-none.md").write_text("nothing")
    (sentence,) = bring(tmp_path)
    assert sentence.startswith("02-none.md is left out: The lesson none needs a title")
    assert [*lessons()][-1] == "own"
    assert data("lesson=own")["lesson"]["title"] == "A title"
    # What it claims of its races is tried beforehand.
    assert main([str(tmp_path)]) == 1
    own = capsys.readouterr().out.splitlines()[0]
    assert own.startswith('own: First: loss("SGD") > loss("Slow") is not so')
    assert main(["nowhere"]) == 2
    assert "Name one folder" in capsys.readouterr().err
    (tmp_path / "02-none.md").unlink()
    (tmp_path / "01-own.md").write_text(WHOLE.replace('loss("SGD") > loss("Slow")', "1 < 2"))
    assert main([str(tmp_path)]) == 0


def test_a_lesson_that_cannot_be_shown_says_why_and_the_list_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr("optviz.lessons._brought", {})
    (tmp_path / "own.md").write_text(WHOLE.replace("surface=booth", "surface=bath"))
    assert bring(tmp_path) == []
    said = data("lesson=own")
    assert said["lesson"] is None
    assert any("There is no surface 'bath'" in problem for problem in said["problems"])
    assert [one["slug"] for one in said["contents"]] == [*lessons()]
