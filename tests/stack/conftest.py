"""The servers and the nginx that all tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import Visit, profiles
from tests.stack.stack import NGINX, Stack

__all__ = ["profiles"]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """All of it, started once."""
    assert NGINX, "these tests need nginx: `make stack-test` installs it"
    stack = Stack(tmp_path_factory.mktemp("stack"))
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture
def stack(whole: Stack) -> Iterator[Stack]:
    """All of it, running; what a test has ended is started again."""
    yield whole
    for server in whole.servers:
        server.resume()
    whole.resume_nginx()


@pytest.fixture
def visitor(profiles, stack: Stack) -> Iterator[Visit]:
    """A visitor of the address that nginx answers at."""
    visitor = Visit(profiles, stack.address)
    visitor.expects_refusals = True
    yield visitor
    visitor.close()
