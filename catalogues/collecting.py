"""Collects the entries of a catalogue: what the files of a package declare."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules, resolve_name
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

T = TypeVar("T")


def imported(function: Any) -> Any:
    """Return what an import by the function's name finds, None if nothing.

    It is the function itself, or the entry that a decorator puts in its place.
    """
    try:
        return resolve_name(f"{function.__module__}:{function.__qualname__}")
    except (AttributeError, ImportError, ValueError):
        return None


def by_name(entry: Any, function: Any) -> tuple[Any, ...] | None:
    """Return how `entry` is pickled if its function's name stands for it, else None."""
    if imported(function) is not entry:
        return None
    return resolve_name, (f"{function.__module__}:{function.__qualname__}",)


def collected(package: ModuleType, kind: type[T], first: Sequence[str]) -> Mapping[str, T]:
    """Return slug -> entry for every `kind` in the files of `package`.

    Files come in the order of `first`, then by name. Two entries of one slug are refused.
    """
    files = sorted(module.name for module in iter_modules(package.__path__))
    entries: dict[str, T] = {}
    for file in dict.fromkeys([*first, *files]):
        for entry in vars(import_module(f"{package.__name__}.{file}")).values():
            if not isinstance(entry, kind):
                continue
            slug = entry.slug  # type: ignore[attr-defined]
            if entries.setdefault(slug, entry) is not entry:
                raise TypeError(f"two {kind.__name__.lower()}s are called {slug}: a slug names one")
    return MappingProxyType(entries)
