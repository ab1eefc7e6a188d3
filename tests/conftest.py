"""The order of the tests: those that drive a browser come last."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: once it is started, Playwright keeps an event loop of its own."""
    items.sort(key=lambda item: "browser" in item.path.parts)
