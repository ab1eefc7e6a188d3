"""The FILE of a command: arrays or a text, whole or not there at all."""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from optviz.checks import RaceError


def add(parser: argparse.ArgumentParser, *, required: bool, reader: str = "for numpy.load") -> None:
    """Declare the option; `reader` says for whom the file is."""
    parser.add_argument(
        "--out",
        type=Path,
        required=required,
        metavar="FILE",
        help=f"where the result is written, {reader}; a file that is there is replaced",
    )


def check(path: Path | None, option: str = "--out", like: str = "map.npz") -> None:
    """Raise RaceError if nothing can be written there: before hours of work, not after."""
    if path is None:
        return
    if path.exists() and not path.is_file():
        raise RaceError(f"{path} is no file: {option} needs the name of one, like {like}.")
    if not path.parent.is_dir():
        raise RaceError(f"{path} cannot be written: there is no folder {path.parent}.")
    beside = _beside(path)
    try:
        beside.touch(exist_ok=False)
        beside.unlink()
    except OSError as error:
        raise _refused(path, error) from None


def write(path: Path | None, content: Mapping[str, np.ndarray] | str, summary: str = "") -> None:
    """Write a text, or arrays in NumPy's format; nothing if there is no path.

    Once that is done, it prints the `summary`, if any, and where the file is.
    """
    if path is None:
        return
    # Under another name first, so that `path` is never half of a file.
    beside = _beside(path)
    try:
        with beside.open("xb") as file:
            if isinstance(content, str):
                file.write(content.encode())
            else:
                np.savez(file, allow_pickle=False, **content)
        beside.replace(path.resolve())
    except OSError as error:
        raise _refused(path, error) from None
    finally:
        beside.unlink(missing_ok=True)
    print(*filter(None, [summary, f"Written to {path}."]), sep="\n")


def _beside(path: Path) -> Path:
    # In the same folder, so that it can be renamed; through a link, so that the link stays.
    target = path.resolve()
    return target.with_name(f".{target.name[:100]}.{os.getpid()}")


def _refused(path: Path, error: OSError) -> RaceError:
    return RaceError(f"{path} cannot be written: {error.strerror}.")
