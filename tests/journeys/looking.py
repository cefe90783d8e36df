"""Look at a page as a careful reader, a keyboard and a screen reader do, and say what is wrong with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SERIOUS = ("serious", "critical")


class Look(NamedTuple):
    """How somebody looks: language, size of the letters, light or dark."""

    lang: str = "zh"
    elder: bool = False
    dark: bool = False

    def __str__(self) -> str:
        return f"{self.lang}{'-elder' if self.elder else ''}{'-dark' if self.dark else ''}"


def faults_of(page: Any, look: Look, *, frame: str, data: list[str]) -> list[str]:
    """What is wrong with the page as it stands. `data` are names and sentences that stay in their own language."""
    asked = {
        "lang": look.lang,
        "elder": look.elder,
        "frame": frame,
        "data": data,
        "rooms": rooms(),
    }
    return list(page.evaluate(_script("tests/journeys/looking.js"), asked))


def axe_faults(page: Any, *rules: str) -> list[str]:
    """The serious and critical violations that axe-core finds: by all its rules, or by these."""
    page.evaluate(_script("vendor/tests/axe.min.js") + "; undefined")
    found = page.evaluate(
        """async ([rules, serious]) => {
            const only = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
            const { violations } = await axe.run(document, { ...only, resultTypes: ["violations"] });
            return violations.filter(({ impact }) => serious.includes(impact)).flatMap(({ id, nodes }) =>
                nodes.slice(0, 3).map(({ html, any }) => `axe ${id}: ${html.slice(0, 120)} ${any[0]?.message ?? ""}`));
        }""",
        [rules, SERIOUS],
    )
    return list(found)


def keyboard_faults(page: Any) -> list[str]:
    """The first stop of the keyboard leads past the head of the page to what the page is about."""
    # A page may begin in its form; whoever comes with the keyboard begins at the top all the same.
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    page.keyboard.press("Tab")
    first = page.evaluate(
        """() => {
            const at = document.activeElement;
            const { top, left, width, height } = at.getBoundingClientRect();
            return at.matches(".skip") && top >= 0 && left >= 0 && width > 40 && height > 20;
        }"""
    )
    if not first:
        said = page.evaluate("document.activeElement.outerHTML.slice(0, 100)")
        return [f"the keyboard does not come to the way past the head first, but to {said}"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.activeElement === document.body || !document.activeElement.closest('.lintel')"
    return [] if page.evaluate(inside) else ["the way past the head leads back into the head"]


def turn(page: Any, look: Look) -> None:
    """Larger letters and dark colours as the switches in the head set them."""
    page.evaluate(
        """([elder, dark]) => {
            document.documentElement.toggleAttribute("data-elder", elder);
            document.documentElement.dataset.theme = dark ? "dark" : "light";
            document.getElementById("dark").media = dark ? "all" : "not all";
            document.dispatchEvent(new CustomEvent("theme"));
        }""",
        [look.elder, look.dark],
    )


@cache
def rooms() -> list[str]:
    """What the keys of all sentences begin with."""
    from doorstep.core import text

    locale = Path(text.__file__).resolve().parents[1] / "locale" / "zh"
    keys = [line.split(" =")[0] for file in locale.glob("*.ftl") for line in file.read_text().splitlines()]
    return sorted({key.split("-")[0] for key in keys if "-" in key and key[0].islower()})


@cache
def _script(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
