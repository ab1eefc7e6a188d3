"""A schedule as an ES module: its multipliers, printed from its formula."""

from pathlib import Path

from optviz.checks import resolved
from optviz.kernels import formula
from optviz.kernels.javascript import JAVASCRIPT, helpers, literal
from optviz.kernels.scalars import Loop, Scalars
from optviz.kernels.template import filled
from optviz.kernels.writing import Writing, bare
from optviz.schedules import SCHEDULES, ScheduleFormula

_TEMPLATE = Path(__file__).with_name("schedule.js").read_text()


def schedule_kernel(schedule: str) -> str:
    """Return an ES module of a schedule; it exports `multipliers({steps, values})`.

    RaceError if there is no such schedule, CannotPrint if no kernel can do what its formula does.
    """
    made = resolved(schedule, SCHEDULES, "schedule", ScheduleFormula)
    scalars, step = Scalars(), Loop()
    names = {name: f"h{index}" for index, name in enumerate(made.hyperparameters)}
    given = {name: scalars.input(short) for name, short in names.items()}
    k, steps = scalars.input("k", step), scalars.input("steps")
    multiplier = formula.follow(scalars, made.formula, k, steps, **given)
    inputs = [*names.values(), "k", "steps"]
    writing = Writing(JAVASCRIPT, [multiplier], {name: name for name in inputs})
    before = writing.before(step, [multiplier])
    now: list[str] = []
    (value,) = writing.values([multiplier], now)
    parts = {
        "defaults": literal({name: one.default for name, one in made.hyperparameters.items()}),
        "given": [f"const {short} = own[{literal(name)}];" for name, short in names.items()],
        "before": before,
        "now": [*now, f"made[k] = {bare(value)};"],
        "helpers": helpers(writing.used),
    }
    return filled(_TEMPLATE, parts)
