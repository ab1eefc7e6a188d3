"""Pages' messages come in one after the other, and the fewer the later the event loop is."""

from __future__ import annotations

import asyncio

import pytest

from optviz.pages import reruns
from optviz.pages.reruns import Pace


def waited(late: float) -> list[float]:
    """Return how long a message waits, part by part, where the event loop is late by so much."""
    now, slept = 0.0, []

    async def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += seconds + late

    async def talk() -> dict[str, str]:
        return {"type": "websocket.receive"}

    async def receive() -> None:
        await Pace(lambda: now, sleep).kept(talk)()

    asyncio.run(receive())
    return slept


def test_the_later_the_loop_is_the_longer_a_message_waits():
    assert waited(0.0) == [reruns.STEP]
    assert waited(0.9 * reruns.LATE) == [reruns.STEP]
    assert waited(0.05) == pytest.approx([reruns.STEP, 0.5])
    assert waited(60.0) == [reruns.STEP, reruns.LONGEST]


def test_what_is_no_message_does_not_wait(monkeypatch):
    monkeypatch.setattr(reruns, "STEP", 60.0)

    async def leave() -> dict[str, str]:
        return {"type": "websocket.disconnect"}

    async def go() -> dict[str, str]:
        async with asyncio.timeout(10):
            return await Pace().kept(leave)()

    assert asyncio.run(go()) == {"type": "websocket.disconnect"}


def test_every_page_has_its_turn():
    order: list[int] = []

    async def crowd() -> None:
        pace = Pace()

        async def talk() -> dict[str, str]:
            return {"type": "websocket.receive"}

        async def page(number: int, times: int) -> None:
            for _ in range(times):
                await pace.kept(talk)()
                order.append(number)

        await asyncio.gather(page(0, 10), page(1, 2))

    asyncio.run(crowd())
    assert order[:4] == [0, 1, 0, 1]
