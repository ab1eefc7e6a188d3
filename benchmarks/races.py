"""The races that are measured over HTTP and in the browser, as queries."""

from __future__ import annotations

STEPS = 1000
_RULES = ("adam", "momentum", "nesterov", "adagrad", "rmsprop", "nadam", "adamax", "sgd")


def _query(lanes: list[str]) -> str:
    return "&".join(["surface=rosenbrock", f"steps={STEPS}", *(f"lane={lane}" for lane in lanes)])


# The last lane is open: what follows is its values.
EIGHT = _query(list(_RULES))
SIXTEEN = _query([f"{slug},label:{slug}{i}" for i in (1, 2) for slug in _RULES])
