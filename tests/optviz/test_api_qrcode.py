"""A link as a QR code: what a camera reads in it is the link."""

from __future__ import annotations

import io

import numpy as np
import pytest
import segno

from optviz.api.qrcode import qr_code
from optviz.checks import RaceError
from optviz.limits import MAX_CODED

LINK = "https://course.example.org/optviz/?surface=beale&lane=adam,lr:0.3&at=61&present=1"


def test_its_squares_are_those_of_the_link(client):
    reply = client.get("/qr", params={"link": LINK})
    assert reply.headers["content-type"] == "image/svg+xml"
    expected = np.array([[*row] for row in segno.make_qr(LINK, error="l").matrix])
    seen = squares(reply.text)
    np.testing.assert_array_equal(seen[4:-4, 4:-4], expected)
    # Light all around, without which no camera finds it.
    assert not seen[:4].any()
    assert not seen[:, -4:].any()


def squares(svg: str) -> np.ndarray:
    """Return which squares of an SVG of horizontal strokes are dark."""
    size = int(svg.partition('viewBox="0 0 ')[2].split()[0])
    dark = np.zeros((size, size), int)
    path = svg.partition('class="qrline"')[2].partition(' d="')[2].partition('"')[0]
    x, y = 0.0, 0.0
    for stroke in io.StringIO(path.replace("M", "\nM").replace("m", "\nm").replace("h", "\nh")):
        kind, numbers = stroke[:1], stroke[1:].split()
        if kind == "M":
            x, y = map(float, numbers)
        elif kind == "m":
            x, y = x + float(numbers[0]), y + float(numbers[1])
        elif kind == "h":
            dark[int(y), int(x) : int(x) + int(numbers[0])] = 1
            x += float(numbers[0])
    return dark


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("javascript:alert(1)", "begins with http"),
        ("", "begins with http"),
        ("https://" + "x" * MAX_CODED, f"more than {MAX_CODED} characters"),
    ],
)
def test_what_is_no_link_or_too_long_gets_a_sentence(link, sentence, client):
    with pytest.raises(RaceError, match=sentence):
        qr_code(link)
    assert client.get("/qr", params={"link": link}).status_code == 422


@pytest.mark.parametrize(
    "query", ["", "lnk=https://a.b", "link=https://a.b&size=3", "link=a&link=b"]
)
def test_only_a_link_is_asked_for(query, client):
    reply = client.get(f"/qr?{query}")
    assert reply.status_code == 422
    assert reply.json()["problems"]


def test_the_longest_link_has_a_code():
    assert qr_code("https://" + "x" * (MAX_CODED - 8)).startswith(b"<svg")
