"""The ASGI app: Streamlit's pages and the data plane, in one process.

`uvicorn app:app` serves it fastest; `streamlit run app.py` serves it too.
"""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from optviz import lessons, quota, settings
from optviz.api import api, work
from optviz.api.reply_shelf import REPLIES, shelf
from optviz.api.warmup import in_background, warm_up, warm_up_rest
from optviz.pages.entrance import Entrance
from optviz.pages.frontend import Frontend, make_ready
from optviz.pages.standin import stand_in
from optviz.programs import PROGRAMS
from optviz.watch import figures, logs
from optviz.watch.meter import Meter, lag_watched
from optviz.watch.refusals import Refusals

try:
    SETTINGS = settings.read(os.environ)
except settings.SettingError as wrong:
    raise SystemExit(str(wrong)) from None
# Before JAX computes anything.
os.environ.update(quota.bounded(os.environ))
logs.begin(SETTINGS["OPTVIZ_LOG_LEVEL"])
LOG = logging.getLogger("optviz.app")
if (pages := quota.pages_for(quota.open_more_files())) < SETTINGS["OPTVIZ_SESSIONS"]:
    LOG.warning(
        "This process may open files for some %d pages, and OPTVIZ_SESSIONS is %d: raise the "
        "limit (nofile), or set fewer.",
        pages,
        SETTINGS["OPTVIZ_SESSIONS"],
    )
work.TURNS.at_once = SETTINGS["OPTVIZ_AT_ONCE"]
work.TURNS.waiting = SETTINGS["OPTVIZ_WAITING"]
work.TURNS.each = SETTINGS["OPTVIZ_WAITING_EACH"]
PROGRAMS.most = SETTINGS["OPTVIZ_PROGRAMS_MB"] << 20
try:
    REPLIES.shelf = shelf(SETTINGS["OPTVIZ_REPLIES"], SETTINGS["OPTVIZ_REPLIES_MB"] << 20)
except OSError as why:
    raise SystemExit(f"Into the folder of OPTVIZ_REPLIES nothing can be written: {why}") from None
if SETTINGS["OPTVIZ_LESSONS"]:
    for problem in lessons.bring(SETTINGS["OPTVIZ_LESSONS"]):
        LOG.warning("A lesson %s", problem)
figures.watch_waiting(work.TURNS.waits)
figures.watch_replies(lambda: (REPLIES.found, REPLIES.made))

SCRIPT = Path(__file__).parent / "optviz" / "pages" / "main.py"


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Be ready for the first visitor before the door opens, and for the rest soon after."""
    # Streamlit has its loggers by now.
    logs.begin(SETTINGS["OPTVIZ_LOG_LEVEL"])
    # A store of replies that is away says so at once, not to the first class.
    await REPLIES.shelf.found("")
    await to_thread.run_sync(warm_up)
    PROGRAMS.keep()
    await to_thread.run_sync(make_ready)
    async with lag_watched():
        LOG.info("ready")
        with in_background(warm_up_rest):
            yield


entrance = Middleware(
    Entrance,
    base=SETTINGS["OPTVIZ_BASE_PATH"],
    framing=SETTINGS["OPTVIZ_FRAME_ANCESTORS"],
    origins=SETTINGS["OPTVIZ_ORIGINS"],
    sessions=SETTINGS["OPTVIZ_SESSIONS"],
    tell=Refusals().tell,
)
# Whoever comes through a proxy is a client of his own.
proxied = Middleware(ProxyHeadersMiddleware, trusted_hosts=SETTINGS["OPTVIZ_TRUSTED_PROXIES"])
# What the data plane is asked for, by the first part of its address.
asked_for = {route.path.split("/")[1] for route in api.routes if isinstance(route, Route)}
meter = Middleware(Meter, known=asked_for)
app = st.App(
    SCRIPT,
    routes=[Mount("/api", api), Route("/standin/{page:path}", stand_in)],
    middleware=[proxied, entrance, meter, Middleware(Frontend)],
    lifespan=lifespan,
)
