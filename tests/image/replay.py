"""Replays the Dockerfile in a bare Debian, where there is no engine that could build it.

It needs root, debootstrap and bubblewrap. What a step is given of this machine is how packages are
fetched here; nothing of that stays in the result.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
SUITE = "bookworm"
# How this machine's package clients are set up, as far as it says.
CLIENTS = ("/etc/resolv.conf", "/etc/apt", "/etc/pip.conf", "/etc/xdg/pip", "/opt")
KEYRINGS = "/usr/share/keyrings"
CERTIFICATES, THERE = "/etc/ssl/certs/ca-certificates.crt", "/run/certificates"


@dataclass
class Image:
    """A stage, or what came of the last one: its root, and how it is run."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "0:0"
    command: list[str] = field(default_factory=list)
    check: list[str] = field(default_factory=list)


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Dockerfile, each a word and what follows it."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    parts = (line.partition(" ") for line in joined.splitlines() if line.strip())
    return [(word, rest.strip()) for word, _, rest in parts]


def replay(folder: Path) -> Image:
    """Do what the Dockerfile says, in a folder, and return what came of it."""
    base, stages = folder / "base", dict[str, Image]()
    _bare(base)
    image = Image(base)
    for word, rest in instructions((ROOT / "Dockerfile").read_text()):
        if word == "FROM":
            if not rest.startswith(f"debian:{SUITE}-slim"):
                raise ValueError(f"only debian:{SUITE}-slim can be replayed, not {rest}")
            name = rest.partition(" AS ")[2] or "last"
            image = stages[name] = Image(folder / name)
            subprocess.run(["cp", "-a", base, image.root], check=True)
        elif word == "RUN":
            _do(image, ["/bin/sh", "-ec", rest])
        elif word == "COPY":
            _copy(image, rest, stages)
        else:
            _note(image, word, rest)
    return image


def _note(image: Image, word: str, rest: str) -> None:
    """Note what an instruction says of how an image is run."""
    match word:
        case "WORKDIR":
            image.folder = rest
            (image.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        case "ENV":
            pairs = (pair.partition("=") for pair in shlex.split(rest))
            image.environment |= {name: value for name, _, value in pairs}
        case "USER":
            image.user = rest
        case "CMD":
            image.command = json.loads(rest)
        case "HEALTHCHECK":
            image.check = json.loads(rest.partition("CMD ")[2])
        case "EXPOSE" | "STOPSIGNAL":
            pass
        case _:
            raise ValueError(f"{word} cannot be replayed")


def inside(image: Image, user: str, command: list[str]) -> list[str]:
    """Return the command that runs one in an image as a cautious engine would.

    The root is read-only but for a small /tmp, all capabilities are dropped, and the user is a
    number that no file knows.
    """
    number, _, group = user.partition(":")
    limits = ["--ro-bind", str(image.root), "/", "--size", str(64 << 20)]
    limits += ["--perms", "1777", "--tmpfs", "/tmp"]
    limits += ["--proc", "/proc", "--dev", "/dev", "--unshare-user", "--unshare-pid"]
    limits += ["--unshare-ipc", "--unshare-uts", "--die-with-parent", "--cap-drop", "ALL"]
    limits += ["--uid", number, "--gid", group or "0", "--chdir", image.folder, "--clearenv"]
    return ["bwrap", *limits, *_set(image.environment), *command]


def _bare(base: Path) -> None:
    """Make a bare Debian of this machine's own mirror."""
    site = ["apt-get", "indextargets", "--format", "$(SITE)"]
    mirror = subprocess.run(site, check=True, capture_output=True, text=True).stdout.split()[0]
    command = ["debootstrap", "--variant=minbase", SUITE, str(base), mirror]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _do(image: Image, command: list[str]) -> None:
    """Run a step with all rights, and this machine's ways to packages."""
    given = [path for path in (*CLIENTS, KEYRINGS) if Path(path).exists()]
    binds = [word for path in given for word in ("--ro-bind", path, path)]
    binds += ["--ro-bind-try", CERTIFICATES, THERE]
    ways = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    ways |= {"PIP_CERT": THERE} if Path(CERTIFICATES).exists() else {}
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"} | ways | image.environment
    room = ["--bind", str(image.root), "/", "--proc", "/proc", "--dev", "/dev"]
    room += ["--perms", "1777", "--tmpfs", "/tmp"]
    run = ["bwrap", *room, *binds, "--cap-add", "ALL", "--chdir", image.folder, "--clearenv"]
    subprocess.run([*run, *_set(environment), *command], check=True)


def _copy(image: Image, rest: str, stages: Mapping[str, Image]) -> None:
    """Copy files of the tree, or of an earlier stage."""
    source, words = ROOT, rest.split()
    if words[0].startswith("--from="):
        source = stages[words.pop(0).removeprefix("--from=")].root
    *names, last = words
    target = image.root / image.folder.lstrip("/") / last
    if last.startswith("/"):
        target = image.root / last.lstrip("/")
    for name in names:
        path = source / name.lstrip("/")
        if path.is_dir():
            skip = None if source != ROOT else shutil.ignore_patterns("__pycache__")
            shutil.copytree(path, target, symlinks=True, dirs_exist_ok=True, ignore=skip)
        else:
            shutil.copy2(path, target / path.name if last.endswith("/") else target)


def _set(environment: Mapping[str, str]) -> list[str]:
    return [word for name, value in environment.items() for word in ("--setenv", name, value)]


if __name__ == "__main__":
    print(replay(Path(sys.argv[1])))
