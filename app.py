"""The ASGI app: Streamlit's pages and the data plane, in one process.

`uvicorn app:app` serves it fastest; `streamlit run app.py` serves it too.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.routing import Mount

from optviz.api import api
from optviz.api.warmup import in_background, warm_up, warm_up_rest
from optviz.pages.frontend import Frontend, make_ready

SCRIPT = Path(__file__).parent / "optviz" / "pages" / "main.py"


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Be ready for the first visitor before the door opens, and for the rest soon after."""
    await to_thread.run_sync(warm_up)
    await to_thread.run_sync(make_ready)
    with in_background(warm_up_rest):
        yield


app = st.App(
    SCRIPT, routes=[Mount("/api", api)], middleware=[Middleware(Frontend)], lifespan=lifespan
)
