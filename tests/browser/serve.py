"""Serves the app as `make run` does, but that only what is asked for is compiled.

Nothing may leave this machine meanwhile: what tries to is told of in the log, and does not get out.
"""

import sys
from ipaddress import ip_address
from typing import Any

import uvicorn

LEFT = "leaves this machine:"


def watch() -> None:
    """Refuse every connection, and every look for a name, that leads elsewhere, and say so."""

    def hear(event: str, given: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            where = given[1][0] if isinstance(given[1], tuple) else ""
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            where = given[0]
        else:
            return
        if not _is_here(where):
            sys.stderr.write(f"{LEFT} {event} {where}\n")
            raise PermissionError(f"{LEFT} {where}")

    sys.addaudithook(hear)


def _is_here(where: str | bytes | None) -> bool:
    named = where.decode() if isinstance(where, bytes) else where or "localhost"
    try:
        return named == "localhost" or ip_address(named).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    watch()
    import app

    # What comes next on a course server is mostly not what these tests ask for.
    app.warm_up_rest = lambda _: None
    uvicorn.run(app.app, port=int(sys.argv[1]))
