"""The real app in a process of its own, and one kept connection to it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
PORTS: Mapping[str, int] = {
    name: 8614 + k
    for k, name in enumerate(("api", "browser", "looks", "maps", "live", "shared", "visits"))
}
ROOT = Path(__file__).parents[1]
LONGEST_START = 300.0
# What `make run` sets: programs that were compiled once are read from a file.
KEPT_PROGRAMS = {
    "JAX_COMPILATION_CACHE_DIR": ".cache/jax",
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
}


class Server:
    """The app while it is served; called with a path, it asks for that over one kept connection."""

    def __init__(self, port: int, pid: int) -> None:
        self._port, self._pid = port, pid
        self._kept = self.connect()

    def __call__(self, path: str) -> bytes:
        """Return what stands at a path."""
        self._kept.request("GET", path)
        return self._kept.getresponse().read()

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection of its own."""
        return http.client.HTTPConnection(HOST, self._port, timeout=60)

    def close(self) -> None:
        """Leave; a next call begins a new connection."""
        self._kept.close()

    def cpu_seconds(self) -> float:
        """Return how long the server has kept cores busy, in units of 10 ms."""
        user, system = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def busy(self) -> float:
        """Return how many cores it keeps busy during one second."""
        before = self.cpu_seconds()
        time.sleep(1)
        return self.cpu_seconds() - before


@contextmanager
def served(port: int) -> Iterator[Server]:
    """Serve the app at `port`.

    The app compiles for the other surfaces after it has opened: that is waited for, too.
    """
    command = [sys.executable, "-m", "uvicorn", "app:app", "--host", HOST, "--port", str(port)]
    options = ["--log-level", "warning", "--no-access-log"]
    environment = os.environ | KEPT_PROGRAMS
    with subprocess.Popen([*command, *options], cwd=ROOT, env=environment) as process:
        server = Server(port, process.pid)
        try:
            _wait(process, server)
            yield server
        finally:
            server.close()
            process.terminate()


def _wait(process: subprocess.Popen[bytes], server: Server) -> None:
    """Return when the app answers and its background work has come to rest."""
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the app ended while it was starting")
        try:
            server("/_stcore/health")
            break
        except OSError:
            server.close()
            time.sleep(0.2)
    server.close()  # while the app is left alone it would drop the connection
    while time.monotonic() < end and server.busy() > 0.1:
        pass
