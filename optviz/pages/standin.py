"""What a page says to its module, over HTTP: where Streamlit's connection is blocked."""

from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from optviz.pages import paths
from optviz.pages.entrance import REFUSAL


async def stand_in(request: Request) -> Response:
    """Answer with what Streamlit would have told the page of an address, as JSON.

    `refusal` says why the page may not connect, if the server has refused it.
    """
    name, query = request.path_params["page"], request.url.query
    if name not in paths.ALL:
        return JSONResponse({"detail": "There is no such page."}, 404)
    said = await to_thread.run_sync(_said, name or paths.RACE, query)
    said["refusal"] = request.scope.get(REFUSAL, "")
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def _said(name: str, query: str) -> dict[str, Any]:
    # Components want Streamlit to run before they are there.
    from optviz.pages import compare, lessons, maps, race, sheets  # noqa: PLC0415
    from optviz.pages.hosted import delivered  # noqa: PLC0415

    all_of_them = (race.PAGE, maps.PAGE, compare.PAGE, lessons.PAGE, sheets.PAGE)
    pages = {page.path: page for page in all_of_them}
    return delivered(pages[name].host, pages[name].data(query))
