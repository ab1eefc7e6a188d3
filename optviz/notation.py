"""Equations printed from code: the syntax tree of a Python function, as LaTeX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def latex(function: Callable[..., Any], notation: str = "book") -> str:
    """Return the LaTeX of `function`'s body (placeholder until the printer stands)."""
    return ""
