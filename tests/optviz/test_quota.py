"""A container's own limit counts where it is lower than what the machine has."""

from __future__ import annotations

import os
import resource

import pytest

from optviz import quota


@pytest.mark.parametrize(
    ("said", "cores"),
    [("100000 100000", 1), ("150000 100000", 2), ("20000 100000", 1), ("200000 100000\n", 2)],
)
def test_the_quota_counts_in_whole_cores(tmp_path, monkeypatch, said, cores):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)))
    limit = tmp_path / "cpu.max"
    limit.write_text(said)
    assert quota.cores(limit) == cores


@pytest.mark.parametrize("said", ["max 100000", "", "nonsense", "1 0", None])
def test_without_one_all_cores_count_that_this_process_may_run_on(tmp_path, monkeypatch, said):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3})
    limit = tmp_path / "cpu.max"
    if said is not None:
        limit.write_text(said)
    assert quota.cores(limit) == 2


def test_who_has_said_how_many_threads_is_believed(tmp_path):
    assert quota.bounded({"NPROC": "7"}) == {}
    limit = tmp_path / "cpu.max"
    limit.write_text("100000 100000")
    assert quota.bounded({}, limit) == {"NPROC": "1"}


@pytest.mark.parametrize(
    ("limits", "wanted", "may"),
    [
        ((1024, 4096), (4096, 4096), 4096),
        ((1024, resource.RLIM_INFINITY), (quota.FILES, resource.RLIM_INFINITY), quota.FILES),
        ((1_000_000, 1_000_000), None, 1_000_000),
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), None, quota.FILES),
    ],
)
def test_it_opens_as_many_files_as_it_needs_or_may(limits, wanted, may, monkeypatch):
    said = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits)
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: said.append(both))
    assert quota.open_more_files() == may
    assert said == ([wanted] if wanted else [])


def test_so_many_pages_have_room_in_open_files():
    assert quota.pages_for(quota.FILES) > 1000
    assert quota.pages_for(300) == 0
