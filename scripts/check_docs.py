"""See that the documentation is true: generated pages, links, pictures, paths, commands, words (`make check`)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "images"
LARGEST_PICTURE = 250_000
LARGEST_TOGETHER = 4_000_000
GLOSSARY = ROOT / "docs" / "glossary.md"
UNUSED_WORDS = "## Words that are not used"
# Folders of this repository by which a path in a text begins; a placeholder or a pattern in it is no path.
HOMES = ("bench/", "demo/", "docs/", "scripts/", "src/", "tests/", "vendor/")
PLACEHOLDER = re.compile(r"[<>*{}…]")
# A page for everybody knows neither the folders of one machine nor the index of one installer.
ELSEWHERE = re.compile(
    r"(?<![\w.])/(?:tmp|work|root|home/\w+)/|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian"
)
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`([^`\n]+)`")


def main() -> int:
    """Print what is wrong, a line each; one when anything is."""
    faults = [*_outdated(), *_pictures(), *_words()]
    for page in pages():
        faults += [f"{page.relative_to(ROOT)}: {fault}" for fault in faults_of(page)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def pages() -> list[Path]:
    """Everything written for readers: the Markdown files at the top and below `docs/`."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def faults_of(page: Path) -> Iterator[str]:
    """What is wrong on one page."""
    written = page.read_text(encoding="utf-8")
    yield from (f"not for everybody: {found[0]}" for found in ELSEWHERE.finditer(written))
    for _, target in links(written):
        yield from _broken(page, target)
    for path in paths(written):
        if not (ROOT / path).exists():
            yield f"there is no {path}"
    for command in commands(written):
        if command not in known_commands():
            yield f"there is no command “{command}”"


def links(written: str) -> list[tuple[bool, str]]:
    """Whether it is a picture, and where it leads, for every link outside of code."""
    prose = INLINE_CODE.sub("", CODE_BLOCK.sub("", written))
    return [(bool(mark), unquote(target)) for mark, target in LINK.findall(prose)]


def _broken(page: Path, target: str) -> Iterator[str]:
    place, _, heading = target.partition("#")
    if re.match(r"\w+:", target):
        return
    leads_to = (page.parent / place).resolve() if place else page
    if not leads_to.exists():
        yield f"broken link: {target}"
    elif heading and leads_to.suffix == ".md" and heading not in anchors(leads_to):
        yield f"no such heading: {target}"


def anchors(page: Path) -> set[str]:
    """The names by which a page's headings can be reached."""
    titles = re.findall(r"^#+ (.+)$", CODE_BLOCK.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def paths(written: str) -> list[str]:
    """Paths of this repository that are named as code."""
    words = INLINE_CODE.findall(CODE_BLOCK.sub("", written))
    return [word for word in words if word.startswith(HOMES) and " " not in word and not PLACEHOLDER.search(word)]


def commands(written: str) -> list[str]:
    """`make` and `doorstep` commands in blocks and in code between words."""
    blocks = [line for block in CODE_BLOCK.findall(written) for line in block.splitlines()[1:-1]]
    said = [line.strip().removeprefix("$ ") for line in [*blocks, *INLINE_CODE.findall(CODE_BLOCK.sub("", written))]]
    found = [re.match(r"(make|doorstep)(?: --demo)? ([a-z][a-z-]*)(?=$|[ ,])", line) for line in said]
    return [f"{match[1]} {match[2]}" for match in found if match]


@cache
def known_commands() -> frozenset[str]:
    """What the Makefile and the command itself offer."""
    import typer.main

    from doorstep.config.command import app

    targets = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    offered = getattr(typer.main.get_command(app()), "commands", {})
    return frozenset([*(f"make {target}" for target in targets), *(f"doorstep {name}" for name in offered)])


def _outdated() -> Iterator[str]:
    import make_reference

    made = make_reference.written_pages()
    for path, words in made.items():
        if not path.exists() or path.read_text(encoding="utf-8") != words:
            yield f"{path.relative_to(ROOT)}: out of date; run: .venv/bin/python scripts/make_reference.py"


def _pictures() -> Iterator[str]:
    shown = {
        (page.parent / target).resolve()
        for page in pages()
        for is_picture, target in links(page.read_text(encoding="utf-8"))
        if is_picture
    }
    kept = [path for path in sorted(PICTURES.iterdir()) if path.is_file()] if PICTURES.exists() else []
    for path in kept:
        if path not in shown:
            yield f"{path.relative_to(ROOT)}: no page shows it"
        if path.stat().st_size > LARGEST_PICTURE:
            yield f"{path.relative_to(ROOT)}: larger than {LARGEST_PICTURE // 1000} kB"
    if sum(path.stat().st_size for path in kept) > LARGEST_TOGETHER:
        yield f"{PICTURES.relative_to(ROOT)}: larger together than {LARGEST_TOGETHER // 1_000_000} MB"


def _words() -> Iterator[str]:
    """Words in texts for people that the glossary does not allow."""
    from doorstep.core.text import locale_folder

    for lang in ("en", "zh"):
        for path in sorted((locale_folder / lang).glob("*.ftl")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if not line.startswith("#"):
                    for word, better in said_wrongly(line.partition("=")[2] or line, lang):
                        yield f"{path.relative_to(ROOT)}:{number}: not “{word}” but: {better}"


def said_wrongly(words: str, lang: str) -> list[tuple[str, str]]:
    """Each word of the text that the glossary does not allow, and what to say instead."""
    plain = re.sub(r"\{[^}]*\}", "", words)
    border = r"\b" if lang == "en" else ""
    return [
        (word, better)
        for word, better in unused_words().items()
        if word.isascii() == (lang == "en")
        and re.search(rf"{border}{re.escape(word)}(?:s{border}|{border})", plain, re.I)
    ]


@cache
def unused_words() -> dict[str, str]:
    """The table at the end of the glossary: what is not said, and what is."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", GLOSSARY.read_text(encoding="utf-8").partition(UNUSED_WORDS)[2], re.M)
    return {word: better for several, better in rows if several != "not" for word in several.split(" · ")}


if __name__ == "__main__":
    sys.exit(main())
