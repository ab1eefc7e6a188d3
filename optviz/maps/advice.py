"""Which learning rate to take, judged by what became of a lane at many of them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

# A suggested rate lies this factor below the first that fails.
MARGIN = 2.0
# A rate fails, too, if more than this share of the starts nearby diverge with it.
FRAGILE = 0.2
# Losses are the same if they differ by less than this share of the way down from the start.
SAME = 0.01
# As good as the best: in so many times its steps, or so many times its height above the minimum.
NEARLY = 1.5
# A rate is judged together with its neighbours, so many in all: one lucky run is no advice.
NEIGHBOURS = 5
# Where good rates reach over this factor, it hardly matters which is taken.
WIDE = 1000.0
# The range test's descent is taken over this share of its run.
WINDOW = 0.05
# A smaller number is written with an exponent.
LEAST = 1e-3


class Tried(NamedTuple):
    """What became of a lane at n rates, in ascending order.

    `rate` (n,); `loss` (n,) the final loss, NaN where it diverged; `step` (n,) when it came to
    stay at a minimum, infinite where it did not; `lost_around` (n,) the share of the starts nearby
    that diverged. `begun` is the loss at the start, `floor` the lowest known, None if none is.
    """

    rate: np.ndarray
    loss: np.ndarray
    step: np.ndarray
    lost_around: np.ndarray
    begun: float
    floor: float | None


class Advice(NamedTuple):
    """The suggested rate, None if none helps; the stretch whose middle it is; the blow-up; why.

    `blow_up` is the smallest rate tried from which on all do diverge, None if the highest does not.
    `text` says what becomes of the lane at the suggested rate and in the stretch, and `distance`
    which rates were left out because they lie close to those that fail, and which of them is the
    quickest; empty if none were.
    """

    suggested: float | None
    good: tuple[float, float] | None
    blow_up: float | None
    text: str
    distance: str = ""


def advise(tried: Tried) -> Advice:
    """Suggest a learning rate: the middle of the widest stretch that is safe, low and quick.

    The middle is that of its orders of magnitude. Safe is a rate that does not diverge, nor runs
    below the lowest value known, nor diverges at more than a share FRAGILE of the starts nearby,
    and that lies MARGIN below the first that fails; where none keeps these distances, fewer are
    kept. Low is a safe one that ends as low as the lowest of them. Quick is a low one that comes
    to stay at a minimum in NEARLY as few steps as the fastest; if none does, one that ends NEARLY
    as low. A rate counts as the worse of itself and of the middle one of its neighbours. Where no
    rate helps that keeps above the lowest value known, those that end below it are considered too:
    it is known for the domain, and a race may begin elsewhere.
    """
    ends = np.where(np.isnan(tried.loss), np.inf, tried.loss)
    below = _below(tried)
    advice = _advised(tried, np.where(below, np.inf, ends))
    if advice.suggested is not None or not below.any():
        return advice
    lower = _advised(tried, ends)
    if lower.suggested is None:
        return lower
    return lower._replace(text=f"{lower.text} It ends below the known minimum, as others do here.")


def _advised(tried: Tried, ends: np.ndarray) -> Advice:
    """Advise on rates with these final losses (n,), infinite for those that fail."""
    blow_up = _blow_up(tried)
    safe, distance = _safe(tried, ends)
    if not safe.any():
        return Advice(None, None, blow_up, "No rate helps: it diverges at every one tried.")
    loss = np.where(safe, _with_neighbours(ends), np.inf)
    step = _with_neighbours(tried.step)
    best = loss.min()
    if not best < tried.begun:
        text = "No rate helps: at none does it end lower than it begins."
        return Advice(None, None, blow_up, text)
    low = safe & (loss <= best + SAME * (tried.begun - best))
    arrived = low & np.isfinite(step)
    if tried.floor is None and not arrived.any():
        text = "No rate helps: at none does it come to rest at a minimum."
        return Advice(None, None, blow_up, text)
    if arrived.any():
        quick = arrived & (step <= NEARLY * max(1.0, step[arrived].min()))
    else:
        quick = low & (loss <= best + (NEARLY - 1) * max(best - (tried.floor or 0.0), 0.0))
    first, middle, last = _widest(quick)
    good = float(tried.rate[first]), float(tried.rate[last])
    text = _why(tried, first, middle, last)
    distance += _quicker(tried, tried.step[middle])
    return Advice(float(tried.rate[middle]), good, blow_up, text, distance)


def steepest(rate: np.ndarray, loss: np.ndarray) -> float | None:
    """Return the rate (of T, one each step) at which the range test's loss falls most, if it falls.

    It is the middle of that share WINDOW of the run, up to its lowest loss, which ends lowest below
    where it begins: Smith's reading of the test, which asks for no more than one run.
    """
    seen = loss[: np.nanargmin(loss) + 1] if np.isfinite(loss).any() else loss[:0]
    wide = max(1, round(WINDOW * len(loss)))
    if len(seen) <= wide:
        return None
    falls = seen[wide:] - seen[:-wide]
    begin = int(falls.argmin())
    return float(rate[begin + wide // 2]) if falls[begin] < 0 else None


def fate(tried: Tried, rate: float) -> str:
    """Return the tried rate that is nearest to `rate`, and what becomes of the lane there."""
    at = int(np.abs(np.log(tried.rate / rate)).argmin())
    held = f"{written(tried.rate[at])}; held there, it"
    if np.isnan(tried.loss[at]):
        return f"{held} diverges"
    if np.isfinite(tried.step[at]):
        return f"{held} converges at step {tried.step[at]:.0f}"
    return f"{held} has not converged at the end"


def written(number: float, digits: int = 3) -> str:
    """Return a rate or a loss as the page writes it in its fields: 0.0106, and 1.06e-5."""
    rounded = float(f"{number:.{digits}g}")
    if 0 < abs(rounded) < LEAST:
        return np.format_float_scientific(rounded, trim="-", exp_digits=1)
    return np.format_float_positional(rounded, trim="-")


def _blow_up(tried: Tried) -> float | None:
    held = np.flatnonzero(~np.isnan(tried.loss))
    beyond = tried.rate[held[-1] + 1 :] if held.size else tried.rate
    return float(beyond[0]) if beyond.size else None


def _safe(tried: Tried, ends: np.ndarray) -> tuple[np.ndarray, str]:
    """Return which rates (n,) are safe, and in a sentence which others are not, if any are not.

    Where none keeps the distances they are those that do not fail.
    """
    fails = ~np.isfinite(ends)
    fragile = fails | (tried.lost_around > FRAGILE)
    if not fragile.any():
        return ~fragile, ""
    first = int(fragile.argmax())
    calm = ~fragile & (tried.rate <= tried.rate[first] / MARGIN)
    rate, failure = written(tried.rate[first]), _failure(tried, first)
    if calm.any():
        kept = f"Rates above half of {rate} are not suggested"
        return calm, f"{kept}: {rate} is the lowest rate tried at which it {failure}."
    none = f"No rate keeps its distance from those that fail: already at {rate} it {failure}."
    return ~fragile if (~fragile).any() else ~fails, none


def _quicker(tried: Tried, step: float) -> str:
    """Return which rate is soonest at a minimum, if that is far sooner than at a `step`."""
    at = int(tried.step.argmin())
    if not tried.step[at] * NEARLY < step or not np.isfinite(tried.step[at]):
        return ""
    return f" The quickest tried, {written(tried.rate[at])}, arrives at step {tried.step[at]:.0f}."


def _failure(tried: Tried, at: int) -> str:
    """Return what befalls the lane at a rate that is not safe."""
    if np.isnan(tried.loss[at]):
        return "diverges"
    if np.isinf(tried.loss[at]):
        return "ends far outside"
    if tried.lost_around[at] > FRAGILE:
        return f"diverges from {tried.lost_around[at]:.0%} of the starts nearby"
    return "ends below the known minimum"


def _below(tried: Tried) -> np.ndarray:
    """Return which rates (n,) end below the lowest value known."""
    if tried.floor is None:
        return np.zeros(len(tried.loss), bool)
    return tried.loss < tried.floor - SAME**3 * abs(tried.begun - tried.floor)


def _with_neighbours(values: np.ndarray) -> np.ndarray:
    """Return the greater of each value and the middle one of its neighbours."""
    half = NEIGHBOURS // 2
    padded = np.pad(values, half, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, NEIGHBOURS)
    return np.maximum(values, np.sort(windows, axis=1)[:, half])


def _widest(mask: np.ndarray) -> tuple[int, int, int]:
    """Return first, middle and last index of the longest run of True."""
    indices = np.flatnonzero(mask)
    runs = np.split(indices, np.flatnonzero(np.diff(indices) > 1) + 1)
    longest = max(runs, key=len)
    return int(longest[0]), int(longest[len(longest) // 2]), int(longest[-1])


def _why(tried: Tried, first: int, at: int, last: int) -> str:
    """Return what becomes of the lane at a rate, and at all of those from `first` to `last`."""
    rate, low, high = (written(tried.rate[k]) for k in (at, first, last))
    step, stretch = tried.step[at], slice(first, last + 1)
    if np.isfinite(step):
        said = f"At {rate} it converges at step {step:.0f}."
    else:
        said = f"At {rate} it has not converged; it ends with a loss of {written(tried.loss[at])}."
    if first == last:
        return said
    if np.isfinite(tried.step[stretch]).all():
        each = f"converges, at step {_span(tried.step[stretch], '{:.0f}'.format)}"
    else:
        each = f"ends with a loss of {_span(tried.loss[stretch], written)}"
    begin = "It hardly matters which: at" if tried.rate[last] >= WIDE * tried.rate[first] else "At"
    return f"{said} {begin} each rate tried from {low} to {high} it {each}."


def _span(values: np.ndarray, as_text: Callable[[float], str]) -> str:
    """Return from which to which value these reach: "3", or "3 to 5"."""
    low, high = as_text(values.min()), as_text(values.max())
    return low if low == high else f"{low} to {high}"
