"""Collects the entries of a catalogue: what the files of a package declare."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules, resolve_name
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

T = TypeVar("T")


def by_name(entry: Any, function: Any) -> tuple[Any, ...] | None:
    """Return how `entry` is pickled if the name of the function that it is made of stands for it.

    None if it does not: a decorator puts the entry in the function's place.
    """
    name = f"{function.__module__}:{function.__qualname__}"
    try:
        found = resolve_name(name)
    except (AttributeError, ImportError, ValueError):
        return None
    return (resolve_name, (name,)) if found is entry else None


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
