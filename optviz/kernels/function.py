"""A function of numbers, from JAX to JavaScript or to another language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from optviz.kernels.javascript import JAVASCRIPT
from optviz.kernels.scalars import Scalar, Scalars
from optviz.kernels.tracing import flat, follow, inputs
from optviz.kernels.writing import Language, Writing, bare


@dataclass(frozen=True)
class Function:
    """A function of numbers: what it is given, and what it returns, one number or several."""

    arguments: Sequence[str]
    outputs: Sequence[Scalar]

    @classmethod
    def of(cls, function: Callable[..., Any], arguments: Iterable[str]) -> "Function":
        """Trace a function of so many numbers; CannotPrint if it does what no kernel can."""
        scalars, names = Scalars(), [*arguments]
        made = follow(scalars, function, *(inputs(scalars, name) for name in names))
        return cls(names, flat(made if isinstance(made, tuple) else (made,)))

    def written(self, language: Language = JAVASCRIPT) -> tuple[list[str], set[str]]:
        """Return its statements, and which operations they are made of."""
        lines: list[str] = []
        writing = Writing(language, self.outputs, {name: name for name in self.arguments})
        texts = [*map(bare, writing.values(self.outputs, lines))]
        returned = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
        return [*lines, f"return {returned};"], writing.used
