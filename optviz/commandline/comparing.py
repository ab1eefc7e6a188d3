"""The command `compare`: tunes optimizers alike, and prints how each does at its best."""

import argparse

from optviz.commandline import links, output, progress
from optviz.commandline.text import percent, table
from optviz.comparison.experiment import Comparison
from optviz.comparison.verdicts import Verdict, as_csv, compare

NAME, HELP = "compare", "tune optimizers with as many trials each, and judge them from many starts"
DESCRIPTION = """Tune every optimizer with the same number of trials, then run each at its best
from many other starts, the same for all. Plain SGD always takes part."""
EPILOG = """examples:
  %(prog)s "surface=beale" --out beale.csv
  %(prog)s "surface=ravine&shape=condition:100&rules=momentum,adam&\\
trials=256&starts=512&steps=500&seed=1"

The QUERY may say surface, shape, rules, steps, trials, starts and seed. Of the fresh
starts, `reached` is the share that come to a global minimum, `median` the step by which
half of them have arrived for good, `diverged` the share that leave all bounds; `works`
is the share of the trials that bring half of the starts there. FILE is a CSV table that
holds the search space and all that it takes to repeat the comparison, too."""
HEAD = ("optimizer", "best setting", "reached", "median", "diverged", "works")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    output.add(parser, required=False, reader="as a CSV table")


def run(arguments: argparse.Namespace) -> None:
    """Run the command."""
    asked = Comparison.from_query(links.after_the_question_mark(arguments.query))
    output.check(arguments.out)
    with progress.bar(asked.cells, what="compare", unit="runs", shown=True) as proceed:
        verdicts = compare(asked, proceed=proceed)
    print(asked.to_query())
    print(table(HEAD, [_row(verdict) for verdict in verdicts], "<<>>>>"))
    output.write(arguments.out, as_csv(asked, verdicts))


def _row(verdict: Verdict) -> tuple[str, ...]:
    setting = ", ".join(f"{name} {value:.3g}" for name, value in verdict.lane.values.items())
    median = "-" if verdict.median is None else str(verdict.median)
    reached, *shares = map(percent, (verdict.reached, verdict.diverged, verdict.works))
    return (verdict.lane.label, setting, reached, median, *shares)
