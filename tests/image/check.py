"""Builds the image without an engine and starts it with all restrictions: `make image-test`.

It prints what it measures, and ends with 1 if the server is not well or does not end in time.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.image.replay import Image, inside, replay

# A number that no file of the image knows, as a cluster gives one.
USER = "1000660000:0"
PATIENCE, GRACE = 60.0, 5.0
UPGRADE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def size(folder: Path) -> int:
    """Return how many bytes a folder takes."""
    said = subprocess.run(["du", "-sb", folder], check=True, capture_output=True, text=True).stdout
    return int(said.split()[0])


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as reply:
        return reply.read()


def started(image: Image, port: int) -> tuple[subprocess.Popen, float]:
    """Start a server and wait until it is well; return it, and how long that took."""
    command = [str(port) if word == "8501" else word for word in image.command]
    begun = time.monotonic()
    process = subprocess.Popen(inside(image, USER, command))
    while time.monotonic() < begun + PATIENCE and process.poll() is None:
        try:
            if get(f"http://127.0.0.1:{port}/_stcore/health") == b"ok":
                return process, time.monotonic() - begun
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise SystemExit("The server is not well.")


def ended(process: subprocess.Popen) -> float:
    """Ask a server to end; return how long it takes."""
    pid = process.pid
    while below := subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    ).stdout:
        pid = int(below.split()[0])
    begun = time.monotonic()
    subprocess.run(["kill", f"-{signal.SIGTERM.value}", str(pid)], check=True)
    process.wait(PATIENCE)
    return time.monotonic() - begun


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        image = replay(Path(folder))
        with socket.create_server(("127.0.0.1", 0)) as door:
            port = door.getsockname()[1]
        process, took = started(image, port)
        page, race = (len(get(f"http://127.0.0.1:{port}/{path}")) for path in ("", "api/race"))
        check = subprocess.run(
            inside(image, USER, [*image.check, str(port)]), check=False
        ).returncode
        with socket.create_connection(("127.0.0.1", port)) as watcher:
            watcher.sendall(UPGRADE.format(port=port).encode())
            accepted = watcher.recv(64).startswith(b"HTTP/1.1 101")
            last = ended(process)
        whole, debian = (size(part) / 1e9 for part in (image.root, image.root / "usr"))
        print(f"unpacked {whole:.2f} GB, of that {debian:.2f} Debian's own")
        print(f"well after {took:.1f} s; ended after {last:.1f} s with a socket open")
        print(f"page {page} bytes, race {race} bytes; its own check ends with {check}")
        return int(not (page and race and accepted and check == 0 and last <= GRACE))


if __name__ == "__main__":
    sys.exit(main())
