/**
 * The shapes of the data that the player passes around; nothing here runs.
 *
 * @typedef {import("./store.js").Store} Store  What a page is about, kept and told of.
 *
 * @typedef {{name: string, default: number, low: number, high: number, log: boolean,
 *   integer: boolean, meaning: string, least?: number, most?: number}} Parameter  A number that a user may
 *   turn, on a slider from `low` to `high`; one that is typed may lie outside, from `least` to `most`.
 *
 * @typedef {object} RuleEntry  An update rule of the catalogue.
 * @property {string} slug
 * @property {string} name
 * @property {string} about
 * @property {string} source
 * @property {number} look  its colour, dash and marker everywhere, see look/palette.js
 * @property {string} family  slug of the rule of which it is another form, else its own
 * @property {string[]} memory
 * @property {Parameter[]} hyperparameters
 * @property {Record<string, string>} equation  MathML by notation
 * @property {Record<string, string[]>} lines  MathML of each line of the equation, by notation
 * @property {Record<string, Record<string, string>>} symbols  MathML by notation and hyperparameter
 * @property {Record<string, Record<string, string>>} text  Unicode by notation and hyperparameter
 * @property {Record<string, Written | null>} written  how the source of a notation writes it, if it does
 *
 * @typedef {object} Written
 * @property {string} rule  slug of the rule whose code it is
 * @property {string} path  a sentence: whether it leads along the same path
 * @property {Record<string, string>} renamed  its hyperparameters that have another name in the rule written so
 *
 * @typedef {object} SurfaceEntry  A surface of the catalogue.
 * @property {string} slug
 * @property {string} name
 * @property {string} about
 * @property {string} source
 * @property {[number, number]} x  domain
 * @property {[number, number]} y  domain
 * @property {[number, number]} start
 * @property {[number, number][]} minima
 * @property {number | null} minimum
 * @property {[number, number][]} local_minima
 * @property {[number, number][]} saddles
 * @property {boolean} endless  whether it falls for ever
 * @property {number | null} saddle_height  of its lowest saddle
 * @property {Parameter[]} parameters
 * @property {string} equation  MathML
 * @property {string} kind  a word for its landscape
 * @property {boolean} quadratic  whether it bends alike everywhere
 * @property {string[]} opening  the rules of its first race
 * @property {Record<string, Record<string, number>>} suggested  rule -> values that suit this surface
 *
 * @typedef {object} ScheduleEntry  A schedule of the catalogue.
 * @property {string} slug
 * @property {string} name
 * @property {string} about
 * @property {string} source
 * @property {Parameter[]} hyperparameters
 * @property {Record<string, string>} equation  MathML by notation
 *
 * @typedef {object} Notation
 * @property {string} slug
 * @property {string} name
 * @property {Record<string, string>} symbols  MathML by hyperparameter
 *
 * @typedef {object} Catalogue
 * @property {string} version
 * @property {{lanes: number, steps: number, grid: number}} limits
 * @property {RuleEntry[]} rules
 * @property {SurfaceEntry[]} surfaces
 * @property {ScheduleEntry[]} schedules
 * @property {Notation[]} notations
 *
 * @typedef {{rule: string, label: string, values: Record<string, number>, schedule?: Schedule}} Lane
 *   `schedule`: its own, if it has not that of all.
 *
 * @typedef {{slug: string, values: Record<string, number>}} Schedule
 *
 * @typedef {{step: number, lane?: number, values?: Record<string, number>, schedule?: Schedule}} Change
 *   From a step on: other values of a lane, or another schedule, of all lanes or of one.
 *
 * @typedef {object} Race  The whole experiment; never changed in place.
 * @property {string} surface
 * @property {Record<string, number>} shape
 * @property {[number, number]} start
 * @property {number} steps
 * @property {Schedule} schedule
 * @property {number} noise
 * @property {number} noise_decay
 * @property {number} seed
 * @property {Lane[]} lanes
 * @property {Change[]} changes  by step
 *
 * @typedef {"numbers" | "arrows" | "curvature" | "basins" | "seeds" | "space" | "beside"} Shown
 * @typedef {"race" | "outcome" | "loss" | "distance" | "near" | "domain"} Order  of the results
 * @typedef {"loss" | "slope" | "distance" | "rate" | "schedule"} LineChart
 * @typedef {LineChart | "map" | "finder"} Chart
 *
 * @typedef {"rates" | "values" | "start" | "lanes" | "surface" | "run"} Part  of a race, which a link may leave to its reader
 *
 * @typedef {{notation: string, chosen: number, linked: boolean, hidden: number[], show: Shown[],
 *   chart: Chart, second: LineChart | "", order: Order, only: (Part | "nothing")[], ask: string}} View
 *   `ask`: the questions of a lab sheet, one on each line
 *
 * @typedef {{state: "converged" | "running" | "diverged", step: number | null, text: string}} LaneStatus
 *
 * @typedef {object} LaneResult
 * @property {LaneStatus} status
 * @property {number | null} final_loss
 * @property {number | null} distance  from the last point to the nearest minimum
 * @property {number | null} steps_to_tolerance
 *
 * @typedef {object} Result  A reply to a race: T = steps, L = lanes.
 * @property {Race} race  the race that was run, which may be older than the store's
 * @property {string} query
 * @property {number | null} floor  the lowest value known of the surface
 * @property {LaneResult[]} lanes
 * @property {string[]} notes
 * @property {number} steps  T
 * @property {Float32Array | Float64Array} theta  (L, T+1, 2) flattened, with all digits if the store
 *   was `precise`; not-a-number once a lane has diverged
 * @property {Float32Array} excess  (L, T+1) flattened, loss - floor
 * @property {Float32Array} [slope]  (L, T+1) flattened: norm of the gradient, if it ran here
 * @property {Float32Array} schedule  (L, T) flattened, by which the learning rate is multiplied
 * @property {Trace} [trace]  if it ran here
 *
 * @typedef {object} Trace  What the lanes of a race that ran here were given, and what they remembered.
 * @property {Float64Array[]} multipliers  of each lane (T,), those of its schedule
 * @property {Float64Array | null} noise  (T, 2) flattened
 * @property {Record<string, Float64Array>[]} memory  of each lane, by name, each (T+1, ...) flattened
 *
 * @typedef {object} LaneRun  What a kernel's run returns, see optviz/kernels/module.js.
 * @property {Float64Array} theta  (T+1, 2) flattened
 * @property {Float64Array} loss  (T+1,)
 * @property {Float64Array} grad  (T+1, 2) flattened
 * @property {Record<string, Float64Array>} memory  by name, each (T+1, ...) flattened
 * @property {number} place  where it ends, since which step, and whether to stay there: see optviz/verdict.py
 * @property {number} since
 * @property {boolean} stays
 * @property {[number, number]} rest  its own place, if it ends at none of those that are known
 * @property {number} kind  of its own place
 * @property {number} late  since when it must have been where it ends to stay
 * @property {number} left_at  step at which it left all bounds for good, T + 1 if it did not
 *
 * @typedef {object} LaneKernel  The program of a rule on a surface.
 * @property {(given: {steps: number, start: [number, number], values: Record<string, number | Float64Array>,
 *   shape: Record<string, number>, multipliers: Float64Array, noise: Float64Array | null}) => LaneRun} run
 * @property {(given: {x: [number, number], y: [number, number], n: number, shape: Record<string, number>}) => Float64Array} heights
 *   (n, n) flattened: the loss on a grid, row = y
 * @property {(given: Setting & {other: string, along: Float64Array}) => Float64Array | null} stable
 *   (n,): the largest stable learning rate along another axis, where theory knows it
 * @property {{kind: string, point: [number, number]}[]} places
 * @property {string[]} kinds
 * @property {number} near
 *
 * @typedef {object} LinesKernel  The program of a rule's lines on a surface, see optviz/kernels/lines.js.
 * @property {InspectedLine[]} lines
 * @property {(given: {steps: number, theta: Float32Array | Float64Array, memory: Record<string, Float64Array>,
 *   values: Record<string, number | Float64Array>, shape: Record<string, number>, multipliers: Float64Array,
 *   noise: Float64Array | null}) => Pick<Inspection, "values" | "taken_at" | "parts" | "rate" | "hessian" | "stable">} inspect
 *
 * @typedef {{multipliers: (given: {steps: number, values: Record<string, number>}) => Float64Array}} ScheduleKernel
 *
 * @typedef {{values: Record<string, number | Float64Array>, shape: Record<string, number>}} Setting
 *
 * @typedef {object} CellsProgram  All cells of a map of a rule on a surface, see optviz/kernels/cells.js.
 * @property {{kind: string, point: [number, number]}[]} places
 * @property {number} near
 * @property {string} source  of its fragment program
 * @property {number} stride
 * @property {number} room
 * @property {number} depth
 * @property {number} least
 * @property {number} stays
 * @property {(steps: number) => number} late
 * @property {(given: Setting) => Float32Array} constants
 * @property {(given: Setting & {steps: number, multipliers: Float64Array, noise: Float64Array | null}) => Float32Array} along
 * @property {(points: Float32Array, shape: Record<string, number>) => Float64Array} losses
 *
 * @typedef {object} InspectedLine  A line of the chosen rule: the name it assigns, what it is in the picture.
 * @property {string} target
 * @property {"gradient" | "displacement" | "step" | "direction" | "number"} role
 * @property {number[]} shape  of its value at one step
 *
 * @typedef {object} Inspection  What a lane computed, as the server replies: T = steps, W = numbers of all
 *   lines together. What was computed here has all digits.
 * @property {string} query  of the race
 * @property {number} lane
 * @property {InspectedLine[]} lines
 * @property {Record<string, number | number[] | number[][]>} initial  what the memory begins with, by name
 * @property {Float32Array | Float64Array} values  (T, W) flattened, line after line
 * @property {Float32Array | Float64Array} taken_at  (T, 2) flattened: where the gradient was taken
 * @property {Float32Array | Float64Array} parts  (T, 4, 2) flattened: what memory, gradient, position, the rest add to the step
 * @property {Float32Array | Float64Array} [rate]  (T, 2) flattened: effective learning rate of each coordinate
 * @property {Float32Array | Float64Array} hessian  (T+1, 2, 2) flattened
 * @property {Float32Array | Float64Array} [stable]  (T,): largest stable learning rate times the largest curvature
 *
 * @typedef {object} Grid  A reply to a surface.
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {number} n
 * @property {"log" | "linear"} scale
 * @property {number} offset
 * @property {number | null} floor
 * @property {number} base  to be added to every height and level
 * @property {[number, number]} height_range
 * @property {number[]} levels  heights of the contour lines, at equal distances
 * @property {[number, number][]} minima
 * @property {[number, number][]} local_minima
 * @property {[number, number][]} saddles
 * @property {Float32Array} height  (n, n) flattened, row = y
 *
 * @typedef {{kind: string, point: [number, number] | null}} Place
 *   Where cells end: "minimum", "local minimum", "saddle", "maximum", "valley of minima"; without a
 *   point, all of that kind that have no name.
 *
 * @typedef {object} MapReply  A reply to a map: what became of one lane in n x n cells, row = second axis.
 * @property {string} query  of the race
 * @property {[string, string]} axes  "x" and "y", the start's coordinates, or hyperparameters
 * @property {[number, number]} x  limits of the first axis
 * @property {[number, number]} y  limits of the second axis
 * @property {[boolean, boolean]} log  which axes are spaced logarithmically
 * @property {number} n
 * @property {Place[]} places  where cells ended
 * @property {"float32" | "float64"} [precision]  in which it was computed
 * @property {boolean} [own]  whether this browser has made it: of places it knows those that the surface declares
 * @property {Float32Array} place  (n, n) flattened: index of a place, -1 on its way, -2 diverged
 * @property {Float32Array} step  (n, n) flattened: when it arrived or diverged, -1 on its way
 * @property {Float32Array} excess  (n, n) flattened: final loss above the lowest value
 * @property {Float32Array} [stable]  (n,): largest stable learning rate along the other axis
 *
 * @typedef {object} RatesReply  A reply to the search for a learning rate: n rates, T = steps.
 * @property {string} query  of the race
 * @property {number | null} suggested
 * @property {[number, number] | null} good  limits of the stretch that it is the middle of
 * @property {number | null} blow_up  the smallest rate tried from which on all diverge
 * @property {number | null} steepest  where the loss of the range test falls most
 * @property {string[]} notes  all this in sentences, the most important first
 * @property {[number, number]} range  of the rates
 * @property {Place[]} places
 * @property {Float32Array} rate  (n,) held for the whole race
 * @property {Float32Array} place  (n,): index of a place, -1 on its way, -2 diverged
 * @property {Float32Array} step  (n,): when it arrived or diverged, -1 on its way
 * @property {Float32Array} excess  (n,): final loss above the lowest value
 * @property {Float32Array} around  (2, n) flattened: its quartiles from starts nearby
 * @property {Float32Array} lost_around  (n,): share of the starts nearby that diverge
 * @property {Float32Array} ramp  (T,): excess after each step of the range test
 * @property {Float32Array} nearby  (m, 2) flattened: the starts nearby, from the race's own on
 * @property {boolean} [own]  whether it was found here, and is not judged
 *
 * @typedef {object} EnsembleReply  A reply about one lane under S seeds of the noise: T = steps.
 * @property {string} query  of the race
 * @property {number} seeds  S
 * @property {number[]} quantiles
 * @property {{converged: number, running: number, diverged: number}} shares  of the seeds, at the last step
 * @property {number} lowest  the share that converged to a known lowest minimum
 * @property {number} steps  T
 * @property {Float32Array} end  (S, 2) flattened: the last points, not-a-number for a seed that diverged
 * @property {Float32Array} excess  (quantiles, T+1) flattened: loss above the lowest value, infinite where so
 *   many seeds have diverged
 *
 * @typedef {Record<"race" | "draws" | "surface" | "slopes" | "inspection" | "map" | "rates" | "compare" | "ensemble",
 *   (query: string, signal?: AbortSignal) => Promise<ArrayBuffer>>} Api
 *   Where the player gets its numbers; those of `compare` are JSON.
 */
export {};
