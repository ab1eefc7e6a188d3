"""What travels arrives: the header as it was, the arrays as float32."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from optviz.api import wire
from tests.replies import unpack

HEADERS = st.dictionaries(
    st.text().filter(lambda name: name != "arrays"),
    st.none()
    | st.booleans()
    | st.text()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.lists(st.text(), max_size=3),
    max_size=5,
)
ARRAYS = st.dictionaries(
    st.text(max_size=5),
    hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, min_side=0, max_side=4)),
    max_size=4,
)


@given(HEADERS, ARRAYS)
def test_bytes_survive_the_journey(header, arrays):
    found, received = unpack(wire.pack(header, arrays))
    listed = found.pop("arrays")
    assert found == header
    assert [entry["name"] for entry in listed] == [*arrays]
    for name, array in arrays.items():
        with np.errstate(over="ignore"):
            np.testing.assert_array_equal(received[name], array.astype(np.float32))
        assert received[name].shape == array.shape


@given(HEADERS, ARRAYS)
def test_arrays_begin_at_a_multiple_of_8_bytes(header, arrays):
    data = wire.pack(header, arrays)
    length = int.from_bytes(data[4:8], "little")
    assert data[:4] == b"OPTV"
    assert (8 + length) % 8 == 0
    assert len(data) == 8 + length + 4 * sum(array.size for array in arrays.values())
    json.loads(data[8 : 8 + length])


@given(HEADERS, ARRAYS)
def test_json_is_strict_and_has_null_where_no_number_is(header, arrays):
    named = {f"array {name}": array for name, array in arrays.items()}

    def refuse(constant):
        raise AssertionError(constant)

    found = json.loads(wire.as_json(header, named), parse_constant=refuse)
    for name, array in named.items():
        expected = np.where(np.isfinite(array), array, np.nan)
        received = np.array(found.pop(name), float).reshape(array.shape)
        np.testing.assert_array_equal(received, expected)
    assert found == {name: value for name, value in header.items() if name not in named}


def test_the_bytes_of_a_small_reply():
    data = wire.pack({"a": 1}, {"b": np.array([[1.0, -2.0]])})
    text = b'{"a":1,"arrays":[{"name":"b","shape":[1,2]}]}'
    padded = text.ljust(-(-len(text) // 8) * 8)
    assert data == (
        b"OPTV" + len(padded).to_bytes(4, "little") + padded + b"\0\0\x80\x3f\0\0\x00\xc0"
    )


def test_infinity_and_not_a_number_stay_what_they_are():
    array = np.array([np.nan, np.inf, -np.inf, 1e300, 1e-300])
    _, received = unpack(wire.pack({}, {"a": array}))
    np.testing.assert_array_equal(received["a"], [np.nan, np.inf, -np.inf, np.inf, 0.0])
    assert json.loads(wire.as_json({}, {"a": array}))["a"] == [None, None, None, 1e300, 1e-300]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.5, 1.5),
        (np.float64(2), 2.0),
        (np.nan, None),
        (np.inf, None),
        (-np.inf, None),
        (None, None),
    ],
)
def test_finite_is_what_json_can_hold(value, expected):
    assert wire.finite(value) == expected
