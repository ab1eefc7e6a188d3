"""Hostile requests get a sentence: never a trace, never a number without bounds."""

from __future__ import annotations

import asyncio

import pytest

from optviz.api import api
from optviz.api.app import PATHS
from optviz.api.parameters import PARAMETERS
from optviz.limits import MAX_GRID, MAX_LANES, MAX_STEPS

RACES = {
    "unknown surface": ("surface=rosenbrok", "Did you mean 'rosenbrock'?"),
    "unknown rule": ("lane=adom", "Did you mean 'adam'?"),
    "unknown schedule": ("schedule=cosinus", "Did you mean 'cosine'?"),
    "unknown part": ("colour=red", "unknown part 'colour'"),
    "unknown hyperparameter": ("lane=sgd,alpha:0.9", "SGD has no hyperparameter 'alpha'."),
    "a name of our own code": ("lane=adam,make:1", "Adam has no hyperparameter 'make'."),
    "too many steps": (f"steps={MAX_STEPS + 1}", f"at most {MAX_STEPS} steps"),
    "absurdly many steps": ("steps=1e300", f"at most {MAX_STEPS} steps"),
    "no steps": ("steps=0", "at least 1"),
    "negative steps": ("steps=-5", "at least 1"),
    "too many lanes": ("&".join(["lane=sgd"] * (MAX_LANES + 1)), f"at most {MAX_LANES} lanes"),
    "a thousand lanes": ("&".join(["lane=sgd"] * 1000), f"at most {MAX_LANES} lanes"),
    "nan": ("start=nan,0", "not a finite number"),
    "infinity": ("lane=sgd,lr:inf", "not a finite number"),
    "overflow": ("noise=1e999", "not a finite number"),
    "many digits": ("seed=" + "9" * 5000, "not a"),
    "negative noise": ("noise=-1", "cannot be below 0"),
    "an empty start": ("start=", "'' is not a number"),
    "null byte": ("surface=%00", "no surface '\\x00'"),
    "percent garbage": ("surface=%zz%", "no surface '%zz%'"),
    "bytes that are no text": ("surface=%FF%FE", "There is no surface"),
    "markup": ("surface=%3Cscript%3Ealert(1)%3C/script%3E", "There is no surface"),
    "a formula": ("surface=__import__('os')", "There is no surface"),
    "a very long word": ("surface=" + "x" * 20_000, "There is no surface"),
    "a very long link": ("surface=" + "x" * 50_000, "longer than"),
    "another format": ("format=xml", "The format is '"),
    "a surface twice": (
        "surface=beale&surface=booth",
        "The link gives surface twice; give it once.",
    ),
    "a format twice": ("format=json&format=json", "gives format twice"),
    "a seed that no browser holds": ("seed=9007199254740992", "at most 9007199254740991"),
    "a number in place of a lane": ("lane=0", "There is no optimizer '0'."),
    "an empty format": ("format=", "The format is '"),
    "a large seed": ("seed=1e308", "this one is 1e308."),
    "a seed of 300 digits": ("seed=1" + "0" * 300, "this one is 1e+300."),
    "a setting just out of its range": (
        "surface=plateau&shape=slope:0.1000000001",
        "0.1000000001 is not within 1e-06 to 0.1.",
    ),
    "a negative noise of many digits": ("noise=-0.12345678", "The noise is -0.12345678;"),
}
GRIDS = {
    "twice the same": ("n=9&n=9", "The query gives n twice; give it once."),
    "twice": ("x=0,1&n=9&x=1,2", "The query gives x twice"),
    "too fine": (f"n={MAX_GRID + 1}", f"at most {MAX_GRID}"),
    "absurdly fine": ("n=1e300", f"at most {MAX_GRID}"),
    "too coarse": ("n=1", "at least 2"),
    "half a point": ("n=2.5", "whole number"),
    "no number": ("n=many", "n, the number of points along a side: 'many' is not a number."),
    "not a number": ("n=nan", "n, the number of points along a side: 'nan' is not"),
    "window of one number": ("x=1", "needs two numbers"),
    "window of three": ("y=1,2,3", "it has 3"),
    "empty window": ("x=", "'' is not a number"),
    "window of nan": ("x=nan,1", "not a finite number"),
    "backwards": ("x=2,1", "from a lower number to a higher one"),
    "no width": ("y=1,1", "from a lower number to a higher one"),
    "wider than a number": ("x=-1e308,1e308", "The window's x is too wide: its limits differ"),
}
CASES = [
    pytest.param(path, *case, id=f"{path[1:]}: {name}")
    for path, cases in (("/race", RACES), ("/surface", RACES | GRIDS))
    for name, case in cases.items()
]


