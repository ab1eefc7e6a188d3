"""A page for whoever runs a lecture: who is here, what is slow, what was refused."""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from statistics import quantiles

from optviz.programs import PROGRAMS
from optviz.watch import figures

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>optviz: status</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="5">
<style>body {{ font: 1rem/1.5 system-ui; margin: 2rem auto; max-width: 44rem; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: right; padding: .15rem .5rem }}
th:first-child, td:first-child {{ text-align: left }} thead {{ border-bottom: 1px solid }}</style>
<h1>The server {name}</h1><p>{here}</p><h2>The last minute</h2>{table}
<p>Times are to the end of the reply, without the way to the reader, and without what a request
waits before it is seen: at most {late}. Of several servers each has a
page of its own, and a proxy shows that of any of them. All figures, for Prometheus, are at
<code>/metrics</code> of the server itself.</p></html>
"""
REFUSALS = ("foreign", "full")
HEADS = ("Asked", "Count", "Half within", "95 % within", "Told to come again", "Failed")


@dataclass(frozen=True)
class Seen:
    """A request that was answered: when, of which kind, how, and how long that took in seconds."""

    at: float
    kind: str
    status: int
    took: float


def page(recent: Sequence[Seen], seconds: float, late: float = 0.0) -> str:
    """Return the page about the requests of the last `seconds`, in which it was at most so late."""
    kinds = sorted({one.kind for one in recent})
    rows = [_row(kind, [one for one in recent if one.kind == kind]) for kind in kinds]
    head = "".join(f'<th scope="col">{name}' for name in HEADS)
    table = f"<table><thead><tr>{head}<tbody>{''.join(rows)}</table>"
    nothing = f"<p>Nothing was asked in the last {seconds:.0f} seconds.</p>"
    name = escape(f"{socket.gethostname()}, process {os.getpid()}")
    waited = f"{1000 * late:.0f} ms"
    return PAGE.format(name=name, here=_here(), late=waited, table=table if rows else nothing)


def _here() -> str:
    open_, waiting = (int(_value(one)) for one in ("optviz_sessions", "optviz_waiting"))
    memory = (_value("process_resident_memory_bytes") or 0) / 2**20
    refused = sum(_value("optviz_connections_refused_total", why=why) for why in REFUSALS)
    said = [
        f"{open_} page{'s' * (open_ != 1)} open",
        *[f"{int(refused)} tries to connect refused since it began"] * bool(refused),
        f"{waiting} request{'s' * (waiting != 1)} waiting",
        f"{memory:.0f} MB of memory",
        f"{len(PROGRAMS)} programs compiled",
    ]
    return "; ".join(said) + "."


def _value(name: str, **labels: str) -> float:
    return figures.REGISTRY.get_sample_value(name, labels) or 0.0


def _row(kind: str, seen: Sequence[Seen]) -> str:
    took = sorted(1000 * one.took for one in seen)
    cuts = quantiles(took, n=20, method="inclusive") if len(took) > 1 else took * 19
    again = sum(one.status in (429, 503) for one in seen)
    failed = sum(one.status == 500 for one in seen)
    cells = [kind, len(seen), f"{cuts[9]:.0f} ms", f"{cuts[18]:.0f} ms", again, failed]
    return "<tr>" + "".join(f"<td>{escape(str(cell))}" for cell in cells)
