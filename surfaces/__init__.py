"""The catalogue of surfaces: `SURFACES` maps a slug to its `Surface`, in the menu's order."""

import sys

from catalogues import Parameter, collected
from surfaces.surface import Surface, shape, surface

# Each with what one of its surfaces is called, from the plainest to the wildest.
_FAMILIES = {
    "valleys": "valley",
    "saddles": "saddle",
    "plateaus": "plateau",
    "bowls": "bowl",
    "wells": "wells",
    "ripples": "ripples",
}

SURFACES = collected(sys.modules[__name__], Surface, tuple(_FAMILIES))


def kind(surface: Surface) -> str:
    """Return what a surface of the catalogue is in a word, such as valley; nothing of others."""
    return _FAMILIES.get(surface.function.__module__.removeprefix(f"{__name__}."), "")


__all__ = ["SURFACES", "Parameter", "Surface", "kind", "shape", "surface"]
