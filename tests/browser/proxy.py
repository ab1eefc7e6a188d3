"""A reverse proxy that shows a server below a path, which it strips, and may be far away."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from urllib.parse import urlsplit

MISSED = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def shown_below(server: str, path: str, delay: float = 0) -> Iterator[str]:
    """Show a server below `/path/`, and nothing beside it; yields the address there.

    What is sent takes `delay` seconds, each way.
    """
    target = urlsplit(server)
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = door.accept()
                    where = (target.hostname, target.port)
                    threading.Thread(
                        target=_pass_on, args=(client, where, path, delay), daemon=True
                    ).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/{path}"


def _pass_on(client: socket.socket, where: tuple[str, int], path: str, delay: float) -> None:
    """Pass on one request and all that follows it on its connection."""
    with client, suppress(OSError):
        head = b""
        while b"\r\n\r\n" not in head and (part := client.recv(65536)):
            head += part
        method, _, rest = head.partition(b" ")
        if not rest.startswith(f"/{path}/".encode()):
            client.sendall(MISSED if head else b"")
            return
        rest = rest.removeprefix(f"/{path}".encode())
        # A connection for each request, so that each begins with its path.
        if b"websocket" not in rest.lower():
            rest = rest.replace(b"Connection: keep-alive", b"Connection: close", 1)
        with socket.create_connection(where) as server:
            server.sendall(method + b" " + rest)
            back = threading.Thread(target=_pipe, args=(client, server, delay), daemon=True)
            back.start()
            _pipe(server, client, delay)
            back.join()


def _pipe(source: socket.socket, sink: socket.socket, delay: float) -> None:
    """Send on what comes until either end is closed, which closes the other one, too."""
    on_its_way: SimpleQueue[tuple[float, bytes]] = SimpleQueue()

    def arrive() -> None:
        with suppress(OSError):
            while (came := on_its_way.get())[1]:
                time.sleep(max(0.0, came[0] + delay - time.monotonic()))
                sink.sendall(came[1])
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    arrives = threading.Thread(target=arrive, daemon=True)
    arrives.start()
    with suppress(OSError):
        while part := source.recv(65536):
            on_its_way.put((time.monotonic(), part))
    on_its_way.put((0.0, b""))
    arrives.join()
