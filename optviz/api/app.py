"""The HTTP API: its paths, and what is said when a request cannot be answered."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline

from optviz import checks
from optviz.api import assets, caching, comparing, wire
from optviz.api.catalogue import catalogue
from optviz.api.parameters import (
    COMPARISON_PARAMETERS,
    ENSEMBLE_PARAMETERS,
    GRID_PARAMETERS,
    MAP_PARAMETERS,
    OF,
    RACE_PARAMETERS,
    RATES_PARAMETERS,
    REST,
)
from optviz.api.replies import (
    ensemble_reply,
    inspection_reply,
    map_reply,
    problems_reply,
    race_reply,
    rates_reply,
    slopes_reply,
    surface_reply,
)
from optviz.api.work import BusyError, compute, watched
from optviz.checks import RaceError
from optviz.ensemble import MAX_SEED_STEPS, MAX_SEEDS
from optviz.heights import MAX_GRID
from optviz.maps import START, StoppedError, checked_axes
from optviz.race import MAX_LANES, MAX_STEPS, Race

# A map of one request may take so many steps of one cell: about a second on one core.
MAX_CELL_STEPS = MAX_GRID * MAX_GRID * 2000

DESCRIPTION = f"""Every reply is a pure function of its query: it may be cached, and any replica
gives the same one. A race has at most {MAX_LANES} lanes and {MAX_STEPS} steps, a grid at most
{MAX_GRID} x {MAX_GRID} points, a map at most as many cells and {MAX_CELL_STEPS} steps of all its
cells together, a comparison {comparing.MAX_RULE_STEPS} steps of each optimizer, an ensemble
{MAX_SEEDS} seeds and {MAX_SEED_STEPS} steps of all of them together. What cannot be answered gets
status 422 and a sentence for each problem.

