"""What is read where a visitor looks closer: the lines of a rule, its numbers, the legend."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

DASH = "\N{EN DASH}"
NESTEROV = "lane=nesterov,lr:0.0005,alpha:0.9&steps=100"


def inspector(screen) -> Locator:
    """The inspector, once it shows the present race."""
    found = screen.page.get_by_role("group", name="Step inspector")
    expect(found).to_have_attribute("aria-busy", "false")
    return found


def values(screen) -> list[str]:
    """Return the value of every line."""
    return inspector(screen).locator("ol .ov-value-of").all_text_contents()


def remembered(screen) -> list[str]:
    """Return what the rule remembered before the step."""
    return inspector(screen).locator("ul .ov-value-of").all_text_contents()


def figure(screen, term: str) -> str:
    """Return the number that stands beside a term under the equation."""
    row = screen.region("Equation").locator("dl > div").filter(has_text=term)
    return row.locator("dd").inner_text()


def current(screen) -> list[int]:
    """Return which lines are highlighted, counted from 1."""
    marks = (
        inspector(screen)
        .locator("ol > li")
        .evaluate_all("(all) => all.map((row) => row.getAttribute('aria-current') === 'step')")
    )
    return [index for index, marked in enumerate(marks, 1) if marked]


def legend(screen) -> list[str]:
    """Return the names of what is drawn about the point; none while the legend is hidden."""
    found = screen.page.get_by_role("list", name="Legend")
    return found.locator("li").all_text_contents() if found.is_visible() else []


def forward(screen, steps: int = 1) -> None:
    for _ in range(steps):
        screen.button("One step on (right arrow)").click()
