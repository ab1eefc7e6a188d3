"""What became of a path: one verdict for races, maps and ensembles, made of jax.numpy alone."""

from collections.abc import Callable
from math import ceil
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

# Where a point is that is at no place, and one that has left all bounds or is not a number.
NOWHERE, OUTSIDE = -1, -2
# A path is at a place to stay when it was there for this share of its steps, and at least so many.
SHARE, FEW = 0.1, 5
# It must not drift away either: if it goes on as in these last steps for so many times as long, it
# is still there.
ONWARD = 3.0
# What a place without a gradient may be.
KINDS = ("local minimum", "valley of minima", "saddle", "maximum", "ridge of maxima")
MINIMUM, VALLEY, SADDLE, MAXIMUM, RIDGE = range(len(KINDS))
# From a point nearby each step of Newton's method doubles the number of right digits. The last one
# is shorter than this share of the tolerance, or it did not lead to a place.
NEWTON_STEPS = 4
SURE = 1e-2
# A curvature below this share of the other one is the rounding of zero.
SINGULAR = 1e-7
# As precisely are heights known.
ROUNDING = 1e-12


class Verdict(NamedTuple):
    """What became of a path.

    `place` is the index of the place that its last point is at, NOWHERE or OUTSIDE; `since` the
    first step from which on it was there up to the last one. `stays` says that it is known to be
    there to stay; of a path that is OUTSIDE, that it is not on its way back; of one that is
    NOWHERE, that it hardly moves: no other may stay at a place that is not among these.
    """

    place: Any
    since: Any
    stays: Any


def wait(steps: int) -> int:
    """Return for how many of its last steps a path must have been at a place to be said to stay."""
    return min(max(FEW, ceil(SHARE * steps)), steps)


def reach(theta: Any, bounds: Any) -> Any:
    """Return how far theta (2, ...) is from the centre; `bounds` (3,) are centre and half width."""
    # Not by a reduction, which would be a loop of its own.
    return jnp.maximum(jnp.abs(theta[0] - bounds[0]), jnp.abs(theta[1] - bounds[1]))


def whereabouts(theta: Any, inside: Any, places: Any, near: Any) -> Any:
    """Return where theta (2, ...) is: the nearest of `places` (K, 2) within the distance `near`.

    It is the index of a place, NOWHERE, or OUTSIDE where not `inside`. A place that is not a number
    is nowhere.
    """
    # Coordinate by coordinate and place by place, so that all of it becomes one loop over points.
    best, found = jnp.full_like(theta[0], near * near), jnp.full_like(theta[0], NOWHERE, jnp.int32)
    for index in range(places.shape[0]):
        dx, dy = theta[0] - places[index, 0], theta[1] - places[index, 1]
        gap = dx * dx + dy * dy
        found = jnp.where(gap <= best, index, found)
        best = jnp.minimum(gap, best)
    return jnp.where(inside, found, OUTSIDE)


def target(place: Any, places: Any, end: Any) -> Any:
    """Return the place (2,) that a path is at which ended at `end`; of one at none, any point."""
    return places[jnp.maximum(place, 0)] if places.shape[0] else end


def stays(
    place: Any, since: Any, end: Any, before: Any, target: Any, near: Any, bounds: Any, late: Any
) -> Any:
    """Return `Verdict.stays` of a path that ended at `end` (2,) and was at `before` at step `late`.

    `late` is the last step less `wait`; `place` and `since` are those of the verdict, `target` is
    that of `place`.
    """
    # One that is nowhere may be as far from a place, and as far beyond it later, as `near`.
    gap = jnp.where(place == NOWHERE, 0.0, end - target)
    reached = jnp.where(place == NOWHERE, 2 * near, near)
    onward = gap + ONWARD * (end - before)
    remains = onward[0] * onward[0] + onward[1] * onward[1] <= reached * reached
    returns = reach(end, bounds) < reach(before, bounds)
    return jnp.where(place == OUTSIDE, ~returns, remains & ((since <= late) | (place == NOWHERE)))


def of_path(theta: Any, height: Any, places: Any, near: Any, bounds: Any, steps: Any, late: Any):
    """Return the verdict of the first `steps` steps of a path theta (P+1, 2), of this height there.

    `places` (K, 2) may be reached within the distance `near`; for `bounds` and `late` see `reach`
    and `stays`.
    """
    index, (x, y) = jnp.arange(len(theta)), theta.T
    inside = (reach((x, y), bounds) <= bounds[2]) & jnp.isfinite(height)
    at = whereabouts((x, y), inside, places, near)
    place, other = at[steps], (at != at[steps]) & (index <= steps)
    since = jnp.max(jnp.where(other, index + 1, 0))
    end, before = theta[steps], theta[late]
    at = target(place, places, end)
    return Verdict(place, since, stays(place, since, end, before, at, near, bounds, late))


def unknown(rest: Any, places: Any, near: Any) -> Any:
    """Return the point `rest` (2,) if it is none of `places`, else what is not a number."""
    known = whereabouts(rest, True, places, near) != NOWHERE
    return jnp.where(known, jnp.nan, rest)


