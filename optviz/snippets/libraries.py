"""A race as a program of Optax, PyTorch or Keras, with the library's own optimizers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optviz.parts import scheduled
from optviz.snippets import given, shared
from optviz.snippets.source import Words
from optviz.snippets.twins import TWINS, UNLIKE, Twin

ABOUT = (
    "as in optviz.run but for rounding, which may part a path that hangs on its last digits, and "
    "for what a comment says at its lane."
)


@dataclass(frozen=True)
class Library:
    """How programs of a library are written.

    `imports` come first; `run` makes the steps of an optimizer, called with the arguments `made`
    and a rate, `by_hand` those of a rule that is written out. `backtrack` is that search in the
    library's words, `height` how a loss is printed.
    """

    slug: str
    name: str
    words: Words
    imports: str
    made: str
    run: str
    by_hand: str
    backtrack: str = shared.BACKTRACK
    height: str = "surface(x, y)"


# What Keras 3.15 rounds to float32 on JAX, whatever it is given.
ROUNDED = "# Where jax.numpy is called, Keras 3 itself would return float32.\n"
SHORT = ("cos", "sin")
LONG = {"norm": "jax.numpy.linalg.norm"}
JAX = {"grad": "jax.grad", "hessian": "jax.hessian"}
SEARCH = '''def backtrack(f, theta, d, lr, c):
    """Return the first of lr, lr/2, lr/4, ... at which the loss falls enough (Armijo)."""
    t = lr / 2.0 ** jnp.arange(40)
    promise = c * (GRAD(theta) * d).sum()
    enough = jax.vmap(lambda t: f(theta + t * d))(t) <= f(theta) + t * promise
    return jnp.where(enough.any(), t[jnp.argmax(enough)], 0.0)
'''
OPTAX = Library(
    "optax",
    "Optax",
    Words("jnp", "jnp", own={"norm": "jnp.linalg.norm", **JAX}),
    "import jax\nimport jax.numpy as jnp\nimport numpy as np\nimport optax\n\n"
    'jax.config.update("jax_enable_x64", True)\n',
    "lr",
    '''def by_optax(make, rate):
    """Return the path (STEPS + 1, 2) of an optimizer; the rate may be one for each step."""
    rates = jnp.broadcast_to(jnp.asarray(rate), STEPS)
    optimizer = make(lambda count: rates[count])

    def step(carry, noise):
        theta, state = carry
        g = jax.grad(lambda p: surface(*p))(theta) + noise
        updates, state = optimizer.update(g, state, theta)
        theta = optax.apply_updates(theta, updates)
        return (theta, state), theta

    start = jnp.array(START)
    _, path = jax.lax.scan(step, (start, optimizer.init(start)), jnp.asarray(NOISE))
    return np.concatenate([[START], path])
''',
    '''def by_hand(rule, **values):
    """Return the path (STEPS + 1, 2) of a rule; a value is one number, or one for each step."""
    values = {name: np.broadcast_to(value, STEPS) for name, value in values.items()}

    @jax.jit
    def step(theta, memory, noise, values):
        theta, *memory = rule(FUNCTION, theta, *memory, **values)
        return theta, memory

    theta, memory = jnp.array(START), []
    path = [START]
    for k in range(STEPS):
        now = {name: value[k] for name, value in values.items()}
        theta, memory = step(theta, memory, NOISE[k], now)
        path.append(theta)
    return np.array(path)
''',
    SEARCH,
)
TORCH = Library(
    "torch",
    "PyTorch",
    Words(
        "torch",
        "math",
        own={
            "norm": "torch.linalg.norm",
            "transpose": "torch.t",
            "grad": "torch.func.grad",
            "hessian": "torch.func.hessian",
        },
        clamp="torch.clamp",
    ),
    "import math\n\nimport numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n",
    "theta, lr",
    '''def by_torch(make, rate):
    """Return the path (STEPS + 1, 2) of an optimizer; the rate may be one for each step."""
    rates = np.broadcast_to(rate, STEPS).tolist()
    theta = torch.tensor(START, requires_grad=True)
    optimizer = make([theta], rates[0])
    path = [START]
    for k in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = rates[k]
        optimizer.zero_grad()
        surface(*theta).backward()
        theta.grad += torch.as_tensor(NOISE[k])
        optimizer.step()
        path.append(theta.tolist())
    return np.array(path)
''',
    '''def by_hand(rule, **values):
    """Return the path (STEPS + 1, 2) of a rule; a value is one number, or one for each step."""
    values = {name: torch.tensor(np.broadcast_to(value, STEPS)) for name, value in values.items()}
    theta, memory = torch.tensor(START), []
    path = [START]
    for k in range(STEPS):
        noise = torch.as_tensor(NOISE[k])
        now = {name: value[k] for name, value in values.items()}
        theta, *memory = rule(FUNCTION, theta, *memory, **now)
        path.append(theta.tolist())
    return np.array(path)
''',
    height="surface(*torch.tensor([x, y]))",
)
KERAS = Library(
    "keras",
    "Keras",
    Words("ops", "math", own={name: f"jax.numpy.{name}" for name in SHORT} | LONG | JAX),
    'import math\nimport os\n\nos.environ["KERAS_BACKEND"] = "jax"\n\n'
    "import jax\nimport keras\nimport numpy as np\nfrom keras import ops\n\n"
    'jax.config.update("jax_enable_x64", True)\nkeras.config.set_floatx("float64")\n' + ROUNDED,
    "lr",
    '''def by_keras(make, rate):
    """Return the path (STEPS + 1, 2) of an optimizer; the rate may be one for each step."""
    rates = np.broadcast_to(rate, STEPS).tolist()
    theta = keras.Variable(START, dtype="float64")
    optimizer = make(rates[0])
    slope = jax.grad(lambda p: surface(p[0], p[1]))
    path = [START]
    for k in range(STEPS):
        optimizer.learning_rate = rates[k]
        optimizer.apply([slope(theta.value) + NOISE[k]], [theta])
        path.append(theta.numpy())
    return np.array(path)
''',
    '''def by_hand(rule, **values):
    """Return the path (STEPS + 1, 2) of a rule; a value is one number, or one for each step."""
    values = {name: np.broadcast_to(value, STEPS) for name, value in values.items()}
    theta, memory = ops.array(START), []
    path = [START]
    for k in range(STEPS):
        noise = NOISE[k]
        now = {name: value[k] for name, value in values.items()}
        theta, *memory = rule(FUNCTION, theta, *memory, **now)
        path.append(theta)
    return np.array(path)
''',
)
LIBRARIES = {one.slug: one for one in (OPTAX, TORCH, KERAS)}
PLAIN, TILTED = "lambda p: surface(*p)", "lambda p: surface(*p) + noise @ (p - theta)"


def program(race: Any, slug: str) -> str:
    """Return the program for a library."""
    library = LIBRARIES[slug]
    names = given.named(given.multipliers(race))
    out = [lane for lane in range(len(race.lanes)) if refused(race, lane, slug)]
    rules = shared.rules(race, out, library.words)
    runners = [library.run] * (len(out) < len(race.lanes)) + [library.by_hand] * bool(out)
    text = shared.joined(
        shared.head(race, library.name, ABOUT, library.imports, names),
        *shared.helpers(race, rules, library.words, library.backtrack),
        shared.surface(race, library.words),
        *given.arrays(race, names),
        *rules,
        *(_noisy(runner, bool(race.noise)) for runner in runners),
        shared.lanes(
            [_entry(race, lane, library, names) for lane in range(len(race.lanes))], library.height
        ),
    )
    return _without_idle(text)


def _without_idle(text: str) -> str:
    """Return a program without the imports and remarks that it has no use for."""
    for line, used in (("import math\n", "math."), (ROUNDED, "jax.numpy.")):
        head, _, rest = text.partition(line)
        if used not in rest:
            text = head + rest
    return text


def other(race: Any, lane: int, slug: str) -> str:
    """Return what the library's optimizer does otherwise than the lane's rule, if anything."""
    twin = TWINS[slug][race.lanes[lane].algorithm.slug]
    return ", and ".join(filter(None, [twin.other, twin.varied * _varies(race, lane)]))


def refused(race: Any, lane: int, slug: str) -> str:
    """Return why the rule of a lane is written out, nothing if the library's optimizer is used."""
    one, name = race.lanes[lane], LIBRARIES[slug].name
    twin = TWINS[slug].get(one.algorithm.slug)
    if twin is None:
        why = UNLIKE.get((slug, one.algorithm.slug), f"{name} has no such rule")
        return f"{why}, so it is written out."
    if turned := _turned(race, lane):
        return f"Here {' and '.join(turned)} changes in mid-run, so the rule is written out."
    if strange := _strange(twin, one.values):
        return f"{name} does not take {' and '.join(strange)}, so the rule is written out."
    return ""


