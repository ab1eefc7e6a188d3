"""What travels: a JSON header and float32 arrays, in one reply of bytes or as JSON."""

import json
import struct
import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

MAGIC = b"OPTV"
# So many numbers of JSON are written in about a millisecond.
PIECE = 1000
# Long enough for whoever waits to go first.
PAUSE = 1e-4


def pack(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return MAGIC, the header's length (uint32), the header, and the arrays as float32.

    Everything is little-endian. The header, JSON padded with spaces to a multiple of 8 bytes, gets
    the field `arrays`: the name and the shape of each, in the order in which they follow.
    """
    listed = [{"name": name, "shape": list(array.shape)} for name, array in arrays.items()]
    text = _json(dict(header) | {"arrays": listed})
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % 8)
    # A diverging loss may be beyond float32: it becomes infinite, which is what it is.
    with np.errstate(over="ignore"):
        body = b"".join(np.ascontiguousarray(array, "<f4").tobytes() for array in arrays.values())
    return MAGIC + struct.pack("<I", len(text)) + text + body


def as_json(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return the same as JSON, at full precision, with null for what is not a finite number."""
    # Names first, so that one of an array hides one of the header.
    plain = {name: value for name, value in header.items() if name not in arrays}
    fields = [_json(plain)[1:-1]] if plain else []
    fields += [_json(name) + b":" + b"".join(_pieces(array)) for name, array in arrays.items()]
    return b"{" + b",".join(fields) + b"}"


def finite(value: float | None) -> float | None:
    """Return the number if JSON can hold it, else None."""
    return float(value) if value is not None and np.isfinite(value) else None


def _pieces(array: np.ndarray) -> Iterator[bytes]:
    """Yield an array as JSON, a few numbers at a time.

    Nothing else in this process runs while numbers are written: between two pieces others may.
    """
    if array.size <= PIECE:
        yield _json(_finite(array))
        return
    rows = max(PIECE * len(array) // array.size, 1)
    for begin in range(0, len(array), rows):
        yield b"," if begin else b"["
        if rows > 1:
            yield _json(_finite(array[begin : begin + rows]))[1:-1]
            time.sleep(PAUSE)
        else:
            yield from _pieces(array[begin])
    yield b"]"


def _finite(array: np.ndarray) -> Any:
    if np.isfinite(array).all():
        return array.tolist()
    listed = array.astype(object)
    listed[~np.isfinite(array)] = None
    return listed.tolist()


def _json(data: Any) -> bytes:
    return json.dumps(data, separators=(",", ":"), allow_nan=False).encode()
