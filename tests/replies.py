"""Replies of bytes, read as the player reads them."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np

from optviz.api.wire import MAGIC


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return the header and the arrays of a reply."""
    assert data[:4] == MAGIC
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    header, arrays = json.loads(data[8:end]), {}
    for listed in header["arrays"]:
        count = int(np.prod(listed["shape"]))
        array = np.frombuffer(data, "<f4", count, end)
        arrays[listed["name"]] = array.reshape(listed["shape"])
        end += array.nbytes
    return header, arrays
