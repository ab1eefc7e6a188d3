"""The fragment program of a map: the steps of one cell, in GLSL."""

from pathlib import Path as File

from optviz import verdict
from optviz.conditions import known_places
from optviz.kernels import glsl, judging
from optviz.kernels.glsl import GLSL, kind
from optviz.kernels.scalars import Scalar
from optviz.kernels.split import KEPT, Split
from optviz.kernels.template import filled
from optviz.kernels.writing import Writing, bare
from surfaces import Surface

_PROGRAM = File(__file__).with_name("cells.glsl").read_text()
# As many vectors as every WebGL 2 has room for in a block.
ROOM = 1024
# Of a cell's place, in what it writes.
LEAST, STAYS = -verdict.OUTSIDE, 1 << 16
# A place where no cell is: it has not been looked at.
NEVER = verdict.OUTSIDE - 1


def source(split: Split) -> str:
    """Return the fragment program."""
    constant, steps = split.given
    names = {one: _component(f"c[{k // 4}]", k, one) for k, one in enumerate(constant)}
    names |= {one: _component(f"s{k // 4}", k, one) for k, one in enumerate(steps)}
    writing = Writing(GLSL, split.outputs, split.names, names)
    state, count = ["p0", "p1", *(one.value for one in split.memory)], len(split.memory)
    before: list[str] = []
    far, *begun = writing.values(split.outputs[: count + 1], before)
    before.append(f"float far = {bare(far)};")
    types = ["float", "float", *map(kind, split.memory)]
    for name, text in zip(state, ["start0", "start1", *begun], strict=True):
        before.append(f"{types[state.index(name)]} {name} = {bare(text)};")
    look: list[str] = []
    (loss,) = writing.values([split.outputs[count + 1]], look)
    look.append(f"float loss = {bare(loss)};")
    advance: list[str] = []
    writing.next([*zip(state, split.outputs[count + 2 :], strict=True)], advance)
    verdicts, used = _verdicts(split.surface)
    return filled(
        _PROGRAM,
        {
            **verdicts,
            "helpers": glsl.helpers({*writing.used, *used, "is_finite"}),
            "constants": str(split.constants),
            "room": str(ROOM),
            "own": _own(split),
            "before": before,
            "look": look,
            "now": [
                f"vec4 s{j} = s[{split.stride} * (k - begin) + {j}];"
                for j in range(split.stride if steps else 0)
            ],
            "advance": advance,
            **_kept(split),
            "never": str(NEVER),
            "outside": str(verdict.OUTSIDE),
            "least": str(LEAST),
            "stays": str(STAYS),
        },
    )


def _own(split: Split) -> list[str]:
    """Return the statements that name what is a cell's own: its start, and its values."""
    values = {"start0": "usual.x", "start1": "usual.y"}
    values |= dict(zip(split.varied, ("across", "up"), strict=True))
    return [f"float {name} = {text};" for name, text in values.items()]


def _kept(split: Split) -> dict[str, list[str]]:
    """Return what carries the state of a cell from one draw to the next."""
    here = ["p0", "p1", "code", "uint(since)", "earlier.x", "earlier.y"]
    bits = [text if k in (2, 3) else f"floatBitsToUint({text})" for k, text in enumerate(here)]
    bits += [f"floatBitsToUint({one.value})" for one in split.memory]
    bits += ["0u"] * (4 * split.depth - len(bits))
    load = [f"uvec4 k{j} = texelFetch(held{j}, cell, 0);" for j in range(split.depth)]
    load += [
        f"place = int(k0.z) - {LEAST};",
        "since = int(k0.w);",
        "earlier = uintBitsToFloat(k1.xy);",
    ]
    for index, name in [(0, "p0"), (1, "p1"), *enumerate((m.value for m in split.memory), KEPT)]:
        load.append(f"{name} = uintBitsToFloat(k{index // 4}.{'xyzw'[index % 4]});")
    numbers = range(split.depth)
    return {
        "held": [f"uniform usampler2D held{j};" for j in numbers],
        "outputs": [f"layout(location = {j}) out uvec4 out{j};" for j in numbers],
        "load": load,
        "save": [f"out{j} = uvec4({', '.join(bits[4 * j : 4 * j + 4])});" for j in numbers],
    }


def _component(vector: str, index: int, scalar: Scalar) -> str:
    number = f"{vector}.{'xyzw'[index % 4]}"
    return f"({number} != 0.0)" if glsl.is_truth(scalar) else number


def _verdicts(surface: Surface) -> tuple[dict[str, str | list[str]], set[str]]:
    """Return where a point is and whether it stays there, as functions, and their operations."""
    functions = {"whereabouts": judging.whereabouts(surface), "staying": judging.staying(surface)}
    made: dict[str, str | list[str]] = {}
    used: set[str] = set()
    for name, function in functions.items():
        lines, here = function.written(GLSL)
        inputs = ", ".join(f"float {one}" for one in function.arguments)
        made |= {name: lines, f"{name} inputs": inputs}
        used |= here
    made["targets"] = [
        f"if (place == {k}) target = vec2({', '.join(map(GLSL.constant, place.point))});"
        for k, place in enumerate(known_places(surface))
        if place.point
    ]
    return made, used
