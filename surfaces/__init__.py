"""The catalogue of surfaces: `SURFACES` maps a slug to its `Surface`, in the menu's order."""

from __future__ import annotations

from types import MappingProxyType

from surfaces import bowls, plateaus, ripples, saddles, valleys, wells
from surfaces.parameter import Parameter
from surfaces.surface import Surface, shape, surface

_FAMILIES = (valleys, saddles, plateaus, bowls, wells, ripples)

SURFACES = MappingProxyType(
    {
        entry.slug: entry
        for family in _FAMILIES
        for entry in vars(family).values()
        if isinstance(entry, Surface)
    }
)

__all__ = ["SURFACES", "Parameter", "Surface", "shape", "surface"]
