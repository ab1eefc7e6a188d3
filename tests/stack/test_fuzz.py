"""Whatever the API is asked, it answers as its document says, and never with a failure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
)
# Of each path and kind of request; the seed makes them the same every time.
EXAMPLES, SEED = 40, 1


def test_it_answers_as_its_document_says(stack):
    address = stack.servers[0].address
    command = [str(Path(sys.executable).with_name("schemathesis")), "run"]
    command += [f"{address}/api/openapi.json", "--url", f"{address}/api"]
    command += ["--checks", ",".join(CHECKS), f"--max-examples={EXAMPLES}", f"--seed={SEED}"]
    command += ["--request-timeout=120", "--no-color"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    failed = stack.figure("optviz_request_seconds_count", kind="api/race", status="500")
    assert failed == [0.0, 0.0]
