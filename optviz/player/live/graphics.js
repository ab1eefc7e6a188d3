/** Runs fragment programs of maps, see optviz/kernels/cells.glsl, by WebGL 2, without anyone waiting for it. */

import { h } from "../base/dom.js";

/** @import {CellsProgram} from "../state/types.js" */

/**
 * @typedef {object} Drawn  What all cells of a map are given.
 * @property {number} steps
 * @property {number} late  the step from which on a cell must be where it is to stay
 * @property {[number, number]} start
 * @property {[Float64Array, Float64Array]} sides  the values across and up, as many of both
 * @property {Float32Array} constants
 * @property {Float32Array} along
 */

/** A triangle over all of the map. */
const CORNERS = `#version 300 es
void main() { gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0); }`;
/** Steps of all cells in one draw: one that takes long is taken for a fault by browsers and systems. */
const MOST = 1 << 24;
/** So often, in ms, it is looked whether something is done. */
const PERIOD = 2;
/** A context that is lost so often is not asked for again. */
const LOSSES = 3;

/** So many programs are kept: those of all lanes, for both kinds of maps. */
const KEPT = 64;
/** Every WebGL 2 draws into so many textures at once. */
const OUTPUTS = 4;

/** @typedef {{program: WebGLProgram, done: boolean, broken: boolean, proved: boolean, spots: Record<string, WebGLUniformLocation | null>}} Made */

export class Graphics {
  /** @type {WebGL2RenderingContext | null} */
  #gl = null;
  /** Stands for a state where there is none yet. @type {WebGLTexture | null} */
  #blank = null;
  #losses = 0;
  #refused = false;
  /** What was made of a program of a map, by what it is made of. @type {Map<string, Made>} */
  #made = new Map();
  /** @type {{n: number, depth: number, sets: WebGLTexture[][]}} */
  #textures = { n: 0, depth: 0, sets: [] };

  /** Whether there may be any. */
  get works() {
    return !this.#refused && this.#losses < LOSSES && this.#context() !== null;
  }

