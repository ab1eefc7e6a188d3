"""A measured figure, its peers and its limits, and the table that they are printed in."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

COLUMNS = ("figure", "p50", "p95", "ratio", "target", "met")


@dataclass(frozen=True)
class Peer:
    """What a figure is compared with: samples in its unit, taken in turn with the figure's own.

    `least` is the ratio that is promised: how many times better the figure must be.
    """

    name: str
    samples: Sequence[float]
    least: float | None = None


@dataclass(frozen=True)
class Figure:
    """Samples of one thing in `unit`, with the most (or least) that its percentiles may be.

    `limits` maps "p50" or "p95" to a number. `rising` says that more is better, as for frames
    per second; then p95 is the value that 95 of 100 samples exceed.
    """

    name: str
    samples: Sequence[float]
    unit: str = "ms"
    limits: Mapping[str, float] = field(default_factory=dict)
    peers: Sequence[Peer] = ()
    rising: bool = False

    def rows(self) -> list[tuple[str, ...]]:
        """Return the rows of the table: the figure's own, then one for each peer."""
        own = self._percentiles(self.samples)
        sign, met = (">=", self._above) if self.rising else ("<=", self._below)
        target = ", ".join(f"{name} {sign} {limit:g}" for name, limit in self.limits.items())
        verdict = _verdict(met(own)) if self.limits else ""
        return [
            (self.name, *self._shown(own), "", target, verdict),
            *(self._row(peer, own["p50"]) for peer in self.peers),
        ]

    def _row(self, peer: Peer, own: float) -> tuple[str, ...]:
        theirs = self._percentiles(peer.samples)
        ratio = own / theirs["p50"] if self.rising else theirs["p50"] / own
        target = "" if peer.least is None else f"ratio >= {peer.least:g}"
        verdict = "" if peer.least is None else _verdict(ratio >= peer.least)
        return (f"  {peer.name}", *self._shown(theirs), f"{ratio:.3g} x", target, verdict)

    def _percentiles(self, samples: Sequence[float]) -> dict[str, float]:
        p50, p95 = np.percentile(samples, [50, 5 if self.rising else 95])
        return {"p50": float(p50), "p95": float(p95)}

    def _shown(self, percentiles: Mapping[str, float]) -> tuple[str, str]:
        p50, p95 = (f"{value:.3g} {self.unit}".strip() for value in percentiles.values())
        return p50, p95 if len(self.samples) > 1 else ""

    def _below(self, own: Mapping[str, float]) -> bool:
        return all(own[name] <= limit for name, limit in self.limits.items())

    def _above(self, own: Mapping[str, float]) -> bool:
        return all(own[name] >= limit for name, limit in self.limits.items())


def _verdict(met: bool) -> str:
    return "yes" if met else "NO"


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as one table of text."""
    rows = [COLUMNS, *(row for figure in figures for row in figure.rows())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * sum(widths, 2 * (len(widths) - 1)), *lines[1:]])


def in_turn(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """Call the works one after another, `rounds` times; return each one's times in ms.

    Whatever disturbs the machine for a while disturbs all of them alike.
    """
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, kept in zip(works, times, strict=True):
            begun = time.perf_counter()
            work()
            kept.append(1e3 * (time.perf_counter() - begun))
    return times
