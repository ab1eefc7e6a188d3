"""What is known of a surface, and the verdict on a path, as functions of a module."""

from functools import lru_cache
from typing import Any

import jax.numpy as jnp

from optviz import verdict
from optviz.conditions import tolerance_of
from optviz.kernels.calls import called_loss
from optviz.kernels.function import Function
from optviz.kernels.ground import bounds, loss_on, places, shape_names
from surfaces import Surface

# The slopes and curvatures of a surface at a point.
_CURVED = "u", "v", "a", "b", "d"


# The same for all rules on a surface.
@lru_cache(maxsize=64)
def written(surface: Surface) -> tuple[dict[str, Any], set[str]]:
    """Return the parts of a module that are about the surface, see `optviz.verdict`.

    Beside them are the operations that they are made of.
    """
    functions = {
        "value": _value(surface),
        "whereabouts": whereabouts(surface, own=True),
        "curved": _curved(surface),
        "nearer": Function.of(_nearer, ["x", "y", *_CURVED]),
        "settled": _settled(surface),
        "staying": staying(surface),
    }
    parts: dict[str, Any] = {}
    used: set[str] = set()
    for name, function in functions.items():
        lines, here = function.written()
        parts |= {name: lines, f"{name} inputs": ", ".join(function.arguments)}
        used |= here
    return parts, used


def _value(surface: Surface) -> Function:
    def of(x: Any, y: Any, *shape: Any) -> Any:
        return loss_on(surface, shape)(jnp.stack([x, y]))

    return Function.of(of, ["x", "y", *shape_names(surface)])


def whereabouts(surface: Surface, *, own: bool = False) -> Function:
    """Return where a point of some loss is; a place of its `own` comes after the surface's."""

    def of(x: Any, y: Any, loss: Any, far: Any, *rest: Any) -> Any:
        inside = (verdict.reach((x, y), bounds(surface)) <= far) & jnp.isfinite(loss)
        everywhere = jnp.concatenate([places(surface), jnp.array(rest, float).reshape(-1, 2)])
        return verdict.whereabouts((x, y), inside, everywhere, tolerance_of(surface))

    return Function.of(of, ["x", "y", "loss", "far", *(("rx", "ry") if own else ())])


def _curved(surface: Surface) -> Function:
    def of(x: Any, y: Any, *shape: Any) -> Any:
        slopes, curvatures = verdict.second_order(loss_on(surface, shape), jnp.stack([x, y]))
        return slopes[0], slopes[1], *curvatures

    return Function.of(of, ["x", "y", *shape_names(surface)])


def _nearer(x: Any, y: Any, u: Any, v: Any, *curvatures: Any) -> Any:
    nearer = verdict.nearer(jnp.stack([x, y]), jnp.stack([u, v]), curvatures)
    return nearer[0], nearer[1]


def _settled(surface: Surface) -> Function:
    near = tolerance_of(surface)

    def of(x: Any, y: Any, bx: Any, by: Any, u: Any, v: Any, a: Any, b: Any, d: Any, *shape: Any):
        p, before, slopes = jnp.stack([x, y]), jnp.stack([bx, by]), jnp.stack([u, v])
        rest, kind = verdict.settled(called_loss(shape), p, before, slopes, (a, b, d), near)
        return rest[0], rest[1], kind

    return Function.of(of, ["x", "y", "bx", "by", *_CURVED, *shape_names(surface)])


def staying(surface: Surface) -> Function:
    """Return whether a path stays where it is, see `verdict.stays`."""
    near = tolerance_of(surface)

    def of(place: Any, since: Any, late: Any, *points: Any) -> Any:
        end, before, target = (jnp.stack(points[k : k + 2]) for k in (0, 2, 4))
        return verdict.stays(place, since, end, before, target, near, bounds(surface), late)

    return Function.of(of, ["place", "since", "late", "ex", "ey", "bx", "by", "tx", "ty"])
