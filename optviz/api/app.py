"""The HTTP API: its paths, and what is said when a request cannot be answered."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import PurePath

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from optviz import encodings, limits, query
from optviz.api import assets, caching, kernels
from optviz.api.asked import Asked, Options
from optviz.api.catalogue import catalogue
from optviz.api.comparing import ComparisonAsked
from optviz.api.many import EnsembleAsked, MapAsked, RatesAsked
from optviz.api.outermost import Outermost, sentences
from optviz.api.parameters import PARAMETERS, answers
from optviz.api.pictures import pictures
from optviz.api.qrcode import ROUTER
from optviz.api.queries import once, text_of
from optviz.api.single import InspectionAsked, RaceAsked, SlopesAsked, SurfaceAsked
from optviz.api.turns import SOON, BusyError
from optviz.api.work import watched
from optviz.checks import RaceError
from optviz.proceed import StoppedError

# Every path below /api that computes, and the group that it is listed in.
PATHS: Mapping[type[Asked], str] = {
    RaceAsked: "races",
    SlopesAsked: "races",
    InspectionAsked: "races",
    SurfaceAsked: "races",
    MapAsked: "maps",
    RatesAsked: "maps",
    EnsembleAsked: "races",
    ComparisonAsked: "comparisons",
}

DESCRIPTION = f"""Every reply is a pure function of its query: it may be cached, and any replica
gives the same one. A race has at most {limits.MAX_LANES} lanes and {limits.MAX_STEPS} steps, a
grid at most {limits.MAX_GRID} x {limits.MAX_GRID} points, a map at most as many cells and
{limits.MAX_CELL_STEPS} steps of all its cells together, a comparison {limits.MAX_RULE_STEPS} steps
of each optimizer, an ensemble {limits.MAX_SEEDS} seeds and {limits.MAX_SEED_STEPS} steps of all of
them together. What cannot be answered gets status 422 and a sentence for each problem.

A `lane` that is a number, like `lane=1`, says which lane is meant, counted from 0; one that begins
with the slug of a rule adds a lane to the race. Of `lane`, `x`, `y` and `rule`, links may have the
older names `of`, `across`, `up` and `of`.

A reply of bytes begins with `OPTV` and the length of its header (uint32); the header is JSON, and
its field `arrays` names the arrays and their shapes that follow as float32, all little-endian.
`format=json` gives the same as JSON."""


api: FastAPI = FastAPIOffline(
    title="optviz",
    summary="Trajectories of optimizers on two-dimensional surfaces.",
    description=DESCRIPTION,
    version="1",
    docs_url=None,
    redoc_url=None,
    # Beside the document, below whatever path a proxy shows it at.
    servers=[{"url": "."}],
    root_path_in_servers=False,
    # It would lead to whatever host a request names.
    redirect_slashes=False,
)
api.add_middleware(Outermost)


@api.exception_handler(RaceError)
async def refuse(_: Request, error: RaceError) -> Response:
    """Answer a request that says something wrong."""
    return sentences(error.problems, 422)


@api.exception_handler(BusyError)
async def wait(_: Request, error: BusyError) -> Response:
    """Answer a request that came when too many were waiting."""
    return sentences([str(error)], error.status, {"Retry-After": str(SOON)})


@api.exception_handler(StoppedError)
async def stop(_: Request, __: StoppedError) -> Response:
    """End a request whose client has gone away: nobody reads this."""
    return Response(status_code=499)


@api.exception_handler(HTTPException)
async def miss(_: Request, error: HTTPException) -> Response:
    """Answer a request for what is not there, or with a method that has no meaning here."""
    if error.status_code == 405:
        said = "What is here can only be read: ask with GET or HEAD."
        return sentences([said], 405, {"Allow": "GET, HEAD"})
    said = "There is nothing at this address; /api/docs lists what there is."
    return sentences([said], error.status_code, error.headers)


def endpoint(kind: type[Asked]) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers the requests of a path."""

    async def answered(request: Request) -> Response:
        asked = kind.read(*_split(request, kind))
        async with watched(request, asked.cost) as gone:
            make = lambda: asked.body(lambda _: not gone.is_set())  # noqa: E731
            return await caching.answer(request, asked.key, asked.media_type, make, asked.headers)

    return answered


for _kind, _tag in PATHS.items():
    api.add_api_route(
        _kind.path,
        endpoint(_kind),
        name=_kind.path.strip("/"),
        tags=[_tag],
        description=_kind.__doc__,
        response_class=Response,
        responses=answers(*_kind.types),
        openapi_extra={"parameters": PARAMETERS[_kind.path]},
    )


@api.get("/docs", include_in_schema=False)
async def document() -> Response:
    """Return the page on which the API documents itself."""
    files = "static-offline-docs"
    return get_swagger_ui_html(
        openapi_url="openapi.json",
        title=f"{api.title}: HTTP API",
        swagger_js_url=f"{files}/swagger-ui-bundle.js",
        swagger_css_url=f"{files}/swagger-ui.css",
        swagger_favicon_url=f"{files}/favicon.png",
    )


