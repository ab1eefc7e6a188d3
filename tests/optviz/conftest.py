"""A surface that counts how often it is traced, and what several test modules ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import jax
import pytest

from optviz.api import api
from surfaces import Surface, shape


@dataclass
class Probe:
    """A surface whose shape parameter `mix` blends a curved valley with a bowl.

    `traces` counts the calls of its function: a compiled program makes none.
    """

    traces: int = 0
    surface: Surface = field(init=False)

    def __post_init__(self) -> None:
        def mixed(x, y, *, mix=shape(0.5, 0.0, 1.0, "share of the bowl")):
            self.traces += 1
            return mix * (x * x + 9 * y * y) / 2 + (1 - mix) * ((1 - x) ** 2 + (y - x * x) ** 2)

        self.surface = Surface(mixed, "Probe", x=(-4.5, 4.5), y=(-4.5, 4.5), start=(1.2, 0.8))


class Client:
    """Asks an ASGI application, one request after the other, in one event loop."""

    def __init__(self, app, runner: asyncio.Runner) -> None:
        self._runner = runner
        transport = httpx.ASGITransport(app=app)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://optviz.test")

    def get(self, path: str, **options) -> httpx.Response:
        return self._runner.run(self._client.get(path, **options))

    def head(self, path: str) -> httpx.Response:
        return self._runner.run(self._client.head(path))

    def post(self, path: str) -> httpx.Response:
        return self._runner.run(self._client.post(path))


@pytest.fixture(scope="session")
def probe() -> Probe:
    return Probe()


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """Ask the data plane as a browser does, without a socket."""
    with asyncio.Runner() as runner:
        yield Client(api, runner)


@pytest.fixture
def float64() -> Iterator[None]:
    """Compute in float64 for the length of a test."""
    with jax.enable_x64(True):
        yield
