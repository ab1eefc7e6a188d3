"""Compiled programs: found again, bounded, dropped by their function, and compiled once."""

from __future__ import annotations

import threading

import jax
import jax.numpy as jnp
import numpy as np

from optviz.programs import Programs

ONES = np.ones(4, np.float32)


def double(x):
    return 2 * x


def triple(x):
    return 3 * x


def test_a_program_is_compiled_once_for_a_function_a_key_and_a_shape():
    programs, made = Programs(), []

    def make():
        made.append(1)
        return jax.jit(double)

    for _ in range(3):
        assert (programs.get(double, "sum", make, ONES)(ONES) == 2).all()
    assert len(made) == len(programs) == 1
    programs.get(double, "other", make, ONES)
    programs.get(double, "sum", make, ONES[:2])
    assert len(made) == len(programs) == 3
    assert programs.size > 0


def test_those_used_last_stay():
    programs = Programs()
    first = programs.get(double, 0, lambda: jax.jit(double), ONES)
    programs.most = int(2.5 * programs.size)
    for key in range(1, 4):
        programs.get(double, key, lambda: jax.jit(double), ONES)
        assert programs.get(double, 0, lambda: jax.jit(double), ONES) is first
        assert programs.size <= programs.most
    assert len(programs) == 2


def test_a_program_larger_than_all_room_is_still_returned():
    programs = Programs(most=1)
    for function in (double, triple):
        assert programs.get(function, 0, lambda f=function: jax.jit(f), ONES)(ONES).shape == (4,)
        assert len(programs) == 1


def test_the_programs_of_a_function_can_be_dropped():
    programs = Programs()
    for function in (double, triple):
        for size in (2, 3):
            programs.get(function, 0, lambda f=function: jax.jit(f), ONES[:size])
    programs.drop(double)
    assert len(programs) == 2
    programs.drop(triple)
    assert len(programs) == programs.size == 0


def test_who_comes_while_it_is_compiled_waits():
    programs, made, got = Programs(), [], []

    def make():
        made.append(1)
        return jax.jit(lambda x: jnp.sin(x) @ x)

    ask = lambda: got.append(programs.get(double, 0, make, ONES))  # noqa: E731
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len({*map(id, got)}) == 1
    assert len(got) == 8


def test_a_program_that_cannot_be_made_is_tried_again():
    programs = Programs()

    def fail():
        raise ValueError("not now")

    for _ in range(2):
        try:
            programs.get(double, 0, fail, ONES)
        except ValueError:
            continue
        raise AssertionError("it should fail")
    assert programs.get(double, 0, lambda: jax.jit(double), ONES)(ONES).sum() == 8
