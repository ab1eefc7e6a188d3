"""The player's files are served compressed, for ever, under names that change with them."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath

import pytest

from optviz import encodings
from optviz.api import assets
from optviz.api.bundle import bundled

NAMES = sorted(assets.names())
# What is made of the others, and what others made.
MADE = (assets.BUNDLE, assets.CATALOGUE, *assets.OTHERS)


@pytest.fixture(scope="module")
def base():
    return f"/player/{assets.fingerprint()}"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_arrives_as_it_is_to_be_kept_for_ever(client, base, name):
    reply = client.get(f"{base}/{name}")
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["content-encoding"] in {"br", "gzip"}
    assert reply.headers["content-type"].startswith(assets.TYPES[PurePosixPath(name).suffix])
    if name not in MADE:
        assert reply.content == (assets.PLAYER / name).read_bytes()


@pytest.mark.parametrize("encoding", encodings.KNOWN)
def test_who_takes_one_encoding_gets_the_same_in_that_one(client, base, encoding):
    asked = {"Accept-Encoding": encoding}
    reply = client.get(f"{base}/{assets.BUNDLE}", headers=asked)
    assert reply.headers["content-encoding"] == encoding
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.text == bundled(assets.PLAYER)


def test_the_catalogue_to_be_kept_is_the_catalogue(client, base):
    assert client.get(f"{base}/{assets.CATALOGUE}").json() == client.get("/catalogue").json()


@pytest.mark.parametrize("name", sorted(assets.OTHERS))
def test_plotly_is_a_release_that_says_so(client, base, name):
    reply = client.get(f"{base}/{name}")
    assert re.search(rb"plotly\.js (\(cartesian - minified\) )?v\d", reply.content[:200])
    assert b"MIT license" in reply.content[:200]
    assert len(reply.content) > 3 * int(reply.headers["content-length"])


def test_what_draws_the_plane_is_of_the_release_that_draws_in_space(client, base):
    """A picture that looked otherwise after 3-D was opened would be two pictures."""
    heads = [client.get(f"{base}/{name}").content[:200] for name in sorted(assets.OTHERS)]
    releases = {re.findall(rb"v(\d+)\.\d+\.\d+", head)[0] for head in heads}
    assert len(releases) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/player/0000000000000000/hosts/racehost.js",
        "/player//hosts/racehost.js",
        "{base}/nothing.js",
        "{base}/",
        "{base}/../app.py",
        "{base}/..%2F..%2Fapp.py",
        "{base}/%2e%2e%2frace.py",
        "{base}/....//race.py",
        "{base}/%2Fetc%2Fpasswd",
        "{base}/hosts/racehost.js%00",
        "{base}/HOST.JS",
    ],
)
def test_nothing_else_is_served(client, base, path):
    reply = client.get(path.format(base=base), follow_redirects=True)
    assert reply.status_code == 404
    assert "Traceback" not in reply.text


def test_every_module_that_is_imported_is_served():
    for name in NAMES:
        if not name.endswith(".js") or name in MADE:
            continue
        text = (assets.PLAYER / name).read_text()
        imported = re.findall(r"""(?:from|import)\s*\(?["'](\.[^"']+)["']""", text)
        here = PurePosixPath(name).parent
        assert {posixpath.normpath(here / one) for one in imported} <= {*NAMES}, name


def test_no_file_asks_another_host():
    """No CDN: an address of another host may only name a namespace, or stand in a comment."""
    for name in NAMES:
        if name in MADE or name.endswith(".woff2"):
            continue
        text = (assets.PLAYER / name).read_text()
        hosts = {*re.findall(r"https?://([^/\"'`\s)]+)", text)}
        assert hosts <= {"www.w3.org"}, name
