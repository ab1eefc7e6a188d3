"""The API documents itself, on a page that asks no other host."""

from __future__ import annotations

import re

import pytest

from optviz.comparison import experiment
from optviz.query import KEYS


@pytest.fixture(scope="module")
def document(client):
    return client.get("/openapi.json").json()


def test_every_path_is_listed(document):
    assert [*document["paths"]] == [
        "/race",
        "/slopes",
        "/inspection",
        "/surface",
        "/map",
        "/rates",
        "/ensemble",
        "/compare",
        "/catalogue",
        "/pictures",
        "/kernel",
        "/draws",
        "/qr",
    ]


def test_every_parameter_of_a_race_is_described_with_an_example_that_works(client, document):
    races = ("/race", "/slopes", "/inspection", "/map", "/rates", "/ensemble")
    parameters = {}
    options = {
        "/map": {"over", "x", "y", "n"},
        "/rates": {"rough"},
        "/ensemble": {"seeds"},
        "/race": {"rest", "notation"},
    }
    for path in (*races, "/surface"):
        parameters = {p["name"]: p for p in document["paths"][path]["get"]["parameters"]}
        assert all(p["description"] and p["in"] == "query" for p in parameters.values())
        known = set(KEYS) if path in races else {"surface", "shape", "x", "y", "n"}
        known |= options.get(path, set())
        assert parameters.keys() == known | {"format"}
        params = {
            name: p["example"] for name, p in parameters.items() if name not in ("surface", "shape")
        }
        assert client.get(path, params=params).status_code == 200
    shaped = {name: parameters[name]["example"] for name in ("surface", "shape")}
    assert client.get("/surface", params=shaped).status_code == 200


def test_every_parameter_of_a_comparison_is_described_with_an_example_that_works(client, document):
    described = document["paths"]["/compare"]["get"]["parameters"]
    assert all(one["description"] for one in described)
    examples = {one["name"]: one["example"] for one in described}
    assert {*examples} == {*experiment.KEYS, "rule", "format"}
    assert client.get("/compare", params=examples).status_code == 200


def test_the_page_asks_no_other_host(client):
    page = client.get("/docs")
    assert page.status_code == 200
    addresses = re.findall(r"""(?:src|href)=["']([^"']+)["']""", page.text)
    assert addresses
    for address in addresses:
        # Beside the page, wherever that is shown.
        assert re.match(r"[\w-]+/", address)
        assert client.get(f"/{address}").status_code == 200


def test_no_other_page_is_there(client):
    assert client.get("/redoc").status_code == 404
