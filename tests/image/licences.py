"""Writes the licences of all that the image holds beside Debian's own packages."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = ROOT / "docs" / "licences.md"
HEAD = """\
# Licences

What the image holds beside Debian's own packages, each with the licence that its metadata names;
their texts lie beside them, in `/srv/venv`. Written by `python -m tests.image.licences`.

| package | licence |
| --- | --- |
"""
LONGEST = 60


def held() -> list[str]:
    """Return the names of all packages of the image."""
    text = (ROOT / "deploy" / "requirements.lock").read_text()
    return re.findall(r"(?m)^([\w-]+)==", text)


def licence(name: str) -> str:
    """Return what a package says of its licence."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return "unknown"
    classes = [
        one.rpartition(" :: ")[2]
        for one in said.get_all("Classifier") or []
        if one.startswith("License :: ") and one.count(" :: ") > 1
    ]
    short = (said["License"] or "").strip().split("\n")[0]
    found = said["License-Expression"] or ", ".join(classes) or short[:LONGEST]
    return found.replace("|", "/") or "unknown"


def main() -> None:
    rows = [f"| {name} | {licence(name)} |" for name in held()]
    LIST.write_text(HEAD + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
