"""Lanes are told from each other by hue, shade, dash and marker, on light and on dark grounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from optviz import RULES
from optviz.suggestions import looks
from tests.optviz.kernels.conftest import node

PRINTED = Path(__file__).with_name("palette.mjs")
# The page's, and that of what is raised above it.
GROUNDS = (("#ffffff", "#f3f5f8"), ("#0e1117", "#1a202b"))
SEVERAL = 6


def luminance(color):
    """Return the relative luminance (WCAG 2) of #rrggbb, 0 .. 1."""
    shares = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def painted(rules):
    """Return the looks of lanes of these rules, on light ground and on dark."""
    first = {slug: place for place, slug in enumerate(looks())}
    return node(PRINTED, {"lanes": [{"rule": rule} for rule in rules], "first": first})


@pytest.mark.parametrize("rule", RULES)
def test_six_lanes_of_a_rule_share_no_dash_and_no_marker_and_three_no_shade(rule):
    for ground, seen in zip(GROUNDS, painted([rule] * SEVERAL), strict=True):
        assert len({tuple(look["dash"]) for look in seen}) == SEVERAL
        assert len({look["marker"] for look in seen}) == SEVERAL
        assert len({look["color"] for look in seen[:3]}) == 3
        assert len({look["name"].rsplit("-", 1)[0] for look in seen}) == 1, "its hue"
        assert min(contrast(look["color"], of) for look in seen for of in ground) >= 3


def test_no_two_rules_look_the_same_nor_one_as_anothers_second_lane():
    for seen in painted([*RULES, *RULES]):
        assert len({(look["color"], *look["dash"], look["marker"]) for look in seen}) == 2 * len(
            RULES
        )
