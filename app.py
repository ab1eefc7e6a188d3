"""The ASGI app: Streamlit's pages and the data plane, in one process.

`uvicorn app:app` serves it fastest; `streamlit run app.py` serves it too.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from anyio import to_thread
from starlette.routing import Mount

from optviz.api import api
from optviz.api.warmup import warm_up

SCRIPT = Path(__file__).parent / "optviz" / "pages" / "main.py"


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Compile what the first visitors will ask for, then keep all of it out of collections."""
    await to_thread.run_sync(warm_up)
    gc.collect()
    # What stands now stands for ever: a full collection need not look at it again.
    gc.freeze()
    yield


app = st.App(SCRIPT, routes=[Mount("/api", api)], lifespan=lifespan)
