"""The server computes a little at a time, and says when too many wait."""

from __future__ import annotations

import asyncio
import threading

import pytest

from optviz import programs
from optviz.api import asked, assets, turns, work
from surfaces import SURFACES

AT_ONCE = work.TURNS.at_once


def test_no_more_is_computed_at_once_than_is_allowed():
    running, most, lock = 0, 0, threading.Lock()
    # Nobody passes alone: as many as are allowed must be at work together.
    together = threading.Barrier(AT_ONCE, timeout=30)

    def job(_):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait()
        with lock:
            running -= 1
        return running

    async def many():
        return await asyncio.gather(*(work.compute(job) for _ in range(20)))

    assert len(asyncio.run(many())) == 20
    assert most == AT_ONCE


def test_who_comes_when_too_many_wait_is_told_so(monkeypatch):
    monkeypatch.setattr(work.TURNS, "waiting", 3)
    gate = threading.Event()

    async def crowd():
        jobs = [
            asyncio.create_task(work.compute(lambda _: gate.wait())) for _ in range(AT_ONCE + 3)
        ]
        await asyncio.sleep(0.05)
        with pytest.raises(turns.BusyError):
            await work.compute(lambda _: gate.wait())
        gate.set()
        return await asyncio.gather(*jobs)

    assert all(asyncio.run(crowd()))


@pytest.fixture
def full(monkeypatch):
    """Nobody has a turn, and nobody may wait."""
    monkeypatch.setattr(work.TURNS, "at_once", 0)
    monkeypatch.setattr(work.TURNS, "waiting", 0)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("path", ["/race?seed=98765", "/surface?n=37"])
def test_a_busy_server_says_when_to_come_again(client, path):
    reply = client.get(path)
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "1"
    assert reply.json()["problems"] == ["The server is busy. Try again in a moment."]
    assert "etag" not in reply.headers


@pytest.mark.usefixtures("full")
def test_what_is_kept_waits_for_no_computation(client):
    base = f"/player/{assets.fingerprint()}"
    for path in ("/catalogue", *(f"{base}/{name}" for name in sorted(assets.names())[:2])):
        assert client.get(path).status_code == 200


def test_who_asks_for_too_much_is_told_so_and_others_are_not(client, monkeypatch):
    monkeypatch.setattr(work.TURNS, "at_once", 0)
    monkeypatch.setattr(work.TURNS, "each", 0)
    reply = client.get("/race?seed=87654", headers={"X-Optviz-Tab": "a"})
    assert reply.status_code == 429
    assert reply.headers["retry-after"] == "1"
    assert reply.json()["problems"][0].startswith("0 requests of yours are waiting already.")


def test_tabs_of_an_address_are_clients(client, monkeypatch):
    seen = []

    async def reply(_, make, *__):
        seen.append(work.CLIENT.get())
        return make(lambda _: True)

    monkeypatch.setattr(asked.REPLIES, "reply", reply)
    for tab in ("one", "two"):
        client.get("/race", headers={"X-Optviz-Tab": tab})
    assert len(set(seen)) == 2
    assert len({name.split()[0] for name in seen}) == 1


def test_an_error_in_a_computation_reaches_the_caller():
    def job(_):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(work.compute(job))


def test_what_needs_a_compiler_leaves_the_turn_that_is_kept_for_what_is_quick():
    """Two of those at once, and nobody else would come; nor many, each with a name of its own."""
    order: list[str] = []
    go_on = threading.Event()

    def compiles(_) -> str:
        programs.BEFORE_COMPILING.get(lambda: None)()
        order.append("compiles")
        go_on.wait(30)
        return "compiled"

    async def named(number: int) -> str:
        work.CLIENT.set(f"10.0.0.7 {number}")
        return await work.compute(compiles)

    async def crowd() -> list[str]:
        jobs = [asyncio.create_task(named(number)) for number in range(20)]
        while not order:
            await asyncio.sleep(0.01)
        async with asyncio.timeout(10):
            assert await work.compute(lambda _: "quick") == "quick"
        go_on.set()
        return await asyncio.gather(*jobs)

    assert {*asyncio.run(crowd())} == {"compiled"}
    assert len(order) == 20


def test_a_race_is_compiled_in_a_long_turn_and_answered(client, monkeypatch):
    """Once: then it is quick."""
    seen: list[bool] = []
    turn = work.TURNS.turn

    def noted(name, *, long):
        seen.append(long)
        return turn(name, long=long)

    monkeypatch.setattr(work.TURNS, "turn", noted)
    programs.PROGRAMS.drop(SURFACES["matyas"].function)
    for seed in (1, 2):
        assert client.get(f"/race?surface=matyas&steps=33&seed={seed}&noise=1").status_code == 200
    assert seen == [False, True, False]
