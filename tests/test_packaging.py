"""The library installs without a server; the app's needs are an extra of it."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DYNAMIC = PROJECT["tool"]["setuptools"]["dynamic"]
PACKAGES = [
    pattern.rstrip("*") for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
]


def names(file: str) -> set[str]:
    """Return the packages that a file of requirements names."""
    lines = (ROOT / file).read_text().splitlines()
    return {re.split(r"[\[<>=!~ ]", line)[0] for line in lines if line[:1].isalpha()}


def test_all_that_the_app_needs_is_the_library_and_the_extra():
    (library,) = DYNAMIC["dependencies"]["file"]
    (extra,) = DYNAMIC["optional-dependencies"]["app"]["file"]
    whole = (ROOT / "requirements.txt").read_text()
    assert re.findall(r"^-r (.*)$", whole, re.M) == [library, extra]
    assert not names("requirements.txt")
    assert not names(library) & names(extra)
    assert {"streamlit", "fastapi", "uvicorn", "plotly", "starlette"} <= names(extra)
    assert {"jax", "numpy"} <= names(library)


def test_the_script_is_the_command_line(monkeypatch, capsys):
    module, _, name = PROJECT["project"]["scripts"]["optviz"].partition(":")
    monkeypatch.setattr(sys, "argv", ["optviz", "race", "surface=bale"])
    # What is installed exits with what the function returns.
    assert getattr(import_module(module), name)() == 2
    assert "Did you mean 'beale'?" in capsys.readouterr().err


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_tells_checkers_that_it_has_types(package):
    assert (ROOT / package / "py.typed").is_file()
    assert "py.typed" in PROJECT["tool"]["setuptools"]["package-data"][package]


def test_every_package_is_in_the_image():
    copied = re.findall(r"^COPY (\S+) \1$", (ROOT / "Dockerfile").read_text(), re.M)
    assert {*PACKAGES} <= {*copied}


def test_what_is_cited_is_what_is_released():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert cited["version"] == PROJECT["project"]["version"]
    assert cited["title"] == PROJECT["project"]["name"]
    (author,) = cited["authors"]
    assert author["name"] in (ROOT / "LICENSE").read_text()
    assert cited["license"] in PROJECT["project"]["license"]
