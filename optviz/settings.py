"""What whoever runs a server may set: environment variables, each with a default and a range."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Any

AT_ONCE_MOST = 64
LEVELS = ("debug", "info", "warning", "error", "critical")


class SettingError(Exception):
    """A variable says what cannot be; the message says what would be right."""


@dataclass(frozen=True)
class Setting:
    """One of them: `read` makes its value of a text, ValueError says what would be right."""

    default: str
    meaning: str
    read: Callable[[str], Any]


def _path(text: str) -> str:
    path = text.rstrip("/")
    if path and (not re.fullmatch(r"(/[\w.~-]+)+", path, re.A) or {".", ".."} & {*path.split("/")}):
        raise ValueError("a path like /course/optviz, or nothing")
    return path


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return text.lower()

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _sources(text: str) -> str:
    # A shell takes the quotation marks away that these two have in the header.
    words = [f"'{word}'" if word in ("self", "none") else word for word in text.split()]
    site = r"(https?://)?(\*\.)?[\w-]+(\.[\w-]+)*(:[0-9]+)?"
    known = [one == "'self'" or re.fullmatch(site, one, re.A) for one in words]
    if words != ["'none'"] and not (words and all(known)):
        raise ValueError("none, self, or addresses such as https://course.example.edu")
    return " ".join(words)


def _origins(text: str) -> list[str]:
    found = text.lower().split()
    if not all(re.fullmatch(r"https?://[\w.-]+(:[0-9]+)?", one, re.A) for one in found):
        raise ValueError("addresses such as https://course.example.edu, or nothing")
    return found


def _shelf(text: str) -> str:
    if not re.fullmatch(r"|/.*|rediss?://[^\s/]+(/[0-9]*)?", text):
        raise ValueError("nothing, a folder from its root, or an address like redis://host:6379/0")
    return text


def _folder(text: str) -> Path | None:
    if text and not Path(text).is_dir():
        raise ValueError("a folder that is there, or nothing")
    return Path(text) if text else None


def _networks(text: str) -> list[str]:
    words = text.replace(",", " ").split()
    try:
        for one in words:
            ip_network(one)
    except ValueError:
        raise ValueError("addresses or networks such as 127.0.0.1 or 10.0.0.0/8") from None
    return words


SETTINGS: Mapping[str, Setting] = {
    "OPTVIZ_BASE_PATH": Setting(
        "", "The path that everything is below, such as `/optviz`, if the proxy keeps it.", _path
    ),
    "OPTVIZ_FRAME_ANCESTORS": Setting(
        "'self'", "Who may show pages within pages of their own.", _sources
    ),
    "OPTVIZ_ORIGINS": Setting(
        "",
        "The addresses that pages are seen at, if a proxy asks under a name of its own and does "
        "not say so by `X-Forwarded-Host`.",
        _origins,
    ),
    "OPTVIZ_TRUSTED_PROXIES": Setting(
        "127.0.0.1",
        "Whose `X-Forwarded-For` and `-Proto` are believed: addresses and networks.",
        _networks,
    ),
    "OPTVIZ_LOG_LEVEL": Setting(
        "warning", "What is logged: this, and what is worse.", _one_of(*LEVELS)
    ),
    "OPTVIZ_AT_ONCE": Setting(
        "2", "Computations at once: as many as there are cores.", _whole(1, AT_ONCE_MOST)
    ),
    "OPTVIZ_WAITING": Setting(
        "1000", "Requests that may wait for their turn; more are sent away.", _whole(1, 100_000)
    ),
    "OPTVIZ_WAITING_EACH": Setting(
        "50",
        "Requests that may wait of one client, which is an address and a tab of a browser.",
        _whole(1, 100_000),
    ),
    "OPTVIZ_SESSIONS": Setting(
        "1000",
        "Pages that may be connected at a time; others work without a connection.",
        _whole(1, 100_000),
    ),
    "OPTVIZ_REPLIES": Setting(
        "",
        "Where replies are kept for who asks the same next: in memory, or what servers may share, "
        "a folder such as `/shared` or `redis://host:6379/0`.",
        _shelf,
    ),
    "OPTVIZ_REPLIES_MB": Setting(
        "16",
        "Megabytes for them in memory, or in the folder. Redis has a setting of its own.",
        _whole(1, 65_536),
    ),
    "OPTVIZ_LESSONS": Setting(
        "", "A folder with lessons of your own, which the page Lessons lists, too.", _folder
    ),
    "OPTVIZ_PROGRAMS_MB": Setting(
        "1024",
        "Megabytes of memory for compiled programs; those used last are kept.",
        _whole(16, 65_536),
    ),
}


def read(environment: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the value of every setting; SettingError if a variable has none that can be.

    An empty variable is one that is not set, as compose files write them.
    """
    for name in environment:
        # Others have reasons of their own: Kubernetes sets OPTVIZ_PORT for a service called optviz.
        meant = get_close_matches(name, SETTINGS, n=1, cutoff=0.8)
        if meant and name not in SETTINGS:
            raise SettingError(f"There is no setting {name}. Did you mean {meant[0]}?")
    values = {}
    for name, one in SETTINGS.items():
        text = environment.get(name) or one.default
        try:
            values[name] = one.read(text)
        except ValueError as right:
            raise SettingError(f"{name} is {text[:80]!r}; it must be {right}.") from None
    return values
