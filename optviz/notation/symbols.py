"""Notations: which symbol a source writes for each hyperparameter and each memory."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from optviz.notation.names import mathematical, typewriter


@dataclass(frozen=True)
class Notation:
    """How one source writes: `symbols` for hyperparameters, `moments` for Adam's averages s and r.

    A symbol for one rule alone has the key `rule.name`. `other` writes a hyperparameter that the
    source has no symbol for.
    """

    name: str
    symbols: Mapping[str, str]
    moments: Mapping[str, str] = field(default_factory=dict)
    other: Callable[[str], str] = mathematical


_BOOK = {"lr": r"\epsilon", "weight_decay": r"\lambda"}
_MOMENTS = {"s": "m", "r": "v"}

NOTATIONS: Mapping[str, Notation] = MappingProxyType(
    {
        "book": Notation("Goodfellow et al.", _BOOK),
        "ruder": Notation(
            "Ruder",
            _BOOK
            | {
                "lr": r"\eta",
                "alpha": r"\gamma",
                "rho": r"\gamma",
                "rho1": r"\beta_1",
                "rho2": r"\beta_2",
                "delta": r"\epsilon",
            },
            _MOMENTS,
        ),
        "fhws": Notation(
            "FHWS lecture",
            _BOOK | {"lr": r"\alpha", "alpha": r"\beta", "rho": r"\beta"},
        ),
        "session11": Notation(
            "Session 11",
            _BOOK
            | {
                "lr": r"\alpha",
                "alpha": r"\mu",
                "rho": r"\mu",
                "rho1": r"\mu_1",
                "rho2": r"\mu_2",
            },
        ),
        "keras": Notation(
            "Keras",
            {
                "lr": typewriter("learning_rate"),
                "alpha": typewriter("momentum"),
                "rho1": typewriter("beta_1"),
                "rho2": typewriter("beta_2"),
                "delta": typewriter("epsilon"),
            },
            _MOMENTS,
            typewriter,
        ),
        "pytorch": Notation(
            "PyTorch",
            {
                "lr": typewriter("lr"),
                "alpha": typewriter("momentum"),
                "adadelta.rho": typewriter("rho"),
                "rho": typewriter("alpha"),
                "rho1": typewriter("beta1"),
                "rho2": typewriter("beta2"),
                "delta": typewriter("eps"),
                "psi": typewriter("momentum_decay"),
            },
            _MOMENTS,
            typewriter,
        ),
    }
)
# Links of before say `library`, which had the names of both.
_FORMER: Mapping[str, str] = MappingProxyType({"library": "pytorch"})


def current(notation: str) -> str:
    """Return today's slug of a notation that may be called by a former one."""
    return _FORMER.get(notation, notation)


def find(notation: str) -> Notation:
    """Return the notation with this slug; ValueError names the ones there are."""
    notation = current(notation)
    if notation not in NOTATIONS:
        raise ValueError(
            f"there is no notation {notation[:40]!r}; there are {', '.join(NOTATIONS)}"
        )
    return NOTATIONS[notation]


def preferred(name: str, notation: str, rule: str = "") -> str:
    """Return the symbol of the hyperparameter `name`, as the notation's source writes it.

    Sources that write it otherwise in one rule alone do so where `rule` is that rule's name.
    """
    table = find(notation)
    return table.symbols.get(f"{rule}.{name}") or table.symbols.get(name) or table.other(name)


def distinct(
    rule: str,
    hyperparameters: Iterable[str],
    memory: Iterable[str],
    others: Iterable[str],
    notation: str,
) -> dict[str, str]:
    """Return name -> symbol for all names of the function called `rule`, no two alike.

    Sources reuse letters (Ruder writes gamma for the momentum and for RMSProp's decay): where two
    hyperparameters of one rule would share a symbol, the later one takes the book's.
    """
    letters = {name: mathematical(name) for name in (*memory, *others)}
    symbols: dict[str, str] = {}
    for name in hyperparameters:
        taken = {*letters.values(), *symbols.values()}
        candidates = (
            preferred(name, notation, rule),
            preferred(name, "book"),
            mathematical(name),
            rf"\mathrm{{{name.replace('_', ' ')}}}",
        )
        symbols[name] = next(c for c in candidates if c not in taken)
    return symbols | _renamed(letters, set(memory), set(symbols.values()), notation)


def _renamed(
    letters: dict[str, str], memory: set[str], taken: set[str], notation: str
) -> dict[str, str]:
    """Give the moments s and r the source's letters, unless those already mean something else.

    Without the first moment s, r is another thing in every source (Ruder's E[g^2]), and stays.
    """
    new = find(notation).moments if "s" in memory else {}
    if taken.union(letters.values()) & set(new.values()):
        return letters
    return {name: mathematical(_with_base(name, new)) for name in letters}


def _with_base(name: str, new: Mapping[str, str]) -> str:
    base, mark, rest = name.partition("_")
    return new.get(base, base) + mark + rest
