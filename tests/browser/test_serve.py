"""A server that asks somebody elsewhere for something is noticed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.browser.conftest import ROOT
from tests.browser.serve import LEFT

TRY = """
import socket, sys
from contextlib import suppress
from tests.browser.serve import watch
watch()
with suppress(OSError):
    socket.create_connection((sys.argv[1], 9), timeout=0.1)
"""


@pytest.mark.parametrize(
    ("where", "leaves"),
    [("203.0.113.7", True), ("example.org", True), ("127.0.0.1", False), ("localhost", False)],
)
def test_what_leaves_the_machine_is_told_of(where, leaves):
    command = [sys.executable, "-c", TRY, where]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (LEFT in done.stderr) == leaves, done.stderr
