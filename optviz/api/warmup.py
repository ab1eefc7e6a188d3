"""What is made ready before the first visitor comes."""

from __future__ import annotations

from optviz.api import assets
from optviz.api.catalogue import catalogue
from optviz.api.replies import race_reply, surface_reply
from optviz.race import DEFAULT


def warm_up() -> None:
    """Compile the race that a page without a link shows, and prepare the files that it fetches."""
    catalogue()
    assets.fingerprint()
    for name in assets.names():
        assets.compressed(name)
    race_reply(DEFAULT)
    surface_reply(DEFAULT, None, None, 121)
