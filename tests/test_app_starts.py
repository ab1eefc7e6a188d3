"""The real app starts, in both ways that are documented, and answers on both planes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from optviz.race import DEFAULT
from tests.replies import unpack

ROOT = Path(__file__).parents[1]
PATIENCE = 120
COMMANDS = {
    "uvicorn": ["uvicorn", "app:app", "--host", "127.0.0.1", "--port", "{port}"],
    "streamlit": [
        "streamlit",
        "run",
        "app.py",
        "--server.address=127.0.0.1",
        "--server.port={port}",
        "--server.headless=true",
    ],
}


# One is shown below a path.
BASES = {"uvicorn": "/optviz", "streamlit": ""}


def test_a_port_in_use_is_told_before_anything_is_compiled():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        # What is installed stays as it is.
        command = ["make", "--assume-old=.venv/.app", "run", f"PORT={port}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode
    assert f"Port {port} cannot be used; choose another one: make run PORT=" in done.stdout
    assert "http" not in done.stdout


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait(process: subprocess.Popen, address: str, log: Path) -> None:
    """Wait until the app is healthy; fail if it ends, or has not answered after PATIENCE."""
    for _ in range(PATIENCE * 4):
        try:
            if httpx.get(f"{address}/_stcore/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        try:
            process.wait(0.25)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"the app did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="module", params=COMMANDS)
def app(request, tmp_path_factory) -> Iterator[httpx.Client]:
    """A client of the app, started by one of the commands."""
    port = free_port()
    command = [word.format(port=port) for word in COMMANDS[request.param]]
    log = tmp_path_factory.mktemp("app") / "log"
    base = BASES[request.param]
    address = f"http://127.0.0.1:{port}{base}"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=os.environ | {"OPTVIZ_BASE_PATH": base},
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            wait(process, address, log)
            with httpx.Client(base_url=address, timeout=60) as client:
                yield client
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
    assert "Traceback" not in log.read_text()


def test_it_answers_on_both_planes(app):
    page = app.get("/")
    assert page.status_code == 200
    assert "text/html" in page.headers["content-type"]
    assert app.get("/_stcore/health").status_code == 200
    header, arrays = unpack(app.get("/api/race").content)
    assert header["race"] == DEFAULT.plain()
    assert arrays["theta"].shape == (len(DEFAULT.lanes), DEFAULT.steps + 1, 2)
    assert app.get("/api/surface?n=5&format=json").json()["n"] == 5


def test_where_there_is_nothing_that_is_said(app):
    assert app.get("/no/such/page").status_code == 404
    beside = str(app.base_url.copy_with(raw_path=b"/api/race"))
    assert httpx.get(beside).status_code == (404 if len(app.base_url.path) > 1 else 200)


def test_what_cannot_be_set_is_told_before_anything_is_compiled():
    command = [sys.executable, "-m", "uvicorn", "app:app", "--port", "0"]
    wrong = os.environ | {"OPTVIZ_AT_ONCE": "many"}
    done = subprocess.run(
        command, cwd=ROOT, env=wrong, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode
    assert "OPTVIZ_AT_ONCE is 'many'; it must be a whole number from 1 to 64." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reply_travels_through_every_layer_unchanged(app):
    """What Streamlit's own middleware does to a reply must not cost its tag or its length."""
    reply = app.get("/api/race")
    assert int(reply.headers["content-length"]) == len(reply.content)
    again = app.get("/api/race", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_bad_requests_get_sentences_here_too(app):
    reply = app.get("/api/race?surface=rosenbrok&lane=adam,make:1")
    assert reply.status_code == 422
    assert len(reply.json()["problems"]) == 2
    assert app.get("/api/nothing").status_code == 404


def test_the_document_page_finds_its_files_under_the_apps_address(app):
    page = app.get("/api/docs").text
    assert "url: 'openapi.json'" in page
    assert '"static-offline-docs/swagger-ui-bundle.js"' in page
    assert app.get("/api/static-offline-docs/swagger-ui-bundle.js").status_code == 200
    assert app.get("/api/openapi.json").status_code == 200


def test_raw_bytes_in_the_address_are_no_crash(app):
    """The way from the socket: some servers pass on what no browser sends."""
    with socket.create_connection((app.base_url.host, app.base_url.port), timeout=30) as raw:
        raw.sendall(
            b"GET %b/api/race?surface=\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            % app.base_url.raw_path.rstrip(b"/")
        )
        status = raw.makefile("rb").readline()
    assert status.split()[1] in (b"400", b"422")
