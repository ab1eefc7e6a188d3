"""A link as a QR code, which a hall full of phones reads from a screen."""

import io

import segno
from fastapi import APIRouter, Request, Response

from optviz.api import caching
from optviz.api.parameters import PARAMETERS, answers
from optviz.api.queries import once
from optviz.api.work import compute
from optviz.checks import RaceError
from optviz.limits import MAX_CODED

# Around the code there is to be so much light, counted in its squares.
QUIET_ZONE = 4
SVG = "image/svg+xml"
ROUTER = APIRouter()


def qr_code(text: str) -> bytes:
    """Return the QR code of a link as SVG, black on white.

    RaceError if it is no link, or longer than a code may be.
    """
    if not text.startswith(("http://", "https://")):
        raise RaceError("A code is of a link, which begins with http:// or https://.")
    if len(text) > MAX_CODED:
        raise RaceError(f"The link has more than {MAX_CODED} characters: no camera reads its code.")
    made = io.BytesIO()
    segno.make_qr(text, error="l").save(
        made, "svg", border=QUIET_ZONE, light="#fff", xmldecl=False, omitsize=True
    )
    return made.getvalue()


@ROUTER.get(
    "/qr",
    tags=["links"],
    response_class=Response,
    responses=answers(SVG),
    openapi_extra={"parameters": PARAMETERS["/qr"]},
)
async def code(request: Request) -> Response:
    """Return a link as a QR code, an image that phones read from a screen."""
    asked = once(request)
    if {*asked} != {"link"}:
        raise RaceError("A code is asked for by link, and nothing else.")
    make = lambda: compute(lambda _: qr_code(asked["link"]))  # noqa: E731
    return await caching.answer(request, f"qr {asked['link']}", SVG, make)
