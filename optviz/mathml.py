"""LaTeX as MathML that browsers draw alike, without a stylesheet or a script."""

import functools
import html
import itertools
import re
from typing import Literal
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element

_WORD = re.compile(r"\\(mathtt|mathrm|operatorname)\{([^{}]*)\}")
_FUNCTION = re.compile(
    r"(?<=[\w})] )(?<!dot )(?<!arrow )(?<!cases} )"
    r"(?=\\(?:operatorname|(?:arc)?(?:sin|cos|tan)h?|log|exp|max|min)\b)"
)
# Browsers follow MathML Core, which has dropped columnalign and mathvariant: styles stand in.
_STYLES = {
    ("columnalign", "right"): "text-align:right;padding:.7ex 0",
    ("columnalign", "left"): "text-align:left;padding:.7ex .5em .6ex 0",
    ("mathvariant", "monospace"): "font-family:ui-monospace,monospace;font-size:.9em",
}


@functools.lru_cache(maxsize=1024)
def mathml(latex: str, display: Literal["block", "inline"] = "block") -> str:
    """Return `latex` as one `<math>` element: well-formed XML, whatever the names in it hold.

    A block is in display style and stands on the left, where its surroundings put it.
    """
    root = convert_to_element(_prepared(latex), display=display)
    for element in root.iter():
        element.text = html.unescape(element.text or "") or None
    for element in root.iter():
        _mark_signs(element)
        _style(element)
    if display == "block":
        root.set("style", "display:inline math;math-style:normal")
    return ElementTree.tostring(root, encoding="unicode")


def _mark_signs(row: ElementTree.Element) -> None:
    """Tell a sign from an operator: it stands after a relation or an opening parenthesis."""
    for before, element in itertools.pairwise(row):
        opens = before.tag == "mo" and before.get("form") != "postfix" and before.text != ")"
        if opens and element.text in {"\N{MINUS SIGN}", "+"}:
            element.set("form", "prefix")


def _style(element: ElementTree.Element) -> None:
    for (name, value), style in _STYLES.items():
        if element.get(name) == value:
            del element.attrib[name]
            element.set("style", style)
    if element.tag == "mtable":
        element.set("displaystyle", "true")
    if element.tag == "mo" and (element.text or "").isalpha() and element.text != "mod":
        element.tag = "mi"


def _prepared(latex: str) -> str:
    """Return `latex` in the words that the converter knows.

    Words become text, because letters of their own would be spaced and set apart; the epsilon is
    the one that sliders show.
    """
    latex = latex.replace("{aligned}", "{split}").replace(r"\epsilon", r"\varepsilon")
    latex = _FUNCTION.sub(r"\\, ", latex)
    return _WORD.sub(_as_text, latex)


def _as_text(word: re.Match[str]) -> str:
    command = "texttt" if word[1] == "mathtt" else "textrm"
    return f"\\{command}{{{word[2].replace(chr(92), '')}}}"
