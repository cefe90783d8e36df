"""What the code imports stands among the packages that are installed with it: other people's machines have no more."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Django Ninja brings pydantic, and its own interface is made of it.
BROUGHT = {"pydantic": "django-ninja"}


def named(requirements: list[str]) -> set[str]:
    """The names alone, as the index spells them."""
    return {plain(re.split(r"[^\w.-]", each, maxsplit=1)[0]) for each in requirements}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(folder: Path) -> dict[str, Path]:
    """Each top package that a file below the folder imports, wherever in the file, and one such file."""
    found: dict[str, Path] = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            found |= {name.partition(".")[0]: path for name in names}
    return found


def undeclared(folder: Path, requirements: list[str]) -> dict[str, str]:
    """What is imported there and comes with none of these requirements, with one file that does so."""
    declared, owners = named(requirements), packages_distributions()
    foreign = {name: path for name, path in imported(folder).items() if name not in sys.stdlib_module_names}
    return {
        name: str(path.relative_to(ROOT))
        for name, path in foreign.items()
        if name != "doorstep"
        and not {plain(each) for each in [*owners.get(name, ()), BROUGHT.get(name, "")]} & declared
    }


def test_the_program_imports_only_what_is_installed_with_it():
    extras = [each for name in ("ray",) for each in PROJECT["optional-dependencies"][name]]
    assert undeclared(ROOT / "src", [*PROJECT["dependencies"], *extras]) == {}


def test_a_package_that_nobody_declared_is_found():
    without = [each for each in PROJECT["dependencies"] if not each.startswith("shapely")]
    assert set(undeclared(ROOT / "src" / "doorstep" / "engines", without)) == {"shapely"}
