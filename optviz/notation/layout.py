"""Lines of equations, one below the other; a long sum goes on in the next line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from optviz.notation.fragment import Fragment

# What fits a panel of 330 pixels at 16 pixels a letter, as `width` counts.
LONGEST = 33
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
# The innermost braces that are no argument of a fraction.
_BRACES = re.compile(r"(?<!frac)(?<!\})\{([^{}]*)\}")
_SILENT = re.compile(
    r"\\(left|right|hat|bar|tilde|mathrm|mathtt|text|operatorname|begin|end|sqrt)\b"
)
_CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}")
_NAMED = re.compile(r"\\(sin|cos|tan|sinh|cosh|tanh|arcsin|arccos|arctan|log|exp|max|min)\b")
_SPACED = re.compile(r" [-+<>=] |\\(leftarrow|odot|le|ge|land|lor)\b|&=")
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.")


@dataclass(frozen=True)
class Line:
    """One equation: what is on the left, how the two sides are related, what is on the right."""

    left: str
    relation: str
    right: Fragment


def aligned(lines: Iterable[Line]) -> str:
    """Return the lines in an `aligned` environment, aligned at their relation."""
    rows = " \\\\\n".join(row for line in lines for row in _rows(line))
    return f"\\begin{{aligned}}\n{rows}\n\\end{{aligned}}"


def width(tex: str) -> int:
    """Return about how many letters wide `tex` is set."""
    tex = _CASES.sub(lambda m: max(m[1].split(r" \\ "), key=len), tex)
    tex = _NAMED.sub(r"\1", _SPACED.sub("xx", _SILENT.sub("", tex)))
    while _FRACTION.search(tex):
        tex = _FRACTION.sub(lambda m: max(m[1], m[2], key=len), _BRACES.sub(r"\1", tex))
    return len(re.sub(r"[\s{}^_&]", "", _COMMAND.sub("x", tex)))


def _rows(line: Line) -> Iterator[str]:
    head = f"{line.left} &{line.relation} "
    if width(head + line.right.tex) <= LONGEST or len(line.right.terms) < 2:
        yield head + line.right.tex
        return
    row = head
    for term in line.right.terms:
        if width(row + term) > LONGEST and row != head:
            yield row.rstrip()
            row = r"&\quad {} "
        row += term + " "
    yield row.rstrip()