JSON = "application/json"


@api.get("/catalogue", tags=["races"], response_class=Response, responses=answers(JSON))
async def everything(request: Request) -> Response:
    """Return all rules, surfaces, schedules, notations and limits, with equations and sources."""
    # At once: what is kept waits for no computation.
    make = lambda: to_thread.run_sync(catalogue)  # noqa: E731
    return await caching.answer(request, "catalogue", JSON, make)


@api.get("/pictures", tags=["races"], response_class=Response, responses=answers(JSON))
async def menu_pictures(request: Request) -> Response:
    """Return a small picture of every surface, for a menu: letters for bands of heights."""
    make = lambda: to_thread.run_sync(pictures)  # noqa: E731
    return await caching.answer(request, "pictures", JSON, make)


@api.get(
    "/kernel",
    tags=["kernels"],
    response_class=Response,
    responses=answers(assets.TYPES[".js"]),
    openapi_extra={"parameters": PARAMETERS["/kernel"]},
)
async def kernel(request: Request) -> Response:
    """Return the program of a rule on a surface, or of a schedule, as an ES module.

    It is what the server itself runs, printed. `Content-Location` is the address under which it may
    be kept for ever.
    """
    names = kernels.names(once(request))
    await to_thread.run_sync(kernels.compressed, *names)
    place = f"player/{assets.fingerprint()}/kernels/{'/'.join(names)}.js"
    make = lambda: to_thread.run_sync(kernels.compressed, *names)  # noqa: E731
    headers = {"Content-Encoding": "gzip", "Content-Location": place}
    return await caching.answer(request, place, assets.TYPES[".js"], make, headers)


@api.get(
    "/draws",
    tags=["kernels"],
    response_class=Response,
    responses=answers("application/octet-stream"),
    openapi_extra={"parameters": PARAMETERS["/draws"]},
)
async def draws(request: Request) -> Response:
    """Return what noise is made of: (steps, 2) standard normal draws of a seed, as float64.

    A race's noise at step k is `noise exp(-noise_decay k)` times them; little-endian. Of several
    seeds, which follow each other, they follow each other: (seeds, steps, 2).
    """
    asked = once(request)
    body = await to_thread.run_sync(kernels.drawn, asked)

    async def make() -> bytes:
        return body

    key = f"draws {asked['seed']} {asked['steps']} {asked.get('seeds', 1)}"
    return await caching.answer(request, key, "application/octet-stream", make, assets.FOR_EVER)


api.include_router(ROUTER)

# Files of the player that are printed, and what prints them.
_PROGRAMS: Mapping[str, Callable[..., bytes]] = {
    r"kernels/(\w+)(?:/(\w+))?(?:/(\w+))?\.js": kernels.compressed,
    r"kernels/cells/(\w+)/(\w+)/(\w+,\w+)(?:/([\w,]+))?\.js": kernels.cells,
}


@api.get("/player/{fingerprint}/{name:path}", include_in_schema=False)
async def asset(request: Request, fingerprint: str, name: str) -> Response:
    """Return a file of the player; its address changes with its content, so it is kept for ever."""
    if fingerprint != assets.fingerprint():
        return _no_file()
    accepted = request.headers.getlist("accept-encoding")
    try:
        body, encoding = await to_thread.run_sync(_file, name, accepted)
    except RaceError:
        return _no_file()
    return Response(
        body, media_type=assets.TYPES[PurePath(name).suffix], headers=assets.headers(encoding)
    )


def _file(name: str, accepted: Sequence[str]) -> tuple[bytes, str]:
    """Return a file of the player as it is sent, and how it is encoded; RaceError if there is none.

    `accepted` are the values of the request's Accept-Encoding.
    """
    for pattern, make in _PROGRAMS.items():
        if found := re.fullmatch(pattern, name):
            return make(*filter(None, found.groups())), "gzip"
    if name not in assets.names():
        raise RaceError("There is no such file.")
    encoding = encodings.taken(accepted) or "gzip"
    return assets.encoded(name, encoding), encoding


def _no_file() -> Response:
    return Response("There is no such file; reload the page.", 404, media_type="text/plain")


def _split(request: Request, kind: type[Asked]) -> tuple[query.Pairs, Options]:
    """Return the part of the query that describes the experiment, and the request's options."""
    text = text_of(request)
    names = {said: name for name, older in kind.options.items() for said in (name, older)}
    options: dict[str, str] = {}
    rest = []
    for name, value in query.pairs(text):
        # One lane of several is meant by its number; with a slug another one is added.
        added = name == "lane" and not re.fullmatch(r"[+-]?\d+", value)
        option = None if added else names.get(name)
        if option in options:
            raise RaceError(f"The query gives {option} twice; give it once.")
        if option:
            options[option] = value
        else:
            rest.append((name, value))
    if options.get("format", "json") not in kind.formats:
        words = " or ".join(map(repr, sorted(kind.formats)))
        raise RaceError(f"The format is {words}, or left out for {kind.usual}.")
    return rest, options
