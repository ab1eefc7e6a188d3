"""`python -m benchmarks.load`: a lecture before nginx and two servers, all on this machine."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
from pathlib import Path
from threading import Timer

import httpx

from benchmarks.students import lecture
from tests.stack.stack import NGINX, Stack

# Milliseconds: what a lecture may take, by kind; the herd's is to the last reply of a ready page.
LIMITS = {"opened": 2000, "changed": 250, "data": 100}


def memory(stack: Stack) -> list[float]:
    """Return the megabytes that each server takes."""
    return [one / 2**20 for one in stack.figure("process_resident_memory_bytes")]


def processor(stack: Stack) -> float:
    """Return the processor seconds that the servers have taken."""
    return sum(stack.figure("process_cpu_seconds_total"))


def lag(stack: Stack) -> float:
    """Return the share of looks at which an event loop was more than 100 ms late, in percent."""
    late, all_ = 0.0, 0.0
    for server in stack.servers:
        text = httpx.get(f"{server.address}/metrics", timeout=60).text
        soon = re.search(r'(?m)^optviz_loop_lag_seconds_bucket\{le="0.1"\} (\S+)$', text)
        whole = re.search(r"(?m)^optviz_loop_lag_seconds_count (\S+)$", text)
        assert soon
        assert whole
        late += float(whole[1]) - float(soon[1])
        all_ += float(whole[1])
    return 100 * late / max(all_, 1)


def main() -> int:
    """Hold a lecture, print what students saw, and return whether any of it was too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--herd", type=float, default=60, help="seconds within which all open")
    parser.add_argument("--then", type=float, default=60, help="seconds of changes after that")
    parser.add_argument("--every", type=float, default=5, help="seconds from change to change")
    parser.add_argument("--harm", action="store_true", help="one sends the dearest requests")
    given = parser.parse_args()
    if not NGINX:
        print("This needs nginx: `make load` installs it.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        try:
            stack.start()
            before, began = memory(stack), processor(stack)
            settled: list[float] = []
            # When all are there, and have done what they do for a while.
            look = Timer(given.herd + given.then / 2, lambda: settled.extend(memory(stack)))
            look.start()
            seen = asyncio.run(
                lecture(
                    stack.address,
                    given.students,
                    given.herd,
                    given.then,
                    every=given.every,
                    harm=given.harm,
                )
            )
            look.join()
            after, took = memory(stack), processor(stack) - began
            late = lag(stack)
        finally:
            stack.stop()
    met = True
    print(f"{given.students} students; a change each {given.every:g} s; milliseconds")
    for kind in sorted(seen.took):
        p50, p95, p99 = seen.percentiles(kind)
        limit = LIMITS.get(kind)
        verdict = "" if limit is None else f"  p95 <= {limit}: {'yes' if p95 <= limit else 'NO'}"
        met &= limit is None or p95 <= limit
        count = len(seen.took[kind])
        print(f"  {kind:8} {count:6}  p50 {p50:7.0f}  p95 {p95:7.0f}  p99 {p99:7.0f}{verdict}")
    grown = [new - old for new, old in zip(after, before, strict=True)]
    each = 1000 * sum(grown) / max(given.students, 1)
    print(f"  memory: {[round(one) for one in after]} MB, {each:.0f} kB more for each student")
    print(
        f"  of that in the last half of the changes: {100 * sum(after) / sum(settled) - 100:+.1f} %"
    )
    print(f"  servers: {took:.0f} s of processor; loops late by 100 ms at {late:.1f} % of looks")
    print(f"  told to come again: {dict(seen.refused) or 'nobody'}")
    print(f"  errors: {dict(seen.errors) or 'none'}")
    return int(not met or bool(seen.errors))


if __name__ == "__main__":
    sys.exit(main())
