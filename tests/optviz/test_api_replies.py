"""Replies of the data plane: the library's own numbers, in bytes and as JSON."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from optviz import SURFACES, Race, inspect, keeping, run
from optviz.heights import heights
from optviz.race import DEFAULT
from optviz.snippets import DIALECTS
from tests.replies import unpack

QUERIES = {
    "default": "",
    "everything": "surface=ravine&shape=condition:50,rotation:10&start=-2,1&steps=120"
    "&schedule=cosine,end:0.1&noise=0.1&noise_decay=0.01&seed=3"
    "&lane=momentum,lr:0.002,alpha:0.8&lane=adam,lr:0.05,label:My%2520Adam",
    "diverging": "surface=ravine&steps=90&lane=sgd,lr:5&lane=sgd,lr:0.01",
    "no known minimum": "surface=saddle&steps=40&lane=sgd,lr:0.01",
    "other seed": "surface=ravine&noise=0.1&seed=4&lane=sgd,lr:0.01&lane=sgd,lr:0.02",
}


def both(client, path, query):
    """Return header and arrays of a reply in bytes, and the same reply as JSON."""
    data, text = client.get(f"{path}?{query}"), client.get(f"{path}?{query}&format=json")
    assert (data.status_code, text.status_code) == (200, 200), text.text
    assert data.headers["content-type"] == "application/octet-stream"
    assert text.headers["content-type"] == "application/json"
    return *unpack(data.content), json.loads(text.content)


@pytest.fixture(params=QUERIES)
def query(request):
    return QUERIES[request.param]


def test_a_reply_holds_the_librarys_own_numbers(client, query):
    header, arrays, text = both(client, "/race", query)
    race = Race.from_query(query)
    t = run(race)
    assert header["race"] == race.plain()
    assert header["query"] == race.to_query()
    assert header["floor"] == race.objective.minimum
    assert header["notes"] == list(t.notes)
    assert [lane["status"] for lane in header["lanes"]] == [s._asdict() for s in t.status]
    expected = {
        "theta": t.theta,
        "excess": t.loss - (race.objective.minimum or 0.0),
        "schedule": t.multipliers,
    }
    for name, values in expected.items():
        with np.errstate(over="ignore"):
            np.testing.assert_array_equal(arrays[name], values.astype(np.float32))
        finite = np.where(np.isfinite(values), values, np.nan)
        np.testing.assert_array_equal(np.array(text[name], float), finite)


def test_a_lane_is_summed_up(client, query):
    header, _, _ = both(client, "/race", query)
    t = run(Race.from_query(query))
    for index, lane in enumerate(header["lanes"]):
        left = t.status[index].state == "diverged"
        assert lane["final_loss"] == (None if left else t.loss[index, -1])
        known = np.isfinite(t.distance[index])
        assert lane["distance"] == (t.distance[index] if known else None)
        assert lane["steps_to_tolerance"] == t.steps_to_tolerance[index]


def test_bytes_and_json_say_the_same(client, query):
    for path in ("/race", "/surface"):
        header, arrays, text = both(client, path, query)
        listed = header.pop("arrays")
        for entry in listed:
            values = np.array(text.pop(entry["name"]), np.float32)
            assert list(values.shape) == entry["shape"]
            np.testing.assert_array_equal(
                values, np.where(np.isinf(arrays[entry["name"]]), np.nan, arrays[entry["name"]])
            )
        assert header == text


def test_the_shapes_of_a_races_arrays(client):
    header, arrays, _ = both(client, "/race", QUERIES["everything"])
    assert [entry["name"] for entry in header["arrays"]] == ["theta", "excess", "schedule"]
    assert arrays["theta"].shape == (2, 121, 2)
    assert arrays["excess"].shape == (2, 121)
    assert arrays["schedule"].shape == (len(header["lanes"]), 120)


# As JavaScript and Python write them; what is not escaped reads `+` as a space.
NUMBERS = {"1e%2B2": 100, "1E%2B2": 100, "1.5e%2B1": 15, "2E1": 20, "400e-1": 40, "2500E-2": 25}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_with_an_exponent_survives(client, text):
    number = NUMBERS[text]
    query = (
        f"surface=ravine&shape=condition:{text}&start={text},-{text}&noise={text}"
        f"&schedule=step_drop,every:{text}&steps=4&lane=momentum,lr:{text},alpha:{text}"
    )
    race = both(client, "/race", query)[0]["race"]
    assert race["start"] == [number, -number]
    assert race["shape"]["condition"] == race["noise"] == number
    assert race["schedule"]["values"] == {"drop": 0.5, "every": number}
    assert race["lanes"][0]["values"] == {"lr": number, "alpha": number}

    window = f"x=-{text},{text}&y={text},1e%2B03"
    plain = f"x=-{number},{number}&y={number},1000"
    grid, arrays, _ = both(client, "/surface", f"surface=booth&{window}&n=3")
    assert (grid["x"], grid["y"]) == ([-number, number], [number, 1000])
    _, expected, _ = both(client, "/surface", f"surface=booth&{plain}&n=3")
    np.testing.assert_array_equal(arrays["height"], expected["height"])


def test_a_diverged_lane_ends_in_nothing(client):
    header, arrays, text = both(client, "/race", QUERIES["diverging"])
    step = header["lanes"][0]["status"]["step"]
    assert 0 < step < 90
    assert np.isfinite(arrays["theta"][0, : step + 1]).all()
    assert np.isnan(arrays["theta"][0, step + 1 :]).all()
    assert np.isnan(arrays["excess"][0, step + 1 :]).all()
    assert text["theta"][0][-1] == [None, None]
    assert np.isfinite(arrays["theta"][1]).all()


@pytest.mark.parametrize("query", ["noise=1e308", "start=1e308,-1e308", "start=1e200,1"])
def test_absurd_numbers_get_an_answer(client, query):
    header, _, _ = both(client, "/race", query)
    assert {lane["status"]["state"] for lane in header["lanes"]} == {"diverged"}


def test_the_excess_stays_exact_near_a_minimum_that_is_not_zero(client):
    """At float32 a loss of 3 + 1e-9 would be 3: the floor is taken off before."""
    query = "surface=goldstein_price&start=0.001,-1&steps=300&lane=sgd,lr:0.0005"
    header, arrays, _ = both(client, "/race", query)
    t = run(Race.from_query(query))
    assert header["floor"] == 3
    seen = t.loss[0] - 3 > 1e-12
    np.testing.assert_allclose(arrays["excess"][0][seen], (t.loss[0] - 3)[seen], rtol=1e-6)
    assert 0 < arrays["excess"][0][seen].min() < 1e-9


def test_the_rest_gives_positions_all_their_digits(client, query):
    _, without, _ = both(client, "/race", query)
    header, arrays, _ = both(client, "/race", f"{query}&rest=1")
    theta = run(Race.from_query(header["query"])).theta
    assert "rest" not in without
    np.testing.assert_array_equal(arrays["theta"], without["theta"])
    whole = arrays["theta"].astype(float) + arrays["rest"]
    np.testing.assert_allclose(whole, theta, rtol=1e-14, atol=1e-37)


def test_the_default_race_is_that_of_a_page_without_a_link(client):
    header, _, _ = both(client, "/race", "")
    assert header["race"] == DEFAULT.plain()
    assert header["query"] == DEFAULT.to_query()


def test_a_reply_is_a_pure_function_of_its_query(client, query):
    first, again = client.get(f"/race?{query}"), client.get(f"/race?{query}")
    assert first.content == again.content
    assert first.headers == again.headers


@pytest.mark.parametrize("slug", ["rosenbrock", "saddle", "easom"])
@pytest.mark.parametrize("window", ["", "&x=-1,2.5&y=0,0.5&n=7"])
def test_a_grid_is_that_of_the_library(client, slug, window):
    header, arrays, _ = both(client, "/surface", f"surface={slug}{window}")
    surface, n = SURFACES[slug], 7 if window else 121
    x, y = ((-1.0, 2.5), (0.0, 0.5)) if window else (surface.x, surface.y)
    grid = heights(surface, surface.values(), x, y, n)
    np.testing.assert_array_equal(arrays["height"], grid.height.astype(np.float32))
    assert (header["x"], header["y"], header["n"]) == (list(x), list(y), n)
    assert (header["scale"], header["offset"]) == (grid.scale, grid.offset)
    assert header["floor"] == surface.minimum
    assert header["height_range"] == [grid.height.min(), grid.height.max()]
    for facts in ("minima", "local_minima", "saddles"):
        assert header[facts] == [list(point) for point in getattr(surface, facts)]


def test_a_shape_changes_the_grid(client):
    _, before, _ = both(client, "/surface", "surface=ravine")
    _, after, _ = both(client, "/surface", "surface=ravine&shape=rotation:70")
    assert (before["height"] != after["height"]).any()


def test_a_grid_without_any_number_has_no_range(client):
    header, _, text = both(client, "/surface", "x=1e200,1e201&n=3")
    assert header["height_range"] == [None, None]
    assert text["height"] == [[None] * 3] * 3


def test_slopes_are_the_norms_of_the_librarys_gradients(client, query):
    header, arrays, text = both(client, "/slopes", query)
    race = Race.from_query(query)
    norms = np.hypot(*np.moveaxis(run(race).grad, -1, 0))
    assert header["query"] == race.to_query()
    np.testing.assert_allclose(arrays["slope"], norms.astype(np.float32), rtol=1e-6)
    finite = np.where(np.isfinite(norms), norms, np.nan)
    np.testing.assert_allclose(np.array(text["slope"], float), finite, rtol=1e-15)


def test_an_inspection_is_the_librarys_own(client, query):
    race = Race.from_query(query)
    lane = len(race.lanes) - 1
    header, arrays, text = both(client, "/inspection", f"{query}&of={lane}")
    trajectories = run(race)
    seen = inspect(trajectories, lane)
    for name, along in trajectories.memory[lane].items():
        np.testing.assert_array_equal(header["initial"][name], along[0])
    assert [(line["target"], line["role"]) for line in header["lines"]] == [
        (line.target, line.role) for line in seen.lines
    ]
    sizes = [int(np.prod(line["shape"])) for line in header["lines"]]
    columns = np.split(arrays["values"], np.cumsum(sizes)[:-1], axis=1)
    for column, values in zip(columns, seen.values, strict=True):
        np.testing.assert_array_equal(column, values.reshape(race.steps, -1).astype(np.float32))
    parts = [seen.momentum, seen.slope, seen.pull, seen.rest]
    for index, part in enumerate(parts):
        np.testing.assert_array_equal(arrays["parts"][:, index], part.astype(np.float32))
    assert ("rate" in arrays) == (seen.rate is not None) == ("rate" in text)
    assert arrays["hessian"].shape == (race.steps + 1, 2, 2)


@pytest.mark.parametrize(
    ("of", "sentence"), [("4", "has 4 lanes"), ("-1", "at least 0"), ("x", "no lane 'x'")]
)
def test_an_inspection_of_no_lane_gets_a_sentence(client, of, sentence):
    reply = client.get(f"/inspection?of={of}")
    assert reply.status_code == 422
    assert sentence in reply.json()["detail"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_race_is_taken_away_as_a_program(client, dialect):
    query = QUERIES["everything"]
    reply = client.get(f"/race?{query}&format={dialect}")
    assert reply.status_code == 200
    assert reply.text == Race.from_query(query).to_code(dialect)
    name = f"attachment; filename=optviz-ravine-{dialect}.py"
    assert reply.headers["content-disposition"] == name
    assert reply.headers["content-type"].partition(";")[0] == "text/x-python"


def test_a_library_in_which_there_is_no_program_gets_a_sentence(client):
    reply = client.get("/race?format=tensorflow")
    assert reply.status_code == 422
    assert all(repr(dialect) in reply.json()["detail"] for dialect in DIALECTS)


def test_a_race_is_taken_away_as_a_file(client):
    query = QUERIES["everything"]
    done = run(Race.from_query(query))
    for kind in ("csv", "npz"):
        reply = client.get(f"/race?{query}&format={kind}")
        assert reply.status_code == 200
        name = f"attachment; filename=optviz-ravine.{kind}"
        assert reply.headers["content-disposition"] == name
        assert reply.headers["content-type"].partition(";")[0] == (
            "text/csv" if kind == "csv" else "application/zip"
        )
        if kind == "csv":
            assert reply.text == keeping.as_csv(done)
        else:
            kept = np.load(io.BytesIO(reply.content), allow_pickle=False)
            np.testing.assert_array_equal(kept["theta"], done.theta)


def test_the_page_of_a_race_is_a_file_in_the_notation_asked_for(client):
    reply = client.get("/race?surface=beale&lane=sgd,lr:0.01&format=html&notation=ruder")
    assert reply.headers["content-disposition"] == "attachment; filename=optviz-beale.html"
    assert reply.headers["content-type"].startswith("text/html")
    assert '"notation": "ruder"' in reply.text
    wrong = client.get("/race?surface=beale&format=html&notation=rudr")
    assert "Did you mean 'ruder'?" in wrong.json()["detail"]
