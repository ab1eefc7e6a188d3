"""The catalogue of rules: `RULES` maps a slug to its `Rule`, in the menu's order."""

from __future__ import annotations

from types import MappingProxyType

from optviz.rule import Rule
from optviz.rules import adam, adam_variants, adaptive, curvature, momentum, sign

_FAMILIES = (momentum, adaptive, adam, adam_variants, sign, curvature)

RULES = MappingProxyType(
    {
        entry.slug: entry
        for family in _FAMILIES
        for entry in vars(family).values()
        if isinstance(entry, Rule)
    }
)
