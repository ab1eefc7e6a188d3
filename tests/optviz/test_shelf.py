"""What was made once is there for the next process, whole, or made anew."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import shelf


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv(shelf.FOLDER, str(tmp_path))
    return tmp_path / shelf.BESIDE


def never() -> bytes:
    raise AssertionError("made again")


def test_what_was_made_is_there(folder):
    assert shelf.kept("a", lambda: b"1") == b"1"
    assert shelf.kept("b", lambda: b"") == b""
    assert (shelf.kept("a", never), shelf.kept("b", never)) == (b"1", b"")
    assert len([*folder.iterdir()]) == 2


def test_without_a_folder_nothing_is_kept(monkeypatch):
    monkeypatch.delenv(shelf.FOLDER, raising=False)
    made = iter([b"1", b"2"])
    assert [shelf.kept("a", lambda: next(made)) for _ in range(2)] == [b"1", b"2"]


@given(keep=st.integers(0, 40), put=st.binary(max_size=3))
def test_what_is_damaged_is_made_anew(keep, put, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(shelf.FOLDER, str(tmp_path_factory.mktemp("shelf")))
        shelf.kept("a", lambda: b"whole and well")
        (path,) = (Path(os.environ[shelf.FOLDER]) / shelf.BESIDE).iterdir()
        whole = path.read_bytes()
        path.write_bytes(whole[:keep] + put)
        assert shelf.kept("a", lambda: b"again") in (
            (b"whole and well", b"again") if path.read_bytes() == whole else (b"again",)
        )
        assert shelf.kept("a", never) in (b"whole and well", b"again")


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(shelf.FOLDER, str(tmp_path / "file"))
    assert shelf.kept("a", lambda: b"1") == b"1"


def test_a_disk_that_is_full_is_no_fault_and_leaves_nothing_behind(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert shelf.kept("a", lambda: b"1") == b"1"
    assert [*folder.iterdir()] == []


@pytest.mark.parametrize("bounds", [{"most": 8}, {"most_bytes": 8 * (shelf.DIGEST + 2)}])
def test_the_oldest_make_room(folder, bounds):
    bounded = shelf.Folder(folder, **bounds)
    for k in range(20):
        bounded.put(str(k), str(k).encode())
        assert len([*folder.iterdir()]) <= 8
        assert bounded.found(str(k)) == str(k).encode()
    assert bounded.found("0") is None
    assert bounded.found("17") == b"17"


def test_many_at_once_are_one(folder):
    with ThreadPoolExecutor(8) as pool:
        came = [*pool.map(lambda _: shelf.kept("a", lambda: b"1"), range(64))]
    assert {*came} == {b"1"}
    assert len([*folder.iterdir()]) == 1
