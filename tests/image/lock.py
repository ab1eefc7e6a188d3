"""Writes what the image holds, with hashes, for both kinds of processor."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "deploy" / "requirements.lock"
HEAD = """\
# What the image holds, for x86-64 and arm64, with the hashes of the files: written by
# `python -m tests.image.lock`, held to requirements.txt by tests/test_deploy.py.

"""
# As `python3` is in the image, on the processor that this machine is not of.
OTHER = [
    *("--python-version", "3.11", "--only-binary", ":all:", "--target", "unused"),
    *(f"--platform=manylinux{one}_aarch64" for one in ("2014", "_2_17", "_2_27", "_2_28")),
]


def resolved(options: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield name, version and hash of all that pip would install."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"]
    command += ["--quiet", "--report", "-", "-r", str(ROOT / "requirements.txt"), *options]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for one in json.loads(said)["install"]:
        name = re.sub(r"[-_.]+", "-", one["metadata"]["name"]).lower()
        hashes = one["download_info"]["archive_info"]["hashes"]
        yield name, one["metadata"]["version"], hashes["sha256"]


def main() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for options in ([], OTHER):
        for name, version, digest in resolved(options):
            found.setdefault((name, version), set()).add(digest)
    lines = [
        " \\\n    ".join(
            [f"{name}=={version}", *(f"--hash=sha256:{one}" for one in sorted(digests))]
        )
        for (name, version), digests in sorted(found.items())
    ]
    LOCK.write_text(HEAD + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