A reply of bytes begins with `OPTV` and the length of its header (uint32); the header is JSON, and
its field `arrays` names the arrays and their shapes that follow as float32, all little-endian.
`format=json` gives the same as JSON."""


api: FastAPI = FastAPIOffline(
    title="optviz",
    summary="Trajectories of optimizers on two-dimensional surfaces.",
    description=DESCRIPTION,
    version="1",
    redoc_url=None,
)


@api.exception_handler(RaceError)
async def refuse(_: Request, error: RaceError) -> Response:
    """Answer a request that says something wrong."""
    return JSONResponse(problems_reply(error.problems), status_code=422)


@api.exception_handler(BusyError)
async def wait(_: Request, error: BusyError) -> Response:
    """Answer a request that came when too many were waiting."""
    return JSONResponse(problems_reply([str(error)]), status_code=503, headers={"Retry-After": "1"})


@api.exception_handler(StoppedError)
async def stop(_: Request, __: StoppedError) -> Response:
    """End a request whose client has gone away: nobody reads this."""
    return Response(status_code=499)


@api.get("/race", openapi_extra={"parameters": [*RACE_PARAMETERS, REST]}, tags=["races"])
async def race(request: Request) -> Response:
    """Run a race: positions, losses and status of all its lanes."""
    query, options = _split(request, ("rest",))
    asked, rest = Race.from_query(query), options.get("rest") == "1"
    key = f"{asked.to_query()} rest" if rest else asked.to_query()
    return await _reply(request, key, options, lambda: race_reply(asked, rest=rest))


@api.get("/slopes", openapi_extra={"parameters": RACE_PARAMETERS}, tags=["races"])
async def slopes(request: Request) -> Response:
    """Run a race: the norm of the gradient along every lane."""
    query, options = _split(request, ())
    asked = Race.from_query(query)
    return await _reply(request, f"{asked.to_query()} slopes", options, lambda: slopes_reply(asked))


@api.get("/inspection", openapi_extra={"parameters": [*RACE_PARAMETERS, OF]}, tags=["races"])
async def inspection(request: Request) -> Response:
    """Inspect a lane: what every line of its rule computed at every step."""
    query, options = _split(request, ("of",))
    asked = Race.from_query(query)
    lane = _lane(asked, options)
    key = f"{asked.to_query()} inspection {lane}"
    return await _reply(request, key, options, lambda: inspection_reply(asked, lane))


@api.get("/surface", openapi_extra={"parameters": GRID_PARAMETERS}, tags=["races"])
async def surface(request: Request) -> Response:
    """Return the heights of a surface on a grid, scaled to be drawn, and its known minima."""
    query, options = _split(request, ("x", "y", "n"))
    asked = Race.from_query(query)
    x, y = (checks.window(options.get(axis), f"The window's {axis}") for axis in ("x", "y"))
    n = _points(options, 121)
    key = f"{asked.to_query()} {x} {y} {n}"
    return await _reply(request, key, options, lambda: surface_reply(asked, x, y, n))


@api.get("/map", openapi_extra={"parameters": MAP_PARAMETERS}, tags=["maps"])
async def over(request: Request) -> Response:
    """Run a lane from a grid of starts, or with a grid of hyperparameters: what became of each."""
    query, options = _split(request, ("of", "over", "across", "up", "n"))
    asked = Race.from_query(query)
    lane, n = _lane(asked, options), _points(options, 64)
    axes = checked_axes(asked, lane, tuple(options.get("over", ",".join(START)).split(",")))
    across = checks.window(options.get("across"), f"The window's {axes[0]}")
    windows = across, checks.window(options.get("up"), f"The window's {axes[1]}")
    if n * n * asked.steps > MAX_CELL_STEPS:
        most = MAX_CELL_STEPS // asked.steps
        raise RaceError(
            f"With {asked.steps} steps a map has at most {most} cells; n x n is {n * n}."
        )
    key = f"{asked.to_query()} map {lane} {axes} {windows} {n}"
    async with watched(request) as gone:
        make = lambda: map_reply(asked, lane, axes, windows, n, lambda _: not gone.is_set())  # noqa: E731
        return await _reply(request, key, options, make)


@api.get("/rates", openapi_extra={"parameters": RATES_PARAMETERS}, tags=["maps"])
async def rates(request: Request) -> Response:
    """Find a learning rate for a lane: what every rate comes to, and what a range test says."""
    query, options = _split(request, ("of", "rough"))
    asked, rough = Race.from_query(query), options.get("rough") == "1"
    lane = _lane(asked, options)
    key = f"{asked.to_query()} rates {lane} {rough}"
    async with watched(request) as gone:
        make = lambda: rates_reply(asked, lane, rough=rough, proceed=lambda _: not gone.is_set())  # noqa: E731
        return await _reply(request, key, options, make)


@api.get("/ensemble", openapi_extra={"parameters": ENSEMBLE_PARAMETERS}, tags=["races"])
async def ensemble(request: Request) -> Response:
    """Run a lane under many seeds of its noise: where they end, and quantiles of their loss."""
    query, options = _split(request, ("of", "seeds"))
    asked = Race.from_query(query)
    lane, seeds = _lane(asked, options), _seeds(asked, options)
    key = f"{asked.to_query()} ensemble {lane} {seeds}"
    async with watched(request) as gone:
        make = lambda: ensemble_reply(asked, lane, seeds, lambda _: not gone.is_set())  # noqa: E731
        return await _reply(request, key, options, make)


@api.get("/compare", openapi_extra={"parameters": COMPARISON_PARAMETERS}, tags=["comparisons"])
async def compare(request: Request) -> Response:
    """Tune optimizers with as many trials each, and judge them at their best from other starts."""
    query, options = _split(request, ("of",), {"json", "csv"})
    asked = comparing.checked(query)
    rules, table = comparing.chosen(asked, options.get("of")), options.get("format") == "csv"
    if table and "of" in options:
        raise RaceError("A table has all optimizers: leave out either format=csv or of.")
    media_type = "text/csv" if table else "application/json"
    written = comparing.comparison_table if table else comparing.comparison_reply
    name = f"attachment; filename=optviz-{asked.objective.slug}.csv"

    async with watched(request) as gone:

        async def make() -> bytes:
            # Each waits for its turn anew: between two of them, others have theirs.
            judged = [
                await compute(partial(comparing.verdict, asked, rule, lambda _: not gone.is_set()))
                for rule in rules
            ]
            return written(asked, judged)

        key = f"{asked.to_query()} compare {','.join(rules)} {media_type}"
        headers = {"Content-Disposition": name} if table else {}
        return await caching.answer_when_made(request, key, media_type, make, headers)


@api.get("/catalogue", tags=["races"])
async def everything(request: Request) -> Response:
    """Return all rules, surfaces, schedules and notations, with equations and sources."""
    return await caching.answer(request, "catalogue", "application/json", catalogue)


@api.get("/player/{fingerprint}/{name:path}", include_in_schema=False)
async def asset(fingerprint: str, name: str) -> Response:
    """Return a file of the player; its address changes with its content, so it is kept for ever."""
    if fingerprint != assets.fingerprint() or name not in assets.names():
        return Response("There is no such file; reload the page.", 404, media_type="text/plain")
    body = await compute(lambda: assets.compressed(name))
    return Response(body, media_type=assets.media_type(name), headers=assets.HEADERS)


def _split(
    request: Request, names: tuple[str, ...], formats: Collection[str] = ("json",)
) -> tuple[str, dict[str, str]]:
    """Return the part of the query that describes the experiment, and the options `names`."""
    # Not request.url.query: that fails on bytes that are no text.
    text = request.scope["query_string"].decode(errors="replace")
    pairs = parse_qsl(text, keep_blank_values=True)
    names = (*names, "format")
    options = {name: value for name, value in pairs if name in names}
    if options.get("format", "json") not in formats:
        usual = "json" if len(formats) > 1 else "bytes"
        words = " or ".join(map(repr, sorted(formats)))
        raise RaceError(f"The format is {words}, or left out for {usual}.")
    return urlencode([pair for pair in pairs if pair[0] not in names]), options


def _lane(race: Race, options: dict[str, str]) -> int:
    lane = checks.whole(options.get("of", 0), "of, the number of the lane,", 0)
    if lane >= len(race.lanes):
        raise RaceError(f"The race has {len(race.lanes)} lanes, counted from 0; of is {lane}.")
    return lane


def _points(options: dict[str, str], usual: int) -> int:
    n = checks.whole(options.get("n", usual), "n, the number of points along a side,", 2)
    if n > MAX_GRID:
        raise RaceError(f"A grid has at most {MAX_GRID} points along a side; n is {n:g}.")
    return n


def _seeds(race: Race, options: dict[str, str]) -> int:
    if not race.noise:
        raise RaceError("Without noise every seed gives the same run: ask with noise above 0.")
    seeds = checks.whole(options.get("seeds", 256), "seeds, the number of seeds,", 1)
    most = min(MAX_SEEDS, MAX_SEED_STEPS // race.steps)
    if seeds > most:
        raise RaceError(
            f"With {race.steps} steps an ensemble has at most {most} seeds; seeds is {seeds:g}."
        )
    return seeds


async def _reply(request: Request, key: str, options: dict[str, str], make: Any) -> Response:
    """Answer with the header and arrays that `make` returns, in the format asked for."""
    if "format" in options:
        body = lambda: wire.as_json(*make())  # noqa: E731
        return await caching.answer(request, f"{key} json", "application/json", body)
    body = lambda: wire.pack(*make())  # noqa: E731
    return await caching.answer(request, key, "application/octet-stream", body)
