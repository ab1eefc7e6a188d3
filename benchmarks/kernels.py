"""Kernels: how long one is printed, how much it is, how long it runs in a browser's engine."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure, Peer
from benchmarks.races import STEPS
from optviz import RULES, SURFACES, Lane, Race, kernel, run
from optviz.api.warmup import freeze
from optviz.kernels import judging

SCRIPT = Path(__file__).with_suffix(".mjs")
MOMENTUM = ("sgd", "momentum", "nesterov")
# What they compute at every step is more than others do.
SECOND_ORDER = ("newton", "bfgs")
SURFACE = "rosenbrock"
RUNS = 20


def figures() -> list[Figure]:
    """Return what printing takes, and what running takes beside the server's own run."""
    first, printed, sizes = _printing()
    took = _running()
    adaptive = [name for name in RULES if name not in (*MOMENTUM, *SECOND_ORDER)]
    whole = np.sum([took[name] for name in RULES], axis=0) / 1000
    return [
        Figure("a kernel, traced and printed", printed, limits={"p50": 60, "p95": 60}),
        Figure("  the slowest of all rules on all surfaces", [max(printed)], limits={"p50": 60}),
        Figure("  the first of a surface, which a server prints at its start", first),
        Figure("a kernel, compressed", sizes, unit="kB", limits={"p95": 4}),
        _beside("momentum family", MOMENTUM, took, 40),
        _beside("adaptive and other rules", adaptive, took, 250),
        Figure(f"all {len(RULES)} rules, {STEPS} steps each", [*whole], limits={"p50": 10}),
    ]


def _printing() -> tuple[list[float], list[float], list[float]]:
    """Return milliseconds of the first on every surface, and of all, and their kilobytes."""
    times, sizes = [], []
    # As a server does at its start: all rules on its first surface, and one on every other.
    for rule in RULES:
        kernel(rule, SURFACE)
    judging.written.cache_clear()
    first = [_printed("sgd", surface)[0] for surface in SURFACES]
    freeze()
    for surface in SURFACES:
        for rule in RULES:
            took, text = _printed(rule, surface)
            times.append(took)
            if rule not in SECOND_ORDER:
                sizes.append(len(gzip.compress(text.encode())) / 1000)
    return first, times, sizes


def _printed(rule: str, surface: str) -> tuple[float, str]:
    begun = time.perf_counter()
    text = kernel(rule, surface)
    return 1000 * (time.perf_counter() - begun), text


def _running() -> dict[str, list[float]]:
    """Return microseconds of every rule on one surface, in Node."""
    with tempfile.TemporaryDirectory() as folder:
        modules = {}
        for rule in RULES:
            path = Path(folder) / f"{rule}.mjs"
            path.write_text(kernel(rule, SURFACE))
            race = Race(SURFACE, [rule])
            modules[rule] = {
                "address": path.as_uri(),
                "values": dict(race.lanes[0].values),
                "start": race.start,
            }
        given = json.dumps({"modules": modules, "given": {"steps": STEPS}})
        node = Path(sys.executable).with_name("node")
        command = [str(node), "--no-warnings", str(SCRIPT)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _beside(name: str, rules, took: dict[str, list[float]], most: float) -> Figure:
    """Return what a lane of these rules takes, beside `optviz.run` of the same lane, warm."""
    theirs = []
    for rule in rules:
        race = Race(SURFACE, [Lane(rule)], steps=STEPS)
        run(race)
        for _ in range(RUNS):
            begun = time.perf_counter()
            run(race)
            theirs.append(1e6 * (time.perf_counter() - begun))
    samples = [sample for rule in rules for sample in took[rule]]
    peers = [Peer("optviz.run of the same lane, warm", theirs)]
    return Figure(
        f"{name}, a lane, {STEPS} steps", samples, unit="us", limits={"p50": most}, peers=peers
    )
