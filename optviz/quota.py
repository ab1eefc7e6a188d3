"""What a container may use: fewer cores than the machine has, and often too few open files."""

import os
import resource
from collections.abc import Mapping
from math import ceil
from pathlib import Path

# What the kernel says of a group of processes: so many microseconds in so many.
CPU_MAX = Path("/sys/fs/cgroup/cpu.max")
# A page that is connected takes four open files, and all else some 500, of which most are kept for
# pages that have gone.
FILES = 16_384
FILES_EACH, OWN_FILES = 4, 500
# Where XLA looks for how many threads it may have.
THREADS = "NPROC"


def cores(limit: Path = CPU_MAX) -> int:
    """Return how many cores there are for this process, at least one."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        most, _, period = limit.read_text().partition(" ")
        return max(1, min(there or 1, ceil(int(most) / int(period))))
    except (OSError, ValueError, ZeroDivisionError):
        # There is no limit, or no such file.
        return there or 1


def bounded(environment: Mapping[str, str], limit: Path = CPU_MAX) -> dict[str, str]:
    """Return what is to be added to an environment, so that XLA has no more threads than cores."""
    return {} if THREADS in environment else {THREADS: str(cores(limit))}


def open_more_files(most: int = FILES) -> int:
    """Let this process open so many files, or as many as it may; return how many it now may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft == resource.RLIM_INFINITY or soft >= allowed:
        return most if soft == resource.RLIM_INFINITY else soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed


def pages_for(files: int) -> int:
    """Return how many connected pages so many open files are enough for."""
    return max(0, files - OWN_FILES) // FILES_EACH
