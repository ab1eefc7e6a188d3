"""Maps on several devices and in several processes are equal to those of one device."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[3]
# More cells than one launch takes, on one device and on two; some come to places found on the way.
ASKED = ("map", "surface=beale&steps=40&lane=adam,lr:0.05", "--n", "370")
LIMIT_S = 120


def start(stack: ExitStack, *options: str) -> subprocess.Popen[str]:
    """Start a map in a process that does not outlive the stack."""
    process = subprocess.Popen(
        [sys.executable, "-m", "optviz", *ASKED, *options],
        cwd=ROOT,
        env={**os.environ, "JAX_PLATFORMS": "cpu", "XLA_FLAGS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    stack.enter_context(process)
    stack.callback(process.kill)
    return process


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[tuple[Path, dict[str, tuple[int, str, str]]]]:
    """Run all of them at once: most of their time they import and wait for each other."""
    folder = tmp_path_factory.mktemp("maps")
    coordinator = ("--coordinator", f"127.0.0.1:{free_port()}", "--processes", "2")
    commands = {
        "alone": ("--out", str(folder / "alone")),
        "devices": ("--out", str(folder / "devices"), "--devices", "2"),
        # The second one is told another file, to see that it does not write.
        "first": ("--out", str(folder / "first"), *coordinator, "--process", "0"),
        "second": ("--out", str(folder / "second"), *coordinator, "--process", "1"),
    }
    with ExitStack() as stack:
        running = {name: start(stack, *options) for name, options in commands.items()}
        said = {name: process.communicate(timeout=LIMIT_S) for name, process in running.items()}
        yield folder, {name: (running[name].returncode, *texts) for name, texts in said.items()}


@pytest.mark.parametrize("name", ["devices", "first"])
def test_the_file_is_that_of_one_device(made, name):
    folder, results = made
    assert results["alone"][::2] == (0, "")
    assert results[name][::2] == (0, "")
    with np.load(folder / "alone") as alone, np.load(folder / name) as other:
        assert alone.files == other.files
        assert len(np.unique(alone["place"])) > 2
        for array in alone.files:
            np.testing.assert_array_equal(alone[array], other[array], err_msg=array)


def test_only_the_first_process_prints_and_writes(made):
    folder, results = made
    assert "Adam on Beale" in results["first"][1]
    status, out, err = results["second"]
    assert (status, err) == (0, "")
    assert "Beale" not in out
    assert {path.name for path in folder.iterdir()} == {"alone", "devices", "first"}
