"""How each source writes a rule: the rule whose code is its algebra, and where that one leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from optviz.rules import RULES


class Path(StrEnum):
    """Whether the source's algebra leads along the path of the rule that it writes."""

    SAME = "The path is the same."
    SAME_WITHOUT_SCHEDULE = "The path is the same while the learning rate is constant."
    SAME_BUT_FOR_DELTA = "The path differs only by what the small constant in the division does."
    SHORTER = "At the same learning rate its steps are shorter, 1 - beta times as long."
    AHEAD = "The path is that of the points that the book's looks ahead to."
    AHEAD_WITHOUT_SCHEDULE = (
        "The path is that of the points that the book's looks ahead to while the learning rate is "
        "constant."
    )
    ANOTHER = "The path is another one."


@dataclass(frozen=True)
class Writing:
    """A source's algebra of a rule: the slug of the rule whose code it is, and its path.

    `renamed` says which of its hyperparameters take the values of others in the rule written so.
    """

    rule: str
    path: Path = Path.SAME
    renamed: Mapping[str, str] = field(default_factory=dict)


def _alike(*rules: str) -> dict[str, Writing]:
    return {rule: Writing(rule) for rule in rules}


# Notation -> rule -> how its source writes it. What is not here the source does not have, or in a
# form that no rule has: then only the letters are its own.
WRITINGS: Mapping[str, Mapping[str, Writing]] = MappingProxyType(
    {
        "ruder": {
            **_alike("sgd", "adadelta", "rmsprop", "adam"),
            "momentum": Writing("momentum_ruder"),
            "nesterov": Writing("nesterov_ruder"),
            "adagrad": Writing("adagrad_inside", Path.SAME_BUT_FOR_DELTA),
        },
        "fhws": {"momentum": Writing("ewma_momentum", Path.SHORTER, {"beta": "alpha"})},
        "session11": {
            **_alike("sgd", "momentum", "nesterov", "adagrad"),
            "rmsprop": Writing("rmsprop_outside", Path.SAME_BUT_FOR_DELTA),
            "adam": Writing("adam_uncorrected", Path.ANOTHER),
        },
        "keras": {
            **_alike("sgd", "momentum", "adadelta", "rmsprop", "lion"),
            "nesterov": Writing("nesterov_keras", Path.AHEAD),
            "adagrad": Writing("adagrad_keras", Path.ANOTHER),
            "adam": Writing("adam_keras", Path.SAME_BUT_FOR_DELTA),
        },
        "pytorch": {
            **_alike("sgd", "adagrad", "adadelta", "rmsprop_outside", "adam", "adamw", "adamax"),
            "momentum": Writing("momentum_torch", Path.SAME_WITHOUT_SCHEDULE),
            "nesterov": Writing("nesterov_torch", Path.AHEAD_WITHOUT_SCHEDULE),
            "rmsprop": Writing("rmsprop_outside", Path.SAME_BUT_FOR_DELTA),
            "nadam": Writing("nadam_torch", Path.ANOTHER),
        },
    }
)


def writing(rule: str, notation: str) -> Writing | None:
    """Return how the source of `notation` writes a rule, both slugs; itself are its own forms."""
    if any(rule == one.rule for one in WRITINGS.get(notation, {}).values()):
        return Writing(rule)
    return WRITINGS.get(notation, {}).get(rule) if rule in RULES else None
