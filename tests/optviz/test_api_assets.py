"""The player's files are served compressed, for ever, under names that change with them."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath

import pytest

from optviz.api import assets

NAMES = sorted(assets.names())
# What is made of the others, and what others made.
MADE = (assets.BUNDLE, assets.PLOTLY)


@pytest.fixture(scope="module")
def base():
    return f"/player/{assets.fingerprint()}"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_arrives_as_it_is_to_be_kept_for_ever(client, base, name):
    reply = client.get(f"{base}/{name}")
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["content-encoding"] == "gzip"
    suffix = name.rpartition(".")[2]
    expected = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}[suffix]
    assert reply.headers["content-type"].startswith(expected)
    if name not in MADE:
        assert reply.content == (assets.PLAYER / name).read_bytes()


def test_plotly_is_the_installed_one(client, base):
    reply = client.get(f"{base}/{assets.PLOTLY}")
    assert b"plotly.js v" in reply.content[:200]
    assert len(reply.content) > 3 * int(reply.headers["content-length"])


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