def _turned(race: Any, lane: int) -> list[str]:
    """Return which values of a lane change in mid-run, besides the learning rate."""
    changes = [change.values for change in race.changes if change.lane == lane]
    return [*dict.fromkeys(name for values in changes for name in values if name != "lr")]


def _strange(twin: Twin, values: Mapping[str, float]) -> list[str]:
    """Return which values the library refuses."""
    return [
        f"{name} = {values[name]!r}"
        for name, takes in twin.takes.items()
        if not takes(values[name])
    ]


def _varies(race: Any, lane: int) -> bool:
    """Return whether the learning rate of a lane changes on the way."""
    rates = race.lanes[lane].values["lr"] * scheduled(race, lane)
    for change in race.changes:
        if change.lane == lane and "lr" in change.values:
            rates[change.step :] = change.values["lr"] * scheduled(race, lane)[change.step :]
    return bool((rates != rates[0]).any())


def _noisy(runner: str, noise: bool) -> str:
    """Return a runner with the noise, or without."""
    text = runner.replace("FUNCTION", TILTED if noise else PLAIN)
    if noise:
        return text
    for spoken in (
        "        theta.grad += torch.as_tensor(NOISE[k])\n",
        "        noise = torch.as_tensor(NOISE[k])\n",
        "        noise = NOISE[k]\n",
        " + NOISE[k]",
        " + noise",
        " noise,",
        " NOISE[k],",
    ):
        text = text.replace(spoken, "")
    text = text.replace("step(carry, noise)", "step(carry, _)")
    return text.replace("jnp.asarray(NOISE))", "length=STEPS)")


def _entry(race: Any, lane: int, library: Library, names: Mapping[str, str]) -> str:
    """Return the entry of a lane, after a comment on what is not as in optviz."""
    one = race.lanes[lane]
    if why := refused(race, lane, library.slug):
        return f"    # {why}\n{shared.lane(race, lane, 'by_hand', names)}"
    values = shared.values(race, lane, names)
    make = TWINS[library.slug][one.algorithm.slug].make.format(**values)
    differs = other(race, lane, library.slug)
    comment = f"    # Other than in optviz, {differs}.\n" if differs else ""
    made = f"lambda {library.made}: {make}"
    return comment + shared.entry(one.label, f"by_{library.slug}", [made, values["lr"]])
