"""The servers behind nginx answer as one: any of them anything, and what is equal once."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import pytest

from optviz.limits import MAX_LINK
from tests.browser.conftest import ROOT
from tests.stack.stack import NGINX, written

# A busy machine is slow, and that is no fault.
get = partial(httpx.get, timeout=120)
MAP = "api/map?surface=beale&lane=adam,lr:0.05&steps=200&n=48"


def asked(stack, kind: str) -> int:
    """Return how often the servers were asked for something, all together."""
    return int(sum(stack.figure("optviz_request_seconds_count", kind=kind, status="200")))


def test_nginx_takes_the_configuration(tmp_path):
    assert NGINX
    config = tmp_path / "nginx.conf"
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    config.write_text(written(text, tmp_path, 8080, ["127.0.0.1:1", "127.0.0.1:2"]))
    said = subprocess.run([NGINX, "-t", "-c", config], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html"),
        ("maps", "text/html"),
        ("favicon.png", "image/png"),
        ("api/catalogue", "application/json"),
        ("api/race?surface=beale", "application/octet-stream"),
        ("api/docs", "text/html"),
        ("_stcore/health", "text/"),
    ],
)
def test_every_server_answers_the_same(stack, path, kind):
    own = [get(f"{server.address}/{path}") for server in stack.servers]
    through = get(f"{stack.address}/{path}")
    for reply in (*own, through):
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith(kind)
    assert own[0].content == own[1].content == through.content


def test_servers_take_turns(stack):
    before = stack.figure("optviz_request_seconds_count", kind="page", status="200")
    for k in range(6):
        get(f"{stack.address}/?steps={k}").raise_for_status()
    after = stack.figure("optviz_request_seconds_count", kind="page", status="200")
    assert all(new > old for new, old in zip(after, before, strict=True))


def test_what_is_equal_is_computed_once_though_many_ask_at_once(stack):
    before = asked(stack, "api/map")
    with ThreadPoolExecutor(12) as pool:
        replies = [*pool.map(lambda _: get(f"{stack.address}/{MAP}"), range(12))]
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.content for reply in replies}) == 1
    assert asked(stack, "api/map") == before + 1


def test_what_is_wrong_is_not_kept(stack):
    for _ in range(2):
        reply = get(f"{stack.address}/api/race?surface=nowhere")
        assert reply.status_code == 422
        assert reply.json()["problems"]


def test_the_longest_link_goes_through(stack):
    lanes = "".join(f"&lane=sgd,label:{'x' * 36}{k:04}" for k in range(15))
    padded = f"surface=beale{lanes}"
    padded += f"&x={'y' * (MAX_LINK - len(padded) - 100)}"
    for path in ("", "api/race"):
        referrer = {"Referer": f"{stack.address}/?{padded}"}
        reply = get(f"{stack.address}/{path}?{padded}", headers=referrer)
        # Not one of nginx' own refusals.
        assert reply.status_code == (422 if path else 200)


def test_pages_scripts_and_json_are_compressed(stack):
    page = get(f"{stack.address}/").text
    scripts = [part.split('"')[0] for part in page.split('href="')[1:] if ".js" in part]
    assert scripts
    for path in (*scripts, "", "api/catalogue", "api/race?surface=beale&format=json"):
        reply = get(f"{stack.address}/{path.removeprefix('./')}")
        assert reply.status_code == 200, path
        assert reply.headers.get("content-encoding") in ("gzip", "br", "zstd"), path


def test_what_one_release_has_and_another_has_not_is_asked_of_both(stack):
    """While a new release takes over, either may be asked for a file of the other."""
    address = f"{stack.address}/api/player/0123456789abcdef/race.js"
    before = sum(stack.figure("optviz_request_seconds_count", kind="api/player", status="404"))
    assert get(address).status_code == 404
    after = sum(stack.figure("optviz_request_seconds_count", kind="api/player", status="404"))
    assert after == before + 2


def test_figures_are_not_for_everybody(stack):
    """They are collected of each server by itself."""
    assert get(f"{stack.address}/metrics").status_code == 404
    assert get(f"{stack.address}/status").status_code == 200


@pytest.mark.parametrize("path", ["", "maps", "api/race", "api/docs", "_stcore/health", "status"])
def test_no_cookie_is_set_and_nothing_comes_from_elsewhere(stack, path):
    headers = get(f"{stack.address}/{path}").headers
    assert "set-cookie" not in headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        *("/../../etc/passwd", "/static/../../../app.py", "/static/%2e%2e/%2e%2e/app.py"),
        *("/api/player/x/..%2f..%2f..%2fapp.py", "/static/js/..%5c..%5capp.py"),
        *("/api/docs/..;/..;/app.py", "/media/%00", "/_stcore/component/..%2f..%2fapp.py"),
    ],
)
def test_nobody_climbs_out(stack, path):
    """Neither through nginx nor past it."""
    for address in (stack.address, stack.servers[0].address):
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=120)
        connection.request("GET", path)
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        assert reply.status in (400, 403, 404, 422), (address, path)
        assert b"root:" not in body
        assert b"import " not in body


def test_nobody_puts_headers_into_a_reply(stack):
    evil = "x%0d%0aSet-Cookie:%20a=b"
    for path in (f"api/race?surface={evil}", f"api/compare?surface={evil}&format=csv", evil):
        reply = get(f"{stack.address}/{path}", headers={"X-Request-Id": "a b"})
        assert reply.status_code in (404, 422)
        assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_client_that_is_too_slow_to_ask_is_dropped(stack, begun):
    """After ten seconds; one that was never heard of, after as long as a kept connection."""
    with socket.create_connection(("127.0.0.1", stack.port), timeout=120) as slow:
        slow.sendall(begun)
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                if begun:
                    slow.sendall(b"x")
                slow.settimeout(1)
                if not slow.recv(1024):
                    return
            except TimeoutError:
                continue
            except OSError:
                return
        raise AssertionError("it is still connected")
