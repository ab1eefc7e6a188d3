"""A rule on a surface as an ES module: its run, step by step, and what became of the path."""

from pathlib import Path as File

from optviz import verdict
from optviz.checks import resolved
from optviz.conditions import known_places, tolerance_of
from optviz.kernels import judging, stability
from optviz.kernels.javascript import helpers, literal
from optviz.kernels.path import Path
from optviz.kernels.template import filled
from optviz.rule import Rule
from optviz.rules import RULES
from surfaces import SURFACES, Surface

_TEMPLATE = File(__file__).with_name("module.js").read_text()


def kernel(rule: str | Rule, surface: str | Surface) -> str:
    """Return an ES module that runs `rule` on `surface` as `run` does, printed from JAX's jaxpr.

    It exports `run({steps, start, values, shape, multipliers, noise})`, see module.js. RaceError if
    there is no such rule or surface, CannotPrint if no kernel can do what they do.
    """
    algorithm = resolved(rule, RULES, "rule", Rule)
    objective = resolved(surface, SURFACES, "surface", Surface)
    running, used = Path.of(algorithm, objective).written()
    verdicts, used_too = judging.written(objective)
    limit, used_as_well = stability.written(algorithm, objective)
    parts = {
        **running,
        **verdicts,
        "helpers": helpers(used | used_too | used_as_well),
        "stable": limit,
        "places": literal([place._asdict() for place in known_places(objective)]),
        "near": literal(tolerance_of(objective)),
        "kinds": literal(verdict.KINDS),
        "few": literal(verdict.FEW),
        "share": literal(verdict.SHARE),
        "turns": literal(verdict.NEWTON_STEPS),
        "outside": literal(verdict.OUTSIDE),
        "nowhere": literal(verdict.NOWHERE),
    }
    return filled(_TEMPLATE, parts)
