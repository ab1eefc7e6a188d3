"""Tries the lessons of a folder: `python -m optviz.lessons FOLDER` runs every race and claim."""

import sys
from pathlib import Path

from optviz.checks import RaceError
from optviz.lessons import Lesson, in_folder


def main(typed: list[str]) -> int:
    """Say what is wrong with each lesson; return 1 if anything is, 2 for what is no folder."""
    if len(typed) != 1 or not Path(typed[0]).is_dir():
        print("Name one folder with lessons: python -m optviz.lessons FOLDER", file=sys.stderr)
        return 2
    wrong = 0
    for slug, found in in_folder(Path(typed[0])):
        problems = _problems(found)
        wrong += len(problems)
        print(f"{slug}: {'; '.join(problems) or 'all that it claims holds'}")
    return int(wrong > 0)


def _problems(found: Lesson | str) -> list[str]:
    if isinstance(found, str):
        return [found]
    try:
        return found.broken()
    except RaceError as error:
        return [str(error)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