  /** Whether a program can be drawn with now; if it is new, it is made ready. @param {CellsProgram} cells */
  ready(cells) {
    const gl = this.works && this.#context();
    if (!gl) return false;
    const made = this.#made.get(cells.source) ?? this.#make(gl, cells);
    if (!made.done && this.#compiled(gl, made.program)) this.#finish(gl, made);
    return made.done && !made.broken;
  }

  /** Whether a program cannot be made. @param {CellsProgram} cells */
  fails(cells) {
    return this.#made.get(cells.source)?.broken ?? false;
  }

  /**
   * Draw a map of n x n cells, and return four `words` of each: the bits of its last point, its place, and since
   * when. It took at least so long, in ms: a page that is busy sees late that it is done.
   *
   * @param {CellsProgram} cells  that is ready
   * @param {Drawn} drawn
   * @returns {Promise<{words: Uint32Array, least: number} | null>}  null if it could not be done
   */
  async draw(cells, drawn) {
    const gl = this.#context();
    const made = this.#made.get(cells.source);
    if (!gl || !made?.done) return null;
    const begun = performance.now();
    const n = drawn.sides[0].length;
    const owned = this.#given(gl, made, cells, drawn);
    this.#steps(gl, made, cells, drawn);
    const { words, done } = await read(gl, n);
    gl.deleteBuffer(owned.block);
    gl.deleteTexture(owned.sides);
    if (gl.isContextLost()) return null;
    // To ask for errors is to wait for the card: once is enough.
    if (!made.proved && gl.getError() !== gl.NO_ERROR) made.broken = true;
    made.proved = true;
    return made.broken ? null : { words, least: done - begun };
  }

  destroy() {
    this.#gl?.getExtension("WEBGL_lose_context")?.loseContext();
    this.#refused = true;
  }

  /** @returns {WebGL2RenderingContext | null} */
  #context() {
    if (this.#gl || this.#refused) return this.#gl;
    const canvas = h("canvas");
    const gl = canvas.getContext("webgl2", { antialias: false, depth: false, alpha: false, powerPreference: "high-performance" });
    this.#refused = gl === null;
    if (!gl) return null;
    gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
    this.#blank = stateTexture(gl, 1);
    canvas.addEventListener("webglcontextlost", () => {
      if (this.#gl !== gl) return;
      this.#gl = null;
      this.#losses += 1;
      this.#made.clear();
      this.#textures = { n: 0, depth: 0, sets: [] };
    });
    this.#gl = gl;
    return gl;
  }

  /** Begin to make a program. @param {WebGL2RenderingContext} gl @param {CellsProgram} cells @returns {Made} */
  #make(gl, { source }) {
    // What asks for it makes that nobody waits while programs are made.
    gl.getExtension("KHR_parallel_shader_compile");
    const program = gl.createProgram();
    for (const [kind, text] of /** @type {[number, string][]} */ ([[gl.VERTEX_SHADER, CORNERS], [gl.FRAGMENT_SHADER, source]])) {
      const shader = /** @type {WebGLShader} */ (gl.createShader(kind));
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    const made = { program, done: false, broken: false, proved: false, spots: {} };
    this.#made.set(source, made);
    const [oldest, old] = /** @type {[string, Made]} */ (this.#made.entries().next().value);
    if (this.#made.size > KEPT) {
      gl.deleteProgram(old.program);
      this.#made.delete(oldest);
    }
    return made;
  }

  /** @param {WebGL2RenderingContext} gl @param {WebGLProgram} program */
  #compiled(gl, program) {
    const parallel = gl.getExtension("KHR_parallel_shader_compile");
    return !parallel || gl.getProgramParameter(program, parallel.COMPLETION_STATUS_KHR);
  }

  /** @param {WebGL2RenderingContext} gl @param {Made} made */
  #finish(gl, made) {
    const { program } = made;
    made.done = true;
    made.broken = !gl.getProgramParameter(program, gl.LINK_STATUS);
    if (made.broken) return;
    const names = ["c", "sides", "usual", "begin", "end", "last", "late", "held0", "held1", "held2", "held3"];
    made.spots = Object.fromEntries(names.map((name) => [name, gl.getUniformLocation(program, name)]));
    const block = gl.getUniformBlockIndex(program, "Steps");
    if (block !== gl.INVALID_INDEX) gl.uniformBlockBinding(program, block, 0);
  }

  /** Hand over what is the same for all steps. @param {WebGL2RenderingContext} gl @param {Made} made @param {CellsProgram} cells @param {Drawn} drawn */
  #given(gl, { program, spots }, cells, { steps, late, start, sides, constants }) {
    const n = sides[0].length;
    gl.useProgram(program);
    gl.viewport(0, 0, n, n);
    gl.uniform4fv(spots.c, constants);
    gl.uniform2f(spots.usual, ...start);
    gl.uniform1i(spots.last, steps);
    gl.uniform1i(spots.late, late);
    gl.uniform1i(spots.sides, 0);
    for (let j = 0; j < cells.depth; j += 1) gl.uniform1i(spots[`held${j}`], j + 1);
    const values = new Float32Array(2 * n);
    for (let k = 0; k < n; k += 1) values.set([sides[0][k], sides[1][k]], 2 * k);
    const texture = gl.createTexture();
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RG32F, n, 1, 0, gl.RG, gl.FLOAT, values);
    plain(gl);
    const block = gl.createBuffer();
    gl.bindBufferBase(gl.UNIFORM_BUFFER, 0, block);
    gl.bufferData(gl.UNIFORM_BUFFER, 16 * cells.room, gl.DYNAMIC_DRAW);
    return { sides: texture, block };
  }

  /** Take all steps, in as few draws as may be. @param {WebGL2RenderingContext} gl @param {Made} made @param {CellsProgram} cells @param {Drawn} drawn */
  #steps(gl, { spots }, { stride, room, depth }, { steps, sides, along }) {
    const n = sides[0].length;
    const most = Math.max(1, Math.min(Math.floor(room / stride), Math.floor(MOST / (n * n))));
    const sets = this.#room(gl, n, depth, steps > most ? 2 : 1);
    for (let begin = 0, turn = 0; begin < steps; begin += most, turn += 1) {
      const end = Math.min(begin + most, steps);
      // Of the last draw only what became of the cells is wanted.
      const kept = end === steps ? 1 : depth;
      for (let j = 0; j < OUTPUTS; j += 1) {
        const into = j < kept ? sets[turn % sets.length][j] : null;
        gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + j, gl.TEXTURE_2D, into, 0);
        gl.activeTexture(gl.TEXTURE1 + j);
        gl.bindTexture(gl.TEXTURE_2D, begin && j < depth ? sets[(turn + 1) % sets.length][j] : this.#blank);
      }
      gl.drawBuffers(Array.from({ length: depth }, (_, j) => (j < kept ? gl.COLOR_ATTACHMENT0 + j : gl.NONE)));
      gl.bufferSubData(gl.UNIFORM_BUFFER, 0, along, 4 * stride * begin, 4 * stride * (end - begin));
      gl.uniform1i(spots.begin, begin);
      gl.uniform1i(spots.end, end);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      gl.flush();
    }
  }

  /** Textures for the states of cells, `count` sets of them. @param {WebGL2RenderingContext} gl @param {number} n @param {number} depth @param {number} count */
  #room(gl, n, depth, count) {
    const known = this.#textures;
    if (known.n !== n || known.depth < depth) {
      known.sets.flat().forEach((texture) => gl.deleteTexture(texture));
      this.#textures = { n, depth, sets: [] };
    }
    const { sets } = this.#textures;
    while (sets.length < count) sets.push(Array.from({ length: this.#textures.depth }, () => stateTexture(gl, n)));
    return sets.slice(0, count);
  }
}

/** @param {WebGL2RenderingContext} gl @param {number} n */
function stateTexture(gl, n) {
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE1);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32UI, n, n);
  plain(gl);
  return texture;
}

/**
 * Read the words of n x n cells once they are drawn. They were not yet at the time `done`.
 *
 * @param {WebGL2RenderingContext} gl
 * @param {number} n
 */
async function read(gl, n) {
  const words = new Uint32Array(4 * n * n);
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.bufferData(gl.PIXEL_PACK_BUFFER, words.byteLength, gl.STREAM_READ);
  gl.readBuffer(gl.COLOR_ATTACHMENT0);
  gl.readPixels(0, 0, n, n, gl.RGBA_INTEGER, gl.UNSIGNED_INT, 0);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  let done = performance.now();
  while (sync && !gl.isContextLost() && gl.getSyncParameter(sync, gl.SYNC_STATUS) !== gl.SIGNALED) {
    done = performance.now();
    await pause(PERIOD);
  }
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, words);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  gl.deleteSync(sync);
  gl.deleteBuffer(buffer);
  return { words, done };
}

/** Numbers are read from it as they are. @param {WebGL2RenderingContext} gl */
function plain(gl) {
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
}

/** @param {number} time  in ms @returns {Promise<void>} */
function pause(time) {
  return new Promise((done) => setTimeout(done, time));
}
