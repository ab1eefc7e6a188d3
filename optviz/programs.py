"""Compiled programs: one cache for all of them, bounded by the memory that they take."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np

# A page of all maps of a surface needs some 160 programs of two or three megabytes.
MAX_BYTES = 1 << 30
# Measured on a processor: so many bytes of memory are taken for one of a program's serialized form.
RESIDENT = 32
# XLA's older code for processors takes half the time to compile, and runs single paths as fast.
# Only where very many go side by side is the newer one faster, up to twofold. One thread makes a
# program: several split it first, which is more work and no sooner done.
# It fuses products with sums, and turns roots and quotients about, which browsers do not: where a
# path hangs on its last digits, the two may part. Without both (xla_backend_optimization_level 0,
# and xla_disable_hlo_passes algsimp) three of four hostile paths are a browser's to the bit, the
# others part by the libraries' sin, exp and pow, and half as many statuses differ; but short races
# take a quarter longer, long ones twice as long.
QUICK = {"xla_cpu_use_fusion_emitters": False, "xla_cpu_parallel_codegen_split_count": 1}
BUSY = {"xla_cpu_use_fusion_emitters": True}
# What is taken for a program that cannot be serialized, as one that runs on several machines.
UNKNOWN = 4 << 20
# Called before a program is compiled, which takes far longer than most take to run.
BEFORE_COMPILING: ContextVar[Callable[[], None]] = ContextVar("before_compiling")


@dataclass
class _Entry:
    """A program, once it is compiled; whoever comes meanwhile waits for it."""

    program: Any = None
    size: int = 0
    stays: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


class Programs:
    """The programs that were used last, in about `most` bytes of memory."""

    def __init__(self, most: int = MAX_BYTES) -> None:
        self.most = most
        self.size = 0
        # How many were compiled, and how often one was found compiled.
        self.made = self.found = 0
        self._entries: OrderedDict[tuple[Any, ...], _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def run(
        self,
        make: Callable[..., Any],
        f: Callable[..., Any],
        static: tuple[Hashable, ...],
        arguments: tuple[Any, ...],
        *,
        busy: bool = False,
    ) -> Any:
        """Return make(f, *static)(*arguments), a `jax.jit` compiled once for arguments like these.

        `f` is the function that is compiled in, `static` what else is. Where an argument is of
        float64, all of the program is. One that will be `busy` is compiled for longer. JAX frees
        what it compiled when the last reference to the program goes.
        """
        kinds = tuple([(one.shape, one.dtype) for one in jax.tree.leaves(arguments)])
        whole = f, make, static, kinds
        with self._lock:
            entry = self._entries.setdefault(whole, _Entry())
            self._entries.move_to_end(whole)
        with jax.enable_x64(any(dtype == np.float64 for _, dtype in kinds)):
            if entry.program:
                self.found += 1
            else:
                BEFORE_COMPILING.get(lambda: None)()
                with entry.lock:
                    if not entry.program:
                        self.made += 1
                        lowered = make(f, *static).lower(*arguments)
                        self._fill(whole, entry, lowered.compile(BUSY if busy else QUICK))
            return entry.program(*arguments)

    def keep(self) -> None:
        """Keep what is here now, whatever else is asked for: everybody begins with it."""
        with self._lock:
            for entry in self._entries.values():
                entry.stays = True

    def drop(self, f: Callable[..., Any]) -> None:
        """Forget all programs of a function."""
        with self._lock:
            for whole in [whole for whole in self._entries if whole[0] is f]:
                self.size -= self._entries.pop(whole).size

    def _fill(self, whole: tuple[Any, ...], entry: _Entry, program: Any) -> None:
        """Keep a program, and forget those that were not used for longest if there are too many."""
        entry.program, entry.size = program, _size(program)
        with self._lock:
            if self._entries.get(whole) is not entry:
                return
            self.size += entry.size
            for old in [*self._entries]:
                if self.size <= self.most or old == whole:
                    break
                if not self._entries[old].stays:
                    self.size -= self._entries.pop(old).size


def _size(program: Any) -> int:
    """Return about how many bytes of memory a compiled program takes."""
    try:
        return RESIDENT * len(program.runtime_executable().serialize())
    except jax.errors.JaxRuntimeError:
        return UNKNOWN


PROGRAMS = Programs()
