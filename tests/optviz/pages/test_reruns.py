"""Pages' messages come in one after the other, and the fewer the later the event loop is."""

from __future__ import annotations

import asyncio
import time

from optviz.pages import reruns
from optviz.pages.reruns import Pace


def passed(pages: int, busy: float, seconds: float) -> int:
    """Return how many messages come in while each keeps the event loop busy for so long."""
    count = 0

    async def crowd() -> None:
        pace = Pace()

        async def talk() -> dict[str, str]:
            return {"type": "websocket.receive"}

        async def page() -> None:
            nonlocal count
            receive = pace.kept(talk)
            while True:
                await receive()
                count += 1
                # As starting a thread does among many.
                asyncio.get_running_loop().call_soon(time.sleep, busy)

        tasks = [asyncio.create_task(page()) for _ in range(pages)]
        await asyncio.sleep(seconds)
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(crowd())
    return count


def test_a_loop_that_is_late_gets_fewer():
    assert passed(20, 0.0, 1.0) > 5 * passed(20, 0.1, 1.0) > 0


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
