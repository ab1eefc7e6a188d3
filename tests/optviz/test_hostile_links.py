"""A link with thousands of broken parts gets a few sentences, for the work of a few."""

from __future__ import annotations

import difflib
from itertools import islice, product
from string import ascii_lowercase

import pytest

from optviz import link
from optviz.query import MAX_LINK, MAX_PROBLEMS, MAX_SETTINGS, MORE_PROBLEMS, pairs
from optviz.race import DEFAULT, MAX_LANES, Race, RaceError, read


def words(n):
    """Return n words that nothing is called by."""
    return ["".join(letters) for letters in islice(product(ascii_lowercase, repeat=3), n)]


def settings(n, value):
    return ",".join(f"{word}:{value}" for word in words(n))


# What n broken parts look like.
HOSTILE = {
    "unknown parts": lambda n: "&".join(f"{word}=1" for word in words(n)),
    "one part again and again": lambda n: "&".join(["steps=7"] * n),
    "unknown optimizers": lambda n: "&".join(f"lane={word}" for word in words(n)),
    "lanes of unknown settings": lambda n: "&".join(
        [f"lane=adam,{settings(MAX_SETTINGS, 1)}"] * (n // MAX_SETTINGS)
    ),
    "lanes of no numbers": lambda n: "&".join(["lane=adam,lr:x,rho1:y,rho2:z"] * (n // 3)),
    "settings of a lane": lambda n: f"lane=adam,{settings(n, 1)}",
    "settings without a number": lambda n: f"lane=adam,{','.join(words(n))}",
    "one setting again and again": lambda n: "lane=adam" + ",lr:1" * n,
    "shape parameters": lambda n: f"surface=ravine&shape={settings(n, 1)}",
    "settings of a schedule": lambda n: f"schedule=cosine,{settings(n, 1)}",
    "coordinates": lambda n: "start=" + ",".join(["1"] * n),
    "everything": lambda n: "&".join(
        [
            f"surface=ravine&shape={settings(n // 3, 1)}&schedule=cosine,{settings(n // 3, 1)}",
            *[f"lane=adam,{settings(MAX_SETTINGS, 'x')}"] * (n // 3 // MAX_SETTINGS),
        ]
    ),
}


@pytest.fixture(params=HOSTILE)
def hostile(request):
    return HOSTILE[request.param]


@pytest.fixture
def searches(monkeypatch):
    """Count the searches for a word like the one that was typed: what a sentence costs."""
    counted: list[str] = []
    near = difflib.get_close_matches

    def search(word, *rest, **options):
        counted.append(word)
        return near(word, *rest, **options)

    monkeypatch.setattr(difflib, "get_close_matches", search)
    return counted


@pytest.mark.parametrize("n", [300, 1200])
def test_thousands_of_broken_parts_get_a_few_sentences(hostile, n):
    text = hostile(n)
    assert len(text) <= MAX_LINK, "it would not be read at all"
    race, problems = read(pairs(text))
    assert 1 <= len(problems) <= MAX_PROBLEMS + 1
    assert sum(map(len, problems)) < 10_000
    assert 1 <= len(race.lanes) <= MAX_LANES
    with pytest.raises(RaceError) as caught:
        Race.from_query(text)
    assert list(caught.value.problems) == problems


def test_more_broken_parts_are_no_more_work(hostile, searches):
    read(pairs(hostile(1200)))
    few = len(searches)
    read(pairs(hostile(2400)))
    assert len(searches) == 2 * few
    assert few <= 3 * MAX_LANES * MAX_SETTINGS


@pytest.mark.parametrize("kind", ["unknown parts", "lanes of unknown settings", "everything"])
def test_what_is_cut_short_says_so(kind):
    """Whoever repairs all that is named must not believe that nothing else is wrong."""
    _, problems = read(pairs(HOSTILE[kind](1200)))
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems.index(MORE_PROBLEMS) == MAX_PROBLEMS


def test_as_many_faults_as_are_named_are_all_named():
    parts = [f"{word}=1" for word in words(MAX_PROBLEMS - 1)]
    _, problems = read(pairs("&".join(parts)))
    assert len(problems) == MAX_PROBLEMS - 1
    assert all(word.split("=")[0] in said for word, said in zip(parts, problems, strict=True))


@pytest.mark.parametrize("key", ["hidden", "chosen", "notation", "linked"])
def test_a_view_of_thousands_of_parts_gets_one_sentence_each(key):
    numbers = ",".join(map(str, range(6000)))
    found = link.read("&".join([f"{key}={numbers}"] * 3) + f"&{HOSTILE['everything'](300)}")
    assert len(found.problems) <= MAX_PROBLEMS + 3
    alone = link.read(f"{key}={numbers}")
    assert alone.race == DEFAULT
    assert len(alone.problems) <= 1
    assert all(len(problem) < 300 for problem in alone.problems)


def test_a_request_of_thousands_of_broken_parts_is_refused_in_a_few_sentences(client, hostile):
    reply = client.get(f"/race?{hostile(600)}")
    assert reply.status_code == 422
    assert 1 <= len(reply.json()["problems"]) <= MAX_PROBLEMS + 1
