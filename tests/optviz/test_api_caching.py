"""Replies may be kept: their tag names what determines them, and asking again costs nothing."""

from __future__ import annotations

import pytest

from optviz.api import app, asked, assets, caching

PATHS = {
    "race": "/race?surface=booth&steps=20&lane=sgd,lr:0.01",
    "race as JSON": "/race?surface=booth&steps=20&lane=sgd,lr:0.01&format=json",
    "race as a page": "/race?surface=rosenbrock&steps=20&lane=sgd,lr:0.001&format=html",
    "surface": "/surface?surface=booth&n=9",
    "catalogue": "/catalogue",
    "pictures": "/pictures",
}


@pytest.fixture(params=PATHS)
def path(request):
    return PATHS[request.param]


@pytest.fixture
def idle(monkeypatch):
    """Fail the test if anything is computed."""

    async def refuse(*_):
        pytest.fail("this was computed")

    def forbid():
        monkeypatch.setattr(asked.REPLIES, "reply", refuse)
        monkeypatch.setattr(app.to_thread, "run_sync", refuse)

    return forbid


def test_a_known_reply_is_confirmed_without_computing(client, path, idle):
    tag = client.get(path).headers["etag"]
    idle()
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"].startswith("public, max-age=")


@pytest.mark.parametrize(
    "header", ["W/{}", '"other", {}', '{}, "other"', 'W/"a,b",W/{}', "*", " * "]
)
def test_a_proxy_may_weaken_or_list_tags(client, path, idle, header):
    tag = client.get(path).headers["etag"]
    idle()
    assert client.get(path, headers={"If-None-Match": header.format(tag)}).status_code == 304


@pytest.mark.parametrize("part", ["start={},1", "lane=sgd,lr:{}", "noise={}", "noise_decay={}"])
def test_zero_has_no_sign(client, part):
    replies = [
        client.get(f"/race?surface=booth&steps=3&{part.format(zero)}&format=json")
        for zero in ("0", "-0", "-0.0")
    ]
    assert replies[0].status_code == 200
    assert len({reply.headers["etag"] for reply in replies}) == 1
    assert len({reply.content for reply in replies}) == 1


def test_another_tag_gets_the_whole_reply(client, path):
    tag = client.get(path).headers["etag"].strip('"')
    for header in ('"0123456789abcdef"', tag, f'"{tag}0"', f'"not {tag}"', "", '"*"'):
        reply = client.get(path, headers={"If-None-Match": header})
        assert reply.status_code == 200
        assert reply.content


def test_every_reply_may_be_kept_by_anyone(client, path):
    headers = client.get(path).headers
    assert headers["cache-control"] == f"public, max-age={caching.MAX_AGE}"
    assert "set-cookie" not in headers


def test_tags_tell_replies_apart(client):
    paths = [
        *PATHS.values(),
        "/race?surface=booth&steps=21&lane=sgd,lr:0.01",
        "/race?surface=booth&steps=20&lane=sgd,lr:0.02",
        "/surface?surface=booth&n=10",
        "/surface?surface=booth&n=9&x=0,1",
        "/surface?surface=booth&n=9&y=0,1",
        "/surface?surface=matyas&n=9",
        "/surface?surface=booth&n=9&format=json",
    ]
    assert len({client.get(path).headers["etag"] for path in paths}) == len(paths)


def test_one_race_has_one_tag_however_it_is_written(client):
    """What a link leaves out, and how it writes a number, changes no reply."""
    same = [
        "/race?surface=booth&steps=20&lane=sgd,lr:0.01",
        "/race?lane=sgd,lr:1e-2&surface=booth&steps=20.0",
        "/race?surface=booth&steps=20&lane=sgd,lr:0.010&noise=0&schedule=constant&seed=0",
        "/race?surface=booth&steps=20&lane=sgd%2Clr%3A0.01&start=-8,7",
    ]
    assert len({client.get(path).headers["etag"] for path in same}) == 1


ONE = {
    "race": [
        "/race?surface=booth&steps=20&lane=adam",
        "/race?surface=booth&steps=20&lane=adam,lr:0.05,label:Adam&start=-8,7&rest=0",
    ],
    "surface": [
        "/surface?surface=ravine&n=9",
        "/surface?surface=ravine&n=9.0&x=-5,5&lane=adam",
        "/surface?surface=ravine&n=9&shape=condition:25&steps=7&start=1,2&seed=3&noise=1",
        "/surface?y=-4,4.0&surface=ravine&n=9&lane=sgd&lane=lion&schedule=cosine",
    ],
    "inspection": [
        "/inspection?steps=20&lane=sgd&lane=adam&of=1",
        "/inspection?steps=20&lane=sgd&lane=adam&lane=1",
        "/inspection?lane=1&lane=sgd&lane=adam&steps=20",
    ],
    "map": [
        "/map?surface=booth&steps=20&lane=adam&n=5",
        "/map?surface=booth&steps=20&lane=adam&n=5&of=0&over=x,y&across=-10,10",
        "/map?surface=booth&steps=20&lane=adam&n=5&lane=0&x=-10,10&y=-10,10",
    ],
    "map of settings": [
        "/map?surface=booth&steps=20&lane=momentum&n=5&over=lr,alpha",
        "/map?surface=booth&steps=20&lane=momentum&n=5&over=lr,alpha&up=0,0.999",
    ],
    "comparison": [
        "/compare?surface=booth&rules=adam&trials=2&steps=9&starts=3&of=adam",
        "/compare?surface=booth&rules=sgd,adam&trials=2&steps=9&starts=3&rule=adam&format=json",
    ],
}


@pytest.mark.parametrize("meaning", ONE)
def test_what_means_the_same_has_one_tag_and_one_reply(client, meaning):
    found = [client.get(path) for path in ONE[meaning]]
    assert {reply.status_code for reply in found} == {200}
    assert len({reply.headers["etag"] for reply in found}) == 1
    assert len({reply.content for reply in found}) == 1


def test_a_new_release_has_new_tags(client, path, monkeypatch):
    before = client.get(path).headers["etag"]
    monkeypatch.setattr(caching, "fingerprint", lambda: "another release")
    assert client.get(path).headers["etag"] != before


def test_a_refusal_is_not_kept(client):
    reply = client.get("/race?surface=nothing")
    assert reply.status_code == 422
    assert "etag" not in reply.headers
    assert "max-age" not in reply.headers.get("cache-control", "")


def test_the_fingerprint_changes_with_any_source(tmp_path, monkeypatch):
    package = tmp_path / "optviz"
    for room in ("player/race", "player/look", "kernels"):
        (package / room).mkdir(parents=True)
    (tmp_path / "surfaces").mkdir()
    seen = set()
    monkeypatch.setattr(assets, "PACKAGE", package)
    player = "player/race/page.js", "player/look/look.css"
    for name in ("engine.py", *player, "kernels/cells.glsl", "rates.json"):
        (package / name).write_text("1")
        seen.add(assets.fingerprint.__wrapped__())
    (tmp_path / "surfaces" / "bowls.py").write_text("1")
    seen.add(assets.fingerprint.__wrapped__())
    (tmp_path / "catalogues").mkdir()
    (tmp_path / "catalogues" / "parameter.py").write_text("1")
    seen.add(assets.fingerprint.__wrapped__())
    (package / "engine.py").write_text("2")
    seen.add(assets.fingerprint.__wrapped__())
    assert len(seen) == 8
