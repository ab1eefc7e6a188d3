"""The catalogue of surfaces: `SURFACES` maps a slug to its `Surface`, in the menu's order."""

import sys

from catalogues import Parameter, collected
from surfaces.surface import Surface, shape, surface

# From the plainest to the wildest.
_FAMILIES = ("valleys", "saddles", "plateaus", "bowls", "wells", "ripples")

SURFACES = collected(sys.modules[__name__], Surface, _FAMILIES)

__all__ = ["SURFACES", "Parameter", "Surface", "shape", "surface"]
