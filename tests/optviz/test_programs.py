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

    def make(f, *static):
        made.append(static)
        return jax.jit(f)

    for _ in range(3):
        assert (programs.run(make, double, ("sum",), (ONES,)) == 2).all()
    assert len(made) == len(programs) == 1
    programs.run(make, double, ("other",), (ONES,))
    programs.run(make, double, ("sum",), (ONES[:2],))
    assert made == [("sum",), ("other",), ("sum",)]
    assert len(programs) == 3
    assert programs.size > 0


def test_those_used_last_stay():
    programs, made = Programs(), []

    def make(f, key):
        made.append(key)
        return jax.jit(f)

    programs.run(make, double, (0,), (ONES,))
    programs.most = int(2.5 * programs.size)
    for key in range(1, 4):
        programs.run(make, double, (key,), (ONES,))
        programs.run(make, double, (0,), (ONES,))
        assert programs.size <= programs.most
    assert made == [0, 1, 2, 3]
    assert len(programs) == 2


def test_what_everybody_begins_with_stays_whatever_else_is_asked_for():
    programs, made = Programs(), []

    def make(f, key):
        made.append(key)
        return jax.jit(f)

    programs.run(make, double, ("first",), (ONES,))
    programs.keep()
    programs.most = int(2.5 * programs.size)
    for key in range(5):
        programs.run(make, double, (key,), (ONES,))
        assert programs.size <= programs.most
    programs.run(make, double, ("first",), (ONES,))
    assert made.count("first") == 1


def test_a_program_larger_than_all_room_is_still_returned():
    programs = Programs(most=1)
    for function in (double, triple):
        assert programs.run(jax.jit, function, (), (ONES,)).shape == (4,)
        assert len(programs) == 1


def test_the_programs_of_a_function_can_be_dropped():
    programs = Programs()
    for function in (double, triple):
        for size in (2, 3):
            programs.run(jax.jit, function, (), (ONES[:size],))
    programs.drop(double)
    assert len(programs) == 2
    programs.drop(triple)
    assert len(programs) == programs.size == 0


def test_who_comes_while_it_is_compiled_waits():
    programs, made, got = Programs(), [], []

    def make(f):
        made.append(f)
        return jax.jit(lambda x: jnp.sin(x) @ x)

    ask = lambda: got.append(programs.run(make, double, (), (ONES,)).item())  # noqa: E731
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len({*got}) == 1
    assert len(got) == 8


def test_a_program_is_of_float64_where_an_argument_is():
    programs = Programs()
    for kind in (np.float32, np.float64):
        assert programs.run(jax.jit, double, (), (ONES.astype(kind),)).dtype == kind


def test_a_program_that_cannot_be_made_is_tried_again():
    programs = Programs()

    def fail(*_):
        raise ValueError("not now")

    for _ in range(2):
        try:
            programs.run(fail, double, (), (ONES,))
        except ValueError:
            continue
        raise AssertionError("it should fail")
    assert programs.run(jax.jit, double, (), (ONES,)).sum() == 8
