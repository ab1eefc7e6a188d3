"""How a Python name reads in an equation: Greek letters, hats, indices."""

import re

from optviz.notation.fragment import braced

_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "_ sigma tau upsilon phi chi psi omega"
)
GREEK = {n: chr(0x3B1 + i) for i, n in enumerate(_NAMES.split()) if n not in {"_", "omicron"}}
CAPITALS = ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
_SUPERSCRIPTS = {"star": "*", "plus": "+", "minus": "-"}
_LIMITS = frozenset({"max", "min"})
_ENDS_IN_DIGITS = re.compile(r"([^\d_]+)(\d+)")


def mathematical(name: str) -> str:
    r"""Return the LaTeX of a Python name, such as `\hat{s}` for s_hat or `\rho_1` for rho1."""
    base, *marks = name.strip("_").split("_") if name.strip("_") else ["_"]
    indices: list[str] = []
    if match := _ENDS_IN_DIGITS.fullmatch(base):
        base, digits = match.groups()
        indices.append(digits)
    tex = _word(base)
    superscript = ""
    for mark in marks:
        if mark in _ACCENTS:
            tex = rf"\{mark}{{{tex}}}"
        elif mark in _SUPERSCRIPTS:
            superscript = "^" + _SUPERSCRIPTS[mark]
        else:
            indices.append(rf"\{mark}" if mark in _LIMITS else _word(mark))
    return tex + (f"_{braced(', '.join(indices))}" if indices else "") + superscript


def typewriter(name: str) -> str:
    """Return the LaTeX of a name as a library spells it."""
    return rf"\mathtt{{{name.replace('_', chr(92) + '_')}}}"


def _word(word: str) -> str:
    if word in GREEK or word in CAPITALS:
        return "\\" + word
    return word if len(word) == 1 or word.isdigit() else rf"\mathrm{{{word}}}"


def plain(tex: str) -> str:
    """Return a symbol's LaTeX as plain text: a Greek letter, an index below the line."""
    if tex.startswith(r"\mathtt"):
        return tex[len(r"\mathtt{") : -1].replace(r"\_", "_")
    text = re.sub(r"\\mathrm\{([^{}]*)\}", r"\1", tex)
    text = re.sub(r"\\(hat|bar|tilde)\{(.*?)\}", lambda m: m[2] + _ACCENTS[m[1]], text)
    text = re.sub(r"\\([A-Za-z]+)", lambda m: GREEK.get(m[1], m[1]), text)
    text = re.sub(r"_\{?(\d+)\}?", lambda m: m[1].translate(_BELOW), text)
    text = re.sub(r"_\{?([^{}]+)\}?", r" \1", text)
    return re.sub(r"\^([*+-])", lambda m: m[1].translate(_ABOVE), text)


_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ABOVE = str.maketrans("+-", "⁺⁻")