@pytest.mark.parametrize(("path", "query", "says"), CASES)
def test_a_bad_request_gets_a_sentence(client, path, query, says):
    reply = client.get(f"{path}?{query}")
    assert reply.status_code == 422
    body = reply.json()
    assert body.keys() == {"detail", "problems"}
    assert body["detail"] == " ".join(body["problems"])
    assert says in body["detail"]
    for problem in body["problems"]:
        assert problem[-1] in ".?"
        assert len(problem) < 600
        assert "Traceback" not in problem
        assert "Error" not in problem


def test_everything_that_is_wrong_is_listed(client):
    reply = client.get("/race?surface=x&steps=y&lane=sgd,lr:z&noise=-1")
    assert len(reply.json()["problems"]) == 4


SWITCHES = {"/race": "rest", "/rates": "rough"}


@pytest.mark.parametrize(("path", "switch"), SWITCHES.items())
@pytest.mark.parametrize("given", ["2", "yes", "true", ""])
def test_a_switch_is_1_or_0(client, path, switch, given):
    reply = client.get(f"{path}?lane=sgd&steps=5&{switch}={given}")
    assert reply.status_code == 422
    assert reply.json()["problems"] == [f"{switch} is 1 or 0, not {given!r}."]


@pytest.mark.parametrize("path", SWITCHES)
def test_a_switch_that_is_off_is_as_if_it_were_left_out(client, path):
    bare = client.get(f"{path}?lane=sgd&steps=5")
    off = client.get(f"{path}?lane=sgd&steps=5&{SWITCHES[path]}=0")
    assert off.headers["etag"] == bare.headers["etag"]


@pytest.mark.parametrize("kind", PATHS, ids=lambda kind: kind.path)
def test_an_unknown_part_is_told_all_that_there_is(client, kind):
    (problem,) = client.get(f"{kind.path}?Zzzzzzzz=1").json()["problems"][:1]
    assert problem.startswith("The link has an unknown part 'Zzzzzzzz'. There is surface, ")
    listed = problem.removesuffix(".").partition("There is ")[2].split(", ")
    assert {one["name"] for one in PARAMETERS[kind.path]} <= {*listed}


def test_a_lane_of_one_is_not_there(client):
    (problem,) = client.get("/map?lane=sgd&lane=1&n=4").json()["problems"]
    assert problem == "The race has 1 lane, counted from 0; there is no lane 1."


def test_a_window_is_no_part_of_a_race(client):
    reply = client.get("/race?x=1,2")
    assert reply.status_code == 422
    assert "unknown part 'x'" in reply.json()["detail"]


@pytest.mark.parametrize("path", ["/race", "/surface"])
def test_raw_bytes_in_the_address_are_no_crash(path):
    """No honest client sends them; they reach the application all the same."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"surface=\xff\xfe\x00",
        "root_path": "",
        "headers": [],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    asyncio.run(api(scope, receive, send))
    assert sent[0]["status"] == 422
    assert b"There is no surface" in sent[1]["body"]


@pytest.mark.parametrize("path", ["/", "/nothing", "/race/1", "/../app.py", "/%00"])
def test_an_unknown_address_is_not_found(client, path):
    assert client.get(path).status_code == 404
