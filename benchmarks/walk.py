"""`python -m benchmarks.walk`: how much memory a server takes that is asked for everything."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import httpx

from optviz import RULES, SURFACES
from tests.browser.conftest import Server

# Megabytes: of memory, and of compiled programs, as `compose.yaml` has it.
MOST, PROGRAMS = 700, "256"


def asked(surface: str, number: int) -> list[str]:
    """Return one request of every kind about a surface, each time of other rules."""
    rules = [*[*RULES][number % len(RULES) :], *RULES]
    race = f"surface={surface}&steps=300&" + "&".join(f"lane={rule}" for rule in rules[:4])
    noisy = f"{race}&noise=0.1"
    return [
        *(f"race?{race}", f"race?{noisy}&format=json", f"slopes?{race}"),
        *(f"inspection?{race}&lane={k}" for k in range(3)),
        f"surface?surface={surface}&n=141",
        *(f"map?{race}&lane={k}&n=64" for k in range(3)),
        *(f"map?{race}&lane=0&over=lr,x&n=64", f"map?{race}&lane=1&n=256"),
        *(f"rates?{race}&lane=0", f"ensemble?{noisy}&lane=1&seeds=256"),
        *(f"kernel?rule={rule}&surface={surface}" for rule in rules[:4]),
        f"compare?surface={surface}&rules={rules[0]},{rules[1]}&trials=64&starts=64&steps=300",
    ]


def main() -> int:
    """Walk through the catalogue and print what memory is taken after each surface."""
    os.environ["OPTVIZ_PROGRAMS_MB"] = PROGRAMS
    highest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log")
        server.start()
        try:
            with httpx.Client(base_url=server.address, timeout=300) as client:
                for number, surface in enumerate(SURFACES):
                    replies = [client.get(f"/api/{path}") for path in asked(surface, 2 * number)]
                    failed = [one.url for one in replies if one.status_code not in (200, 422)]
                    figures = dict(
                        line.rsplit(" ", 1)
                        for line in client.get("/metrics").text.splitlines()
                        if not line.startswith("#")
                    )
                    taken = float(figures["process_resident_memory_bytes"]) / 2**20
                    kept = float(figures["optviz_program_bytes"]) / 2**20
                    highest = max(highest, taken)
                    print(f"{surface:18} {taken:5.0f} MB, programs {kept:4.0f} MB", failed or "")
        finally:
            server.stop()
    print(f"highest: {highest:.0f} MB; at most {MOST}: {'yes' if highest <= MOST else 'NO'}")
    return int(highest > MOST)


if __name__ == "__main__":
    sys.exit(main())
