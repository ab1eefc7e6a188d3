"""What is printed as GLSL computes what JAX computes, to float32, and links for every rule."""

# All are functions of x and y, whichever they use.
# ruff: noqa: ARG005

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from optviz import RULES, SURFACES
from optviz.api import assets
from optviz.kernels.function import Function
from optviz.kernels.glsl import GLSL, helpers

# Of a number, and of the rounding of one near zero.
TOLERANCE = 1e-4
PROGRAM = """#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
uniform sampler2D points;
layout(location = 0) out uvec4 made;
{helpers}
{functions}
void main() {{
  vec2 p = texelFetch(points, ivec2(gl_FragCoord.x, 0), 0).xy;
  float all[{count}] = float[]({calls});
  made = uvec4(floatBitsToUint(all[int(gl_FragCoord.y)]));
}}"""
EVALUATE = """({ source, points, count }) => {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2");
  const program = gl.createProgram();
  const corners = `#version 300 es
    void main() {
      gl_Position = vec4(gl_VertexID == 1 ? 3. : -1., gl_VertexID == 2 ? 3. : -1., 0., 1.);
    }`;
  for (const [kind, text] of [[gl.VERTEX_SHADER, corners], [gl.FRAGMENT_SHADER, source]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw gl.getShaderInfoLog(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  const n = points.length / 2;
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RG32F, n, 1, 0, gl.RG, gl.FLOAT, Float32Array.from(points));
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  const target = gl.createRenderbuffer();
  gl.bindRenderbuffer(gl.RENDERBUFFER, target);
  gl.renderbufferStorage(gl.RENDERBUFFER, gl.RGBA32UI, n, count);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, target);
  gl.viewport(0, 0, n, count);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  const words = new Uint32Array(4 * n * count);
  gl.readPixels(0, 0, n, count, gl.RGBA_INTEGER, gl.UNSIGNED_INT, words);
  return [...words].filter((_, k) => k % 4 === 0);
}"""
LINKS = """async ({ folder, names }) => {
  const { Graphics } = await import(`${folder}/live/graphics.js`);
  const graphics = new Graphics();
  const broken = [];
  for (const name of names) {
    const cells = await import(`${folder}/kernels/cells/${name}.js`);
    while (!graphics.ready(cells) && !graphics.fails(cells))
      await new Promise((done) => setTimeout(done, 5));
    if (graphics.fails(cells)) broken.push(name);
  }
  return broken;
}"""
NUMBERS = [0.0, 1.0, -1.0, 0.3, -0.01, 1e-5, 2.5, -7.25, 0.999, 12.0, -3.0, 300.0, 1e-3, -0.2, 0.6]
POINTS = np.array([(x, y) for x in NUMBERS for y in NUMBERS], np.float32)
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "arithmetic": lambda x, y: (x + y) * (x - 2.0) - x / (1.0 + y * y),
    # Where a division leaves nothing over but rounding, float32 may leave all of it over.
    "rem": lambda x, y: lax.rem(x, 4 + 0 * y),
    "pow": lambda x, y: abs(x) ** y,
    "whole pow": lambda x, y: x ** jnp.floor(jnp.clip(y, -4, 12)),
    "many": lambda x, y: (1 - 0.001 * abs(y)) ** jnp.floor(abs(x)),
    "atan2": jnp.arctan2,
    "sqrt": lambda x, y: jnp.sqrt(abs(x)),
    "choice": lambda x, y: jnp.where((x > y) & ~(y < 0) | (x == 0), x, jnp.maximum(y, -1.0)),
    "sign": lambda x, y: jnp.sign(x) + jnp.floor(y) + jnp.ceil(x),
    "loop": lambda x, y: lax.fori_loop(0, 5, lambda k, a: a * 0.5 + y + k, x),
    "finite": lambda x, y: jnp.where(jnp.isfinite(x / y), 1.0, 2.0),
    **{
        name: lambda x, y, of=getattr(jnp, name): of(x)
        for name in ("expm1", "log1p", "cbrt", "sin", "cos", "tanh", "arctan", "arcsinh")
    },
    **{
        name: lambda x, y, of=getattr(jnp, name): of(jnp.clip(x, -0.9, 0.9))
        for name in ("exp", "tan", "arcsin", "arccos", "arctanh", "sinh", "cosh")
    },
    "log": lambda x, y: jnp.log(abs(x) + 1e-6),
    "arccosh": lambda x, y: jnp.arccosh(1.0 + abs(x)),
}


@pytest.fixture
def page(visit):
    return visit.enter(path="api/openapi.json").page


def test_every_operation_is_that_of_jax(page):
    used, functions = {"is_finite"}, []
    for index, of in enumerate(FUNCTIONS.values()):
        lines, here = Function.of(of, ["x", "y"]).written(GLSL)
        functions.append("\n".join([f"float f{index}(float x, float y) {{", *lines, "}"]))
        used |= here
    calls = ", ".join(f"f{index}(p.x, p.y)" for index in range(len(FUNCTIONS)))
    count, parts = len(FUNCTIONS), {"helpers": "\n".join(helpers(used)), "calls": calls}
    source = PROGRAM.format(functions="\n".join(functions), count=count, **parts)
    given = {"source": source, "points": POINTS.ravel().tolist(), "count": count}
    words = np.array(page.evaluate(EVALUATE, given), np.uint32)
    ours = dict(zip(FUNCTIONS, words.view(np.float32).reshape(count, -1), strict=True))
    with jax.enable_x64(True):
        x, y = jnp.array(POINTS, jnp.float64).T
        theirs = {name: np.asarray(jax.vmap(of)(x, y)) for name, of in FUNCTIONS.items()}
    wrong = {}
    for name, wanted in theirs.items():
        # Where there is a number, and one that float32 has.
        known = np.isfinite(wanted) & (abs(wanted) < 1e30)
        assert known.mean() > 0.5
        away = abs(ours[name][known] - wanted[known]) / (abs(wanted[known]) + 0.03)
        if away.max() > TOLERANCE:
            wrong[name] = float(away.max())
    assert wrong == {}


def test_the_programs_of_all_rules_and_surfaces_link(page):
    names = [f"{rule}/beale/x,y" for rule in RULES]
    names += [f"adam/{surface}/lr,rho1/noise" for surface in SURFACES]
    given = {"folder": f"/api/player/{assets.fingerprint()}", "names": names}
    assert page.evaluate(LINKS, given) == []
