"""Write the generated pages of `docs/reference/` from the code; `scripts/check_docs.py` sees that they keep up."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import reference
from reference._tables import HEAD

from doorstep.core.text import use_language

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"


def pages() -> dict[Path, str]:
    """Every generated page by its place; the Chinese one stands beside the English one."""
    made = {}
    for module in pkgutil.iter_modules(reference.__path__):
        if module.name.startswith("_"):
            continue
        maker = importlib.import_module(f"reference.{module.name}")
        for lang in maker.LANGUAGES:
            ending = ".md" if lang == "en" else f".{lang}.md"
            made[FOLDER / f"{module.name}{ending}"] = HEAD + "\n" + maker.page(lang).rstrip("\n") + "\n"
    return made


def written_pages() -> dict[Path, str]:
    """The same, in the language that a page without ending speaks."""
    # Before anything of the command is read: its help is spoken in the language of the moment it is imported.
    with use_language("en"):
        return pages()


def main() -> int:
    """Write what has changed."""
    for path, words in written_pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != words:
            path.write_text(words, encoding="utf-8")
            print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
