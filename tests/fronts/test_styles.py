"""Whoever sees badly can read every page, and whoever has a slow line need not wait for it."""

import re
from itertools import product
from pathlib import Path

import brotli
import pytest

from doorstep.fronts.parts import TONES

STATIC = Path(__file__).parents[2] / "src" / "doorstep" / "fronts" / "static"


def colours(*sheets: str) -> dict[str, str]:
    """The colour tokens of the root, the later sheet's over the earlier's."""
    written = "".join((STATIC / "css" / sheet).read_text(encoding="utf-8") for sheet in sheets)
    rules = re.findall(r"^:root \{(.*?)^\}", written, flags=re.M | re.S)
    return dict(re.findall(r"^  --([\w-]+): (#[0-9a-f]{6});", "\n".join(rules), flags=re.M))


MODES = {"light": colours("tokens.css"), "dark": colours("tokens.css", "dark.css")}

WORDS_ON = [
    *product(("ink", "muted", "link", "accent", "danger", "alarm-ink", "waiting-ink"), ("paper", "surface", "sunken")),
    *((f"{tone}-ink", tone) for tone in TONES),
    ("lintel-ink", "lintel"),
    ("action-ink", "action"),
    ("action-ink", "action-deep"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-deep"),
    ("danger-ink", "danger"),
    ("call-ink", "call"),
    ("paper", "ink"),
    ("map-ink", "map-land"),
    ("map-halo", "map-line"),
    ("quiet-ink", "surface"),
]
SHAPES_ON = [
    *product(("line-strong", "focus-edge"), ("paper", "surface")),
    *product(("map-line", "map-chosen"), ("map-land", "map-green", "map-water")),
    *product(("series-1", "series-2", "series-3", "series-4", "series-5"), ("surface",)),
]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 reckons it, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_reckoned_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("words", "ground"), WORDS_ON)
def test_words_stand_out_from_their_ground(mode, words, ground):
    assert contrast(MODES[mode][words], MODES[mode][ground]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES_ON)
def test_shapes_that_mean_something_can_be_made_out(mode, shape, ground):
    if mode == "dark" and shape == "focus-edge":
        # The ring has two colours; on a dark ground the outer one is seen.
        shape = "focus"
    assert contrast(MODES[mode][shape], MODES[mode][ground]) >= 3


def test_dark_knows_every_colour_that_light_has():
    assert MODES["light"].keys() == colours("dark.css").keys()


def test_every_token_that_is_used_exists():
    sheets = {path.name: path.read_text(encoding="utf-8") for path in (STATIC / "css").glob("*.css")}
    known = set(re.findall(r"^\s*(--[\w-]+):", "\n".join(sheets.values()), flags=re.M))
    used = set(re.findall(r"var\((--[\w-]+)\)", "\n".join(sheets.values())))
    assert used <= known


def test_no_colour_is_written_outside_the_tokens():
    """White paper for print, and the words on the two grounds that are the same in each mode, are the exceptions."""
    for sheet in ("base.css", "parts.css", "desk.css", "map.css"):
        written = (STATIC / "css" / sheet).read_text(encoding="utf-8")
        screen = written.split("@media print")[0]
        assert set(re.findall(r"#[0-9a-f]{3,8}\b", screen)) <= {"#1c2b2e"}, sheet


def test_the_styles_and_script_of_a_resident_page_are_small():
    resident = ["css/tokens.css", "css/base.css", "css/parts.css", "css/dark.css", "js/page.js", "icons.svg"]
    weights = {name: len(brotli.compress((STATIC / name).read_bytes())) for name in resident}
    assert sum(weight for name, weight in weights.items() if name.endswith(".css")) <= 10_000
    assert sum(weights.values()) <= 15_000


def test_every_drawing_that_is_asked_for_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    templates = (STATIC.parent / "templates").rglob("*.html")
    asked = {name for page in templates for name in re.findall(r'{% icon "([\w-]+)"', page.read_text(encoding="utf-8"))}
    assert asked | set(TONES.values()) <= drawn


def test_one_long_word_cannot_make_the_queue_wider_than_its_window():
    """A resident pastes an address; a grid whose column is as wide as its longest word would follow it."""
    desk = (STATIC / "css" / "desk.css").read_text(encoding="utf-8")
    row = re.search(r"^\.queue > li \{(.*?)^\}", desk, flags=re.M | re.S)
    assert row is not None
    assert "grid-template-columns: minmax(0, 1fr);" in row[1] and "overflow-wrap: anywhere;" in row[1]
