"""How Optax, PyTorch and Keras are written: their words, imports, and loops over the steps."""

from dataclasses import dataclass

from optviz.snippets import shared
from optviz.snippets.source import Words


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