def stationary(loss: Callable[[Any], Any], p: Any, near: Any) -> tuple[Any, Any]:
    """Return the place (2,) without a gradient that Newton's method leads to from p, and its kind.

    The kind is an index of KINDS. The place is not a number if there is none: where the method does
    not come to rest, or where the surface is level in every direction.
    """
    # Written out: in a loop, which compiles faster, a path takes twice as long to judge.
    for _ in range(NEWTON_STEPS - 1):
        p = nearer(p, *second_order(loss, p))
    last = second_order(loss, p)
    return settled(loss, nearer(p, *last), p, *last, near)


def settled(
    loss: Callable[[Any], Any], p: Any, before: Any, slopes: Any, curvatures: Any, near: Any
) -> tuple[Any, Any]:
    """Judge where the last step of `stationary` has led: to p (2,), from `before` (2,).

    `slopes` (2,) and the three `curvatures` are those of `second_order` there.
    """
    bends, height = _bends(curvatures), loss(p)
    rounding = ROUNDING * (jnp.abs(height) + jnp.abs(bends.large) * near * near)
    sure = (_length(p - before) <= SURE * near) & (bends.large != 0)
    # What lies along a direction without curvature no step of Newton's removes: a valley that goes
    # on falling, however slowly, is no place.
    left = jnp.where(bends.small == 0, bends.along @ slopes, 0.0)
    sure = sure & (jnp.abs(left) * near <= rounding)
    return jnp.where(sure, p, jnp.nan), _kind(loss, p, bends, near, height, rounding)


def second_order(loss: Callable[[Any], Any], p: Any) -> tuple[Any, tuple[Any, Any, Any]]:
    """Return the slopes (2,) at p and the curvatures: along x, mixed, and along y."""
    slope = jax.grad(loss)
    ((a, b), (_, d)), g = jax.jacfwd(lambda q: (slope(q),) * 2, has_aux=True)(p)
    return g, (a, b, d)


def nearer(p: Any, slopes: Any, curvatures: tuple[Any, Any, Any]) -> Any:
    """Return where a step of Newton's method leads: p (2,) along a direction of no curvature.

    By the adjugate or, of a singular matrix, by the matrix itself, which is its pseudo-inverse but
    for a factor.
    """
    (a, b, d), (u, v) = curvatures, slopes
    determinant, trace = a * d - b * b, a + d
    singular = jnp.abs(determinant) <= SINGULAR * trace * trace
    over = jnp.where(singular, trace * trace, determinant)
    back = jnp.where(singular, a * u + b * v, d * u - b * v)
    beside = jnp.where(singular, b * u + d * v, a * v - b * u)
    return p - jnp.stack([back / over, beside / over])


class _Bends(NamedTuple):
    """The curvatures of a surface at a point, `large` the one of larger size, their directions."""

    large: Any
    small: Any
    across: Any
    along: Any


def _bends(curvatures: tuple[Any, Any, Any]) -> _Bends:
    a, b, d = curvatures
    mean, half = (a + d) / 2, (a - d) / 2
    gap = _length((half, b))
    large = jnp.where(mean < 0, mean - gap, mean + gap)
    small = jnp.where(large == 0, 0.0, (a * d - b * b) / large)
    singular = jnp.abs(small) <= SINGULAR * jnp.abs(large)
    # Two ways to write the eigenvector; one of them may be zero.
    first, second = jnp.stack([b, large - a]), jnp.stack([large - d, b])
    across = jnp.where(_length(first) > _length(second), first, second)
    size = _length(across)
    across = jnp.where(size == 0, jnp.array([1.0, 0.0]), across / size)
    along = jnp.stack([-across[1], across[0]])
    return _Bends(large, jnp.where(singular, 0.0, small), across, along)


def _kind(
    loss: Callable[[Any], Any], p: Any, bends: _Bends, near: Any, height: Any, rounding: Any
) -> Any:
    """Return what a place p (2,) of a height, without a gradient, is: an index of KINDS.

    Heights that differ by no more than `rounding` are the same. Where one curvature is zero,
    heights decide: those a little way along it, on the valley's floor.
    """
    large, small = bends.large, bends.small

    def rise(way: Any) -> Any:
        q = p + way * near * bends.along
        floor = q - bends.across * (bends.across @ jax.grad(loss)(q)) / large
        return loss(floor) - height

    rises = jax.vmap(rise)(jnp.array([1.0, -1.0], p.dtype))
    level = (small == 0) & (jnp.abs(rises) <= rounding).all()
    falls, climbs = (rises < -rounding).any(), (rises > rounding).any()
    bowl = jnp.where((small < 0) | falls, SADDLE, jnp.where(level, VALLEY, MINIMUM))
    hill = jnp.where((small > 0) | climbs, SADDLE, jnp.where(level, RIDGE, MAXIMUM))
    return jnp.where(large > 0, bowl, hill)


def _length(vector: Any) -> Any:
    # Not hypot, which takes long to compile; what overflows here is no place.
    return jnp.sqrt(vector[0] * vector[0] + vector[1] * vector[1])
