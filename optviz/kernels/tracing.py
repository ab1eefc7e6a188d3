"""Follows a program of JAX from scalars to scalars."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import jax
import numpy as np

from optviz.kernels.primitives import PRIMITIVES, array, each
from optviz.kernels.scalars import Scalar, Scalars
from optviz.notation import CannotPrint

# What a kernel computes with. Whole numbers are held by float64, exactly.
KINDS = ("float64", "int32", "int64", "bool")
# Primitives that call a program of their own, and the parameter that holds it.
CALLS = {
    **dict.fromkeys(("jit", "pjit", "closed_call", "core_call", "remat"), "jaxpr"),
    **dict.fromkeys(("custom_jvp_call", "custom_vjp_call"), "call_jaxpr"),
}
# On truth values these are and, or, not; on whole numbers they would act on their bits.
LOGICAL = ("and", "or", "not", "reduce_and", "reduce_or")


def inputs(scalars: Scalars, name: str, shape: Sequence[int] = (), **how: Any) -> np.ndarray:
    """Return an array of inputs called name, or name0, name1, ... if there are several."""
    made = np.empty(tuple(shape), object)
    for number, index in enumerate(np.ndindex(made.shape)):
        made[index] = scalars.input(f"{name}{number}" if shape else name, **how)
    return made


def flat(arrays: Iterable[np.ndarray]) -> list[Scalar]:
    """Return all scalars of some arrays."""
    return [scalar for part in arrays for scalar in part.ravel()]


def follow(scalars: Scalars, function: Callable[..., Any], *arguments: Any) -> Any:
    """Return function(*arguments), where every array is one of scalars.

    CannotPrint says what in it no kernel can do.
    """
    with jax.enable_x64(True):
        kinds = jax.tree.map(lambda one: jax.ShapeDtypeStruct(one.shape, float), arguments)
        program, shapes = jax.make_jaxpr(function, return_shape=True)(*kinds)
    outputs = _run(scalars, program, jax.tree.leaves(arguments))
    return jax.tree.unflatten(jax.tree.structure(shapes), outputs)


def _run(scalars: Scalars, program: Any, arguments: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return the outputs of a closed jaxpr."""
    jaxpr = program.jaxpr
    known = dict(zip(jaxpr.constvars, (array(one, scalars) for one in program.consts), strict=True))
    known |= dict(zip(jaxpr.invars, arguments, strict=True))

    def read(atom: Any) -> np.ndarray:
        return array(atom.val, scalars) if hasattr(atom, "val") else known[atom]

    for equation in jaxpr.eqns:
        for atom in (*equation.invars, *equation.outvars):
            if str(atom.aval.dtype) not in KINDS:
                raise CannotPrint(f"A kernel cannot compute with {atom.aval.dtype}.")
        made = _make(scalars, equation, [read(atom) for atom in equation.invars])
        outputs = made if equation.primitive.multiple_results else [made]
        known |= dict(zip(equation.outvars, outputs, strict=True))
    return [read(atom) for atom in jaxpr.outvars]


def _make(scalars: Scalars, equation: Any, arguments: list[np.ndarray]) -> Any:
    """Return what one equation of a jaxpr computes."""
    name, params = equation.primitive.name, equation.params
    if name in CALLS:
        return _run(scalars, params[CALLS[name]], arguments)
    if name in _HOLDERS:
        return _HOLDERS[name](scalars, params, arguments)
    kind = equation.invars[0].aval.dtype if equation.invars else np.dtype(float)
    if name == "convert_element_type":
        return _converted(scalars, arguments[0], kind, np.dtype(params["new_dtype"]))
    whole = np.issubdtype(kind, np.integer)
    if name not in PRIMITIVES or (whole and name in ("div", *LOGICAL)):
        raise CannotPrint(f"A kernel cannot compute {name}{' of whole numbers' * whole}.")
    made = PRIMITIVES[name](scalars, params, *arguments)
    if equation.primitive.multiple_results or not isinstance(made, list):
        return made
    return made[0]


def _converted(scalars: Scalars, x: np.ndarray, old: np.dtype, new: np.dtype) -> np.ndarray:
    if old == new:
        return x
    if old.kind == "b":
        return each(partial(scalars.call, "number"), x)
    if new.kind == "b":
        zero = scalars.constant(0.0)
        return each(lambda one: scalars.call("ne", one, zero), x)
    if np.issubdtype(new, np.integer) and not np.issubdtype(old, np.integer):
        return each(partial(scalars.call, "trunc"), x)
    return x


def _cond(scalars: Scalars, params: Any, arguments: list[np.ndarray]) -> list[np.ndarray]:
    """Choose among the results of all branches: they have no effects."""
    which, *given = arguments
    *others, last = [_run(scalars, branch, given) for branch in params["branches"]]
    for index in reversed(range(len(others))):
        choose = partial(_chosen, scalars, which.item(), index)
        last = [each(choose, one, other) for one, other in zip(others[index], last, strict=True)]
    return last


def _chosen(scalars: Scalars, which: Scalar, index: int, one: Scalar, other: Scalar) -> Scalar:
    """Return `one` where the whole number `which` is not above `index`."""
    here = scalars.call("le", which, scalars.constant(index))
    return scalars.call("select", here, one, other)


def _while(scalars: Scalars, params: Any, arguments: list[np.ndarray]) -> list[np.ndarray]:
    split = params["cond_nconsts"], params["cond_nconsts"] + params["body_nconsts"]
    of_condition, of_body = arguments[: split[0]], arguments[split[0] : split[1]]
    begun = arguments[split[1] :]
    loop = scalars.loop(flat(begun))
    carried = _shaped(loop.carried, begun)
    (condition,) = _run(scalars, params["cond_jaxpr"], [*of_condition, *carried])
    loop.condition = condition.item()
    loop.after = flat(_run(scalars, params["body_jaxpr"], [*of_body, *carried]))
    return _shaped(scalars.results(loop), begun)


def _scan(scalars: Scalars, params: Any, arguments: list[np.ndarray]) -> list[np.ndarray]:
    """Go through a loop of so many turns that carries all of what it makes."""
    constant, count = params["num_consts"], params["num_carry"]
    if len(arguments) > constant + count or len(params["jaxpr"].jaxpr.outvars) > count:
        raise CannotPrint("A kernel cannot compute scan over arrays.")
    fixed, begun = arguments[:constant], arguments[constant:]
    zero, one, turns = (scalars.constant(value) for value in (0.0, 1.0, params["length"]))
    loop = scalars.loop([zero, *flat(begun)])
    counter, *rest = loop.carried
    loop.condition = scalars.call("lt", counter, turns)
    after = _run(scalars, params["jaxpr"], [*fixed, *_shaped(rest, begun)])
    loop.after = [scalars.call("add", counter, one), *flat(after)]
    return _shaped(scalars.results(loop)[1:], begun)


def _shaped(flat: Sequence[Scalar], like: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return scalars in arrays of these shapes, one array after the other."""
    rest = iter(flat)
    shaped = []
    for part in like:
        made = np.empty(part.shape, object)
        for index in np.ndindex(part.shape):
            made[index] = next(rest)
        shaped.append(made)
    return shaped


# Primitives that hold programs which run more or less often than once.
_HOLDERS = {"while": _while, "scan": _scan, "cond": _cond}
