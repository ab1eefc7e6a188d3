"""Pages that may not connect: they are counted, and told of once in a while."""

import logging
import time
from math import inf

from optviz.watch import figures

LOG = logging.getLogger(__name__)
# Seconds between two lines about the same: browsers try for ever. Characters of what strangers say.
PAUSE, LONGEST = 60.0, 100


class Refusals:
    """What has been told of them, and when: the same is told again only after a while."""

    def __init__(self) -> None:
        self._said: dict[str, float] = {}

    def tell(self, why: str, origin: str, host: str) -> None:
        """Take down that a page of an origin, which asked for `host`, was refused, and why."""
        figures.CONNECTIONS.labels(why).inc()
        if time.monotonic() < self._said.get(why, -inf) + PAUSE:
            return
        self._said[why] = time.monotonic()
        if why == "full":
            LOG.warning("A page was not connected: there are OPTVIZ_SESSIONS already.")
            return
        LOG.warning(
            "A page at %s was not connected: this server was asked for as %s. If it is a page of "
            "this server, name its address in OPTVIZ_ORIGINS, or have the proxy send "
            "X-Forwarded-Host.",
            origin[:LONGEST],
            host[:LONGEST],
        )
