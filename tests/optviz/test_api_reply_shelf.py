"""What was answered once is kept for who asks next, wherever that is, and never too much of it."""

from __future__ import annotations

import asyncio
import threading

import fakeredis
import pytest

from optviz.api import reply_shelf, work
from optviz.api.reply_shelf import InFolder, InMemory, InRedis, Replies, shelf

KINDS = ("memory", "folder", "redis")


@pytest.fixture(params=KINDS)
def kept(request, tmp_path):
    """A shelf of each kind, for 8000 bytes."""
    if request.param == "memory":
        return InMemory(8000)
    if request.param == "folder":
        return InFolder(tmp_path / "shared", 8000)
    return InRedis(fakeredis.FakeAsyncRedis(), 8000)


def always(_) -> bool:
    return True


def test_a_reply_is_made_once_and_is_the_same_to_the_byte(kept):
    made: list[int] = []

    def make(_) -> bytes:
        made.append(1)
        return bytes(range(256))

    async def ask() -> list[bytes]:
        some = Replies(kept)
        came = [await some.reply(name, make, always, 1) for name in ("a", "a", "b", "a")]
        assert (some.found, some.made) == (2, 2)
        return came

    assert {*asyncio.run(ask())} == {bytes(range(256))}
    assert len(made) == 2


def test_no_more_make_it_than_have_a_turn(kept):
    made, gate = [], threading.Event()

    def make(_) -> bytes:
        made.append(1)
        gate.wait(30)
        return b"1"

    async def crowd() -> list[bytes]:
        some = Replies(kept)
        jobs = [asyncio.create_task(some.reply("a", make, always, 1)) for _ in range(20)]
        while not made:
            await asyncio.sleep(0.01)
        gate.set()
        return await asyncio.gather(*jobs)

    assert {*asyncio.run(crowd())} == {b"1"}
    assert len(made) <= work.TURNS.at_once


def test_what_failed_is_not_kept(kept):
    def fail(_) -> bytes:
        raise ValueError("no")

    async def ask() -> bytes:
        some = Replies(kept)
        with pytest.raises(ValueError, match="no"):
            await some.reply("a", fail, always, 1)
        return await some.reply("a", lambda _: b"1", always, 1)

    assert asyncio.run(ask()) == b"1"


def test_what_is_too_large_is_not_kept(kept):
    async def ask() -> tuple[bytes | None, bytes | None]:
        await kept.put("small", b"1" * 1000)
        await kept.put("large", b"1" * 1001)
        return await kept.found("small"), await kept.found("large")

    assert asyncio.run(ask()) == (b"1" * 1000, None)


def test_in_memory_those_asked_for_longest_ago_make_room():
    async def ask() -> list[str]:
        some = InMemory(4000)
        for name in "abcdefgh":
            await some.put(name, bytes(500))
        await some.found("c")
        await some.put("a", bytes(400))
        for name in "ijk":
            await some.put(name, bytes(500))
        return [name for name in "abcdefghijk" if await some.found(name) is not None]

    # b, d and e made room, a hundred bytes less was enough for the third.
    assert asyncio.run(ask()) == list("acfghijk")


class Away:
    """A Redis that cannot be reached."""

    def __init__(self) -> None:
        self.asked = 0

    async def get(self, *_, **__):
        self.asked += 1
        raise reply_shelf.RedisError("away")

    set = get


def test_a_redis_that_is_away_is_left_alone_for_a_while(monkeypatch, caplog):
    away = Away()

    async def ask() -> list[bytes]:
        some = Replies(InRedis(away, 8000))  # pyright: ignore[reportArgumentType]
        came = [await some.reply("a", lambda _: b"1", always, 1) for _ in range(3)]
        assert away.asked == 1
        monkeypatch.setattr(reply_shelf, "PAUSE", 0.0)
        some = Replies(InRedis(away, 8000))  # pyright: ignore[reportArgumentType]
        await some.reply("a", lambda _: b"1", always, 1)
        return came

    assert asyncio.run(ask()) == [b"1"] * 3
    assert away.asked > 2
    assert "Redis keeps nothing for 5 s: away" in caplog.text


def test_a_setting_names_a_shelf(tmp_path):
    assert isinstance(shelf("", 1), InMemory)
    assert isinstance(shelf(str(tmp_path), 1), InFolder)
    assert isinstance(shelf("redis://localhost:1/0", 1), InRedis)


def test_a_folder_that_cannot_be_written_is_refused_at_once(tmp_path):
    (tmp_path / "file").touch()
    for path in ("file", "nowhere/below"):
        with pytest.raises(OSError, match=r"file|nowhere"):
            shelf(str(tmp_path / path), 1)
    shelf(str(tmp_path / "new"), 1)
    assert [*(tmp_path / "new").iterdir()] == []


def test_a_server_answers_again_without_computing(client, monkeypatch):
    first = client.get("/race?surface=booth&steps=37&seed=12345")
    monkeypatch.setattr(work.TURNS, "at_once", 0)
    monkeypatch.setattr(work.TURNS, "waiting", 0)
    again = client.get("/race?surface=booth&steps=37&seed=12345")
    assert (again.status_code, again.content) == (200, first.content)
    assert client.get("/race?surface=booth&steps=37&seed=54321").status_code == 503
