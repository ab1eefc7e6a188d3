"""A parameter's declaration is checked, and so is every value that a user gives it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogues import Parameter, declared

RATE = Parameter(1e-3, 1e-5, 1.0, log=True, meaning="learning rate")
COUNT = Parameter(10, 1, 100, integer=True, meaning="steps between drops")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_finite_number_is_read_unchanged(number):
    assert RATE.read(number) == number
    assert RATE.read(repr(number)) == number


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_is_read_as_a_float(number):
    read = COUNT.read(number)
    assert read == number
    assert type(read) is float


@given(st.text(alphabet="0123456789+-.eE_ \tinfNaN"))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        finite = math.isfinite(float(text))
    except ValueError:
        finite = False
    # Python alone reads 1_0 as ten.
    if finite and "_" not in text:
        assert RATE.read(text) == float(text)
    else:
        with pytest.raises(ValueError, match=r"is not a (finite )?number$"):
            RATE.read(text)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("fast", "'fast' is not a number"),
        (None, "'None' is not a number"),
        ([1.0], r"'\[1.0\]' is not a number"),
        (1j, "'1j' is not a number"),
        ("nan", "'nan' is not a finite number"),
        (math.inf, "'inf' is not a finite number"),
        ("1e999", "'1e999' is not a finite number"),
        (10**400, "a number of that many digits is too large"),
        ("9" * 10_000 + "x", f"'{'9' * 40}' is not a number"),
    ],
)
def test_what_is_no_finite_number_is_refused_in_a_sentence(value, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        RATE.read(value)


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda n: n != round(n)))
def test_a_whole_parameter_refuses_fractions(number):
    with pytest.raises(ValueError, match="is not a whole number"):
        COUNT.read(number)


@given(*[st.floats(allow_nan=True, allow_infinity=True)] * 3, st.booleans())
def test_a_declaration_stands_exactly_when_its_slider_can_be_drawn(default, low, high, log):
    drawable = math.isfinite(low) and math.isfinite(high) and low <= default <= high
    if drawable and (low > 0 or not log):
        assert Parameter(default, low, high, log).read(default) == default
    else:
        with pytest.raises(ValueError, match=r"slider|outside|logarithmic"):
            Parameter(default, low, high, log)


@pytest.mark.parametrize(
    ("most", "sentence"), [(math.inf, "-1 is not 0 or more"), (5.0, "-1 is not within 0 to 5")]
)
def test_a_number_without_a_meaning_is_refused_and_one_beyond_the_slider_is_not(most, sentence):
    parameter = Parameter(2.0, 1.0, 4.0, least=0.0, most=most)
    assert [parameter.read(value) for value in (0, 0.5, 4.5, 5)] == [0, 0.5, 4.5, 5]
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        parameter.read(-1)


def test_a_slider_stays_within_what_is_allowed():
    with pytest.raises(ValueError, match="the slider leaves what is allowed"):
        Parameter(2.0, 1.0, 4.0, least=1.5)


def test_a_whole_parameter_has_a_whole_default():
    with pytest.raises(ValueError, match=r"2.5 is not a whole number"):
        Parameter(2.5, 1, 10, integer=True)


def test_keyword_only_defaults_that_are_parameters_are_declared():
    def step(f, theta, v=0.0, *, lr=RATE, every=COUNT, plain=3):
        return f, theta, v, lr, every, plain

    assert declared(step) == {"lr": RATE, "every": COUNT}
    assert list(declared(step)) == ["lr", "every"]


@pytest.mark.parametrize("function", [lambda x: x, len, math.hypot])
def test_a_function_without_any_declares_nothing(function):
    assert declared(function) == {}
