"""How tests are compiled and judged, and their order: those that drive a browser come last."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no fault. The same examples every time, so that what fails, fails again;
# `pytest --hypothesis-profile=explore` looks for others.
settings.register_profile("explore", deadline=None)
settings.register_profile("repeatable", settings.get_profile("explore"), derandomize=True)
settings.load_profile("repeatable")

# What a test computes itself runs once: it is compiled as quickly as may be. The product's programs
# are compiled as they always are, see `optviz.programs`.
os.environ.setdefault(
    "XLA_FLAGS", "--xla_cpu_use_fusion_emitters=false --xla_cpu_parallel_codegen_split_count=1"
)

# As `make run` does: what was compiled once, by a test or by a server that it starts, is kept.
os.environ.setdefault(
    "JAX_COMPILATION_CACHE_DIR", str(Path(__file__).parents[1] / ".cache" / "jax")
)
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Have an option for whoever has the time: four times as long for the kernels."""
    parser.addoption("--every-pair", action="store_true", help="run each rule on each surface")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: once it is started, Playwright keeps an event loop of its own."""
    items.sort(key=lambda item: "browser" in item.path.parts)
