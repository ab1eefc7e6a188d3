"""Environment variables: one table, the README's; what cannot be is told in a sentence."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.settings import SETTINGS, SettingError, read

README = Path(__file__).parents[2] / "README.md"
RIGHT = {
    "OPTVIZ_BASE_PATH": {"": "", "/": "", "/optviz": "/optviz", "/a/b-c.d~1/": "/a/b-c.d~1"},
    "OPTVIZ_FRAME_ANCESTORS": {
        "'none'": "'none'",
        "'self'  https://moodle.example.edu:8443": "'self' https://moodle.example.edu:8443",
        "*.example.edu": "*.example.edu",
        "self https://a.b": "'self' https://a.b",
        "none": "'none'",
    },
    "OPTVIZ_LOG_LEVEL": {"INFO": "info", "error": "error"},
    "OPTVIZ_AT_ONCE": {"1": 1, "64": 64},
    "OPTVIZ_WAITING": {"1": 1, "100000": 100_000},
    "OPTVIZ_PROGRAMS_MB": {"16": 16},
}
WRONG = {
    "OPTVIZ_BASE_PATH": [
        "optviz",
        "//x",
        "/a//b",
        "/a b",
        "/a?b",
        "/a\n",
        "/a/../b",
        "/.",
        "/<script>",
        "/é/",
    ],
    "OPTVIZ_FRAME_ANCESTORS": [
        "'self'; script-src *",
        "none self",
        "'none' 'self'",
        "a,b",
        "x\ny;",
    ],
    "OPTVIZ_LOG_LEVEL": ["loud", "10"],
    "OPTVIZ_AT_ONCE": ["0", "-1", "two", "65", "1.5", "\u0661"],
    "OPTVIZ_WAITING": ["0", "1e9", "100001"],
    "OPTVIZ_PROGRAMS_MB": ["15", "16MB"],
}


def test_the_readme_lists_them_with_their_defaults():
    rows = re.findall(r"^\| `(OPTVIZ_\w+)` \| (.*?) ?\| (.*?) \|$", README.read_text(), re.M)
    code = lambda text: f"`{text}`" if text else ""  # noqa: E731
    assert rows == [(name, code(one.default), one.meaning) for name, one in SETTINGS.items()]


def test_without_any_all_are_as_usual():
    usual = {"": "", "HOME": "/root"}
    assert read(usual) == {name: one.read(one.default) for name, one in SETTINGS.items()}
    assert read(dict.fromkeys(SETTINGS, "")) == read(usual)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [(name, text, value) for name, cases in RIGHT.items() for text, value in cases.items()],
)
def test_what_is_set_is_read(name, text, value):
    assert read({name: text})[name] == value


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, cases in WRONG.items() for text in cases]
)
def test_what_cannot_be_is_told(name, text):
    with pytest.raises(SettingError, match=f"^{name} is .*; it must be "):
        read({name: text})


def test_a_name_that_is_misspelt_is_told():
    with pytest.raises(SettingError, match=r"BASEPATH.* mean OPTVIZ_BASE_PATH"):
        read({"OPTVIZ_BASEPATH": "/x"})


def test_what_a_cluster_sets_for_a_service_called_so_is_no_mistake():
    names = ("SERVICE_HOST", "SERVICE_PORT", "PORT", "PORT_8501_TCP", "PORT_8501_TCP_ADDR")
    assert read({f"OPTVIZ_{name}": "tcp://10.0.0.1:8501" for name in names}) == read({})


@given(name=st.sampled_from([*SETTINGS]), text=st.text(st.characters(exclude_characters="\0")))
def test_whatever_is_set_there_is_a_value_or_a_sentence(name, text):
    with suppress(SettingError):
        value = str(read({name: text})[name])
        assert not re.search(r"[\r\n;]", value), "nothing gets into a header"
        assert value.isascii()
