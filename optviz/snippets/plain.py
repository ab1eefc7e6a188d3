"""A race as a program of NumPy alone."""

import ast
import re
from collections.abc import Sequence
from typing import Any

from optviz.snippets import given, shared
from optviz.snippets.derivative import ELEMENTARY, derived, written
from optviz.snippets.source import Source, Words, definition

WORDS = Words(
    "np",
    "np",
    own={"norm": "np.linalg.norm"},
    calls={"grad(f)": "f.grad", "hessian(f)": "f.hessian"},
)
ABOUT = "as in optviz.run but for rounding, which may part a path that hangs on its last digits."
RATIO = '''def ratio(a, b):
    """Return a / b, and 0 where b is 0: what JAX says of the derivative there."""
    return a / b if b else 0.0
'''
RUN = '''@np.errstate(all="ignore")
def run(rule, **values):
    """Return the path (STEPS + 1, 2) of a rule; a value is one number, or one for each step."""
    values = {name: np.broadcast_to(value, STEPS) for name, value in values.items()}
    theta, memory = np.array(START), ()
    path = [theta]
    for k in range(STEPS):
        f = Loss(LOSS)
        now = {name: value[k] for name, value in values.items()}
        theta, *memory = rule(f, theta, *memory, **now)
        path.append(theta)
    return np.array(path)
'''


def program(race: Any) -> str:
    """Return the program."""
    names = given.named(given.multipliers(race))
    rules = shared.rules(race, range(len(race.lanes)), WORDS)
    helpers = shared.helpers(race, rules, WORDS, shared.BACKTRACK)
    surface = [shared.surface(race, WORDS), *_derivatives(race, "f.hessian" in "".join(rules))]
    if "ratio(" in "".join(surface):
        surface.insert(0, RATIO)
    lanes = [shared.lane(race, lane, "run", names) for lane in range(len(race.lanes))]
    called = "f(" in re.sub(r"[\w.]f\(", "", "".join([*rules, *helpers]).replace("def ", ""))
    run = RUN.replace("LOSS", "theta, NOISE[k]" if race.noise else "")
    return shared.joined(
        shared.head(race, "NumPy", ABOUT, "import numpy as np\n", names),
        *helpers,
        *surface,
        *given.arrays(race, names),
        *rules,
        _loss(race, called, "f.hessian" in "".join(rules)),
        run,
        shared.lanes(lanes),
    )


def _derivatives(race: Any, twice: bool) -> Sequence[str]:
    """Return the gradient of the surface as a function, and its Hessian if that is needed."""
    source = Source.of(race.objective.function)
    first = derived(shared.assigned(source))
    slopes = [first.of("f", axis) for axis in "xy"]
    steps = first.needed(slopes)
    made = [("gradient", "gradient, worked out from its formula", steps, ", ".join(slopes))]
    if twice:
        second = derived(steps)
        xx, xy, yy = (second.of(f"f_{a}", b) for a, b in ("xx", "xy", "yy"))
        needed = second.needed([xx, xy, yy])
        made.append(("hessian", "second derivatives", needed, f"[{xx}, {xy}], [{xy}, {yy}]"))
    return [
        definition(
            name,
            shared.arguments(race),
            f"The surface's exact {about}.",
            "\n".join(
                [
                    *(f"    {target} = {_in_numpy(source, value)}" for target, value in needed),
                    f"    return np.array([{parts}])",
                ]
            ),
        )
        for name, about, needed, parts in made
    ]


def _in_numpy(source: Source, value: ast.expr) -> str:
    text = written(value)
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    own = {name for name in source.known if not source.of_the_house(name)} | ELEMENTARY
    for name in names & own:
        text = re.sub(rf"\b{name}\b", WORDS.own.get(name, f"{WORDS.prefix}.{name}"), text)
    return text


def _loss(race: Any, called: bool, twice: bool) -> str:
    """Return the class of what a rule is given as f, with the methods that are needed."""
    seen = "The surface as a rule sees it" + ", with the noise of one step" * bool(race.noise)
    methods = [("grad", "gradient(*p)" + " + self.noise" * bool(race.noise))]
    if called:
        tilt = " + self.noise @ (p - self.theta)" * bool(race.noise)
        methods.insert(0, ("__call__", f"surface(*p){tilt}"))
    if twice:
        methods.append(("hessian", "hessian(*p)"))
    texts = [f"    def {name}(self, p):\n        return {value}\n" for name, value in methods]
    if race.noise:
        begun = "    def __init__(self, theta, noise):\n        self.theta, self.noise"
        texts.insert(0, f"{begun} = theta, noise\n")
    return f'class Loss:\n    """{seen}."""\n\n' + "\n".join(texts)
