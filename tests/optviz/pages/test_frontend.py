"""Streamlit's own files come compressed to who takes them so, and as they are to others."""

from __future__ import annotations

import asyncio
import gzip

import pytest

from optviz.pages.frontend import STATIC, Compressed, _names

SCRIPT = next(name for name in sorted(_names()) if name.endswith(".js"))


def ask(path: str, *, method: str = "GET", accepted: str = "gzip, br") -> tuple[dict, bytes] | None:
    """Return headers and body of what is answered; None if the request was passed on."""
    sent: list = []
    passed: list = []

    async def app(*arguments) -> None:
        passed.append(arguments)

    async def send(message) -> None:
        sent.append(message)

    headers = [(b"accept-encoding", accepted.encode())]
    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    asyncio.run(Compressed(app)(scope, None, send))  # type: ignore[arg-type]
    if passed:
        return None
    start, body = sent
    return dict(start["headers"]), body["body"]


@pytest.mark.parametrize("base", ["", "/course", "/a/b"])
def test_a_file_comes_compressed_below_any_path_and_may_be_kept(base):
    answer = ask(f"{base}/static/{SCRIPT}")
    assert answer
    headers, body = answer
    assert gzip.decompress(body) == (STATIC / SCRIPT).read_bytes()
    assert headers[b"content-encoding"] == b"gzip"
    assert b"immutable" in headers[b"cache-control"]
    assert int(headers[b"content-length"]) == len(body)


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (f"/static/{SCRIPT}", {"accepted": "br"}),
        (f"/static/{SCRIPT}", {"method": "HEAD"}),
        ("/static/js/none.js", {}),
        ("/static/../../app.js", {}),
        ("/api/catalogue", {}),
        ("/", {}),
    ],
)
def test_all_else_is_passed_on(path, options):
    assert ask(path, **options) is None
