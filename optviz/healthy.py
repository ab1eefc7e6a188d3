"""Asks this machine's server whether it is well, and says so by the exit status."""

import http.client
import os
import sys

from optviz import settings


def healthy(port: int = 8501, timeout: float = 4.0) -> bool:
    """Return whether a server at a port answers that it is well."""
    base = settings.read(os.environ)["OPTVIZ_BASE_PATH"]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", f"{base}/_stcore/health")
        return connection.getresponse().read(16) == b"ok"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not healthy(*map(int, sys.argv[1:])))
