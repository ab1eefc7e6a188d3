"""Clients take turns, what is quick goes first, and nobody who leaves keeps a place."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

import pytest

from optviz.api import turns as module
from optviz.api.turns import BusyError, GreedyError, Turns

Names = list[tuple[str, bool]]


async def served(turns: Turns, wanted: Names) -> list[str]:
    """Return the names of those that wait, in the order of their turns, each a client's name."""
    order: list[str] = []

    async def one(name: str, long: bool) -> None:
        async with turns.turn(name, long=long):
            order.append(name)
            await asyncio.sleep(0)

    async with turns.turn("first"):
        jobs = [asyncio.create_task(one(name, long)) for name, long in wanted]
        await asyncio.sleep(0)
    await asyncio.gather(*jobs)
    return order


def test_clients_take_turns_however_much_one_asks_for():
    wanted = [("greedy", False)] * 5 + [("modest", False), ("other", False)]
    order = asyncio.run(served(Turns(at_once=1), wanted))
    assert order == ["greedy", "modest", "other", *["greedy"] * 4]


def test_what_is_quick_goes_before_what_is_long():
    wanted = [("long", True), ("long", True), ("quick", False)]
    assert asyncio.run(served(Turns(at_once=1), wanted)) == ["quick", "long", "long"]


def test_one_turn_is_kept_for_what_is_quick():
    async def crowd() -> tuple[int, bool]:
        turns, running, done = Turns(at_once=2), 0, asyncio.Event()

        async def long() -> None:
            nonlocal running
            async with turns.turn("a", long=True):
                running += 1
                await done.wait()

        jobs = [asyncio.create_task(long()) for _ in range(3)]
        await asyncio.sleep(0.01)
        many = running
        async with asyncio.timeout(10), turns.turn("b"):
            passed = True
        done.set()
        await asyncio.gather(*jobs)
        return many, passed

    assert asyncio.run(crowd()) == (1, True)


def test_a_client_may_wait_for_so_much_and_all_for_so_much():
    async def crowd() -> None:
        turns = Turns(at_once=1, waiting=3, each=2)

        async def wait(name: str) -> None:
            async with turns.turn(name):
                pass

        async with turns.turn("first"):
            jobs = [asyncio.create_task(wait(name)) for name in ("a", "a")]
            await asyncio.sleep(0)
            with pytest.raises(GreedyError, match=r"^2 requests of yours"):
                await wait("a")
            jobs.append(asyncio.create_task(wait("b")))
            await asyncio.sleep(0)
            with pytest.raises(BusyError, match=r"^The server is busy"):
                await wait("c")
            assert turns.waits() == 3
        await asyncio.gather(*jobs)
        assert turns.waits() == 0

    asyncio.run(crowd())


def computed(turns: Turns, name: str, order: list[str], parts: int, stop: threading.Event):
    """Return what computes something long in some parts, each of which it notes, as `name`."""

    async def one() -> None:
        async with turns.turn(name, long=True) as turn:

            def work() -> None:
                for _ in range(parts):
                    order.append(name)
                    stop.wait(0.03)
                    if not turn.goes_on(lambda: True):
                        raise AssertionError

            await asyncio.to_thread(work)

    return one()


def test_what_is_long_has_breaks_for_who_has_computed_less():
    order: list[str] = []

    async def crowd() -> None:
        turns, never = Turns(at_once=1), threading.Event()
        greedy = asyncio.create_task(computed(turns, "greedy", order, 30, never))
        while len(order) < 5:
            await asyncio.sleep(0.01)
        await computed(turns, "modest", order, 3, never)
        assert not greedy.done()
        async with turns.turn("quick"):
            assert not greedy.done()
        await greedy

    asyncio.run(crowd())
    assert order.count("greedy") == 30
    assert order[-1] == "greedy"


def test_who_has_computed_much_comes_last_the_next_time():
    order: list[str] = []

    async def crowd() -> None:
        turns, never = Turns(at_once=1), threading.Event()
        await computed(turns, "greedy", order, 5, never)
        async with turns.turn("first", long=True):
            jobs = [
                asyncio.create_task(computed(turns, name, order, 1, never))
                for name in ("greedy", "greedy", "modest", "other")
            ]
            await asyncio.sleep(0.01)
        await asyncio.gather(*jobs)

    asyncio.run(crowd())
    assert order[5:] == ["modest", "other", "greedy", "greedy"]


def test_nobody_has_breaks_for_ever(monkeypatch):
    async def crowd() -> None:
        turns, never = Turns(at_once=1), threading.Event()
        monkeypatch.setattr(module, "LONGEST", 0.1)
        with pytest.raises(BusyError, match="too long"):
            await computed(turns, "slow", [], 100, never)
        monkeypatch.setattr(module, "PATIENCE", 0.1)
        async with turns.turn("first"):
            with pytest.raises(BusyError, match="busy"):
                await computed(turns, "patient", [], 1, never)
        assert turns.waits() == 0

    asyncio.run(crowd())


def test_who_leaves_in_a_break_is_not_waited_for():
    async def crowd() -> bool:
        turns = Turns(at_once=1)
        here = threading.Event()
        here.set()

        async def leaving() -> bool:
            async with turns.turn("gone", long=True) as turn:

                def work() -> bool:
                    while turn.goes_on(here.is_set):
                        here.wait(0.01)
                    return turn.has

                return await asyncio.to_thread(work)

        job = asyncio.create_task(leaving())
        await asyncio.sleep(0.05)
        async with turns.turn("quick"):
            here.clear()
            had = await job
        assert turns.waits() == 0
        return had

    assert asyncio.run(crowd()) is False


@pytest.mark.parametrize("admitted", [False, True])
def test_who_leaves_gives_the_place_back(admitted):
    async def crowd() -> None:
        turns = Turns(at_once=1)

        async def hold() -> None:
            async with turns.turn("gone"):
                await asyncio.sleep(60)

        if admitted:
            job = asyncio.create_task(hold())
            await asyncio.sleep(0.01)
            job.cancel()
        else:
            async with turns.turn("first"):
                job = asyncio.create_task(hold())
                await asyncio.sleep(0)
                assert turns.waits() == 1
                job.cancel()
                with suppress(asyncio.CancelledError):
                    await job
        with suppress(asyncio.CancelledError):
            await job
        assert turns.waits() == 0
        async with asyncio.timeout(10), turns.turn("next"):
            pass

    asyncio.run(crowd())
