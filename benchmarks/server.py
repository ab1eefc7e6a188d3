"""The real app in a process of its own, and one kept connection to it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
PORTS: Mapping[str, int] = {"api": 8614, "browser": 8615, "looks": 8616, "maps": 8617, "live": 8618}
ROOT = Path(__file__).parents[1]
LONGEST_START = 300.0
# What `make run` sets: programs that were compiled once are read from a file.
KEPT_PROGRAMS = {
    "JAX_COMPILATION_CACHE_DIR": ".cache/jax",
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
}


@contextmanager
def served(port: int) -> Iterator[Callable[[str], bytes]]:
    """Serve the app at `port`; yield get(path), which asks over one kept connection.

    The app compiles for the other surfaces after it has opened: that is waited for, too.
    """
    command = [sys.executable, "-m", "uvicorn", "app:app", "--host", HOST, "--port", str(port)]
    options = ["--log-level", "warning", "--no-access-log"]
    environment = os.environ | KEPT_PROGRAMS
    with subprocess.Popen([*command, *options], cwd=ROOT, env=environment) as process:
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        try:
            _wait(process, connection)
            yield lambda path: _get(connection, path)
        finally:
            connection.close()
            process.terminate()


def _get(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    return connection.getresponse().read()


def _wait(process: subprocess.Popen[bytes], connection: http.client.HTTPConnection) -> None:
    """Return when the app answers and its background work has come to rest."""
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the app ended while it was starting")
        try:
            _get(connection, "/_stcore/health")
            break
        except OSError:
            connection.close()
            time.sleep(0.2)
    connection.close()  # while the app is left alone it would drop the connection
    while time.monotonic() < end and _share_of_a_core(process.pid) > 0.1:
        pass


def _share_of_a_core(pid: int) -> float:
    """Return how busy a process is during one second."""
    before = _cpu_seconds(pid)
    time.sleep(1)
    return _cpu_seconds(pid) - before


def _cpu_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
