"""What a browser takes is told from its headers, and undone by it."""

from __future__ import annotations

import gzip

import brotli
import pytest

from optviz.encodings import KNOWN, encoded, taken

UNDO = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(
    ("lines", "encoding"),
    [
        (["gzip, deflate, br, zstd"], "br"),
        (["gzip", "br"], "br"),
        (["gzip;q=1.0,BR;q=0.5"], "br"),
        (["gzip, br; q=0"], "gzip"),
        (["gzip;q=0, br;q=0.0"], ""),
        (["gzip, deflate"], "gzip"),
        (["brr, xgzip"], ""),
        ([""], ""),
        ([], ""),
    ],
)
def test_the_best_that_is_taken(lines, encoding):
    assert taken(lines) == encoding


@pytest.mark.parametrize("encoding", [*KNOWN, ""])
def test_it_is_undone(encoding):
    data = b"the same, " * 1000
    assert UNDO[encoding](encoded(data, encoding)) == data
    assert len(encoded(data, encoding)) < 200 or not encoding


def test_the_first_is_the_smaller():
    data = b"".join(b"function f%d(e,t){return e+t*%d}" % (n, n * n) for n in range(2000))
    assert len(encoded(data, KNOWN[0])) < len(encoded(data, KNOWN[1]))
