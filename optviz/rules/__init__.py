"""The catalogue of rules: `RULES` maps a slug to its `Rule`, in the menu's order."""

import sys

from catalogues import collected
from optviz.rule import Rule

# In the order of the book.
_FAMILIES = ("momentum", "adaptive", "adam", "adam_variants", "sign", "curvature")

RULES = collected(sys.modules[__name__], Rule, _FAMILIES)
