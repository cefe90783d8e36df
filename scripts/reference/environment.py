"""Every environment variable that the code reads, found in the code; only the meanings are written beside it."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from reference._tables import table

LANGUAGES = ("en",)
SOURCE = Path(__file__).resolve().parents[2] / "src"
OURS = ("DOORSTEP_", "DATABASE_", "NUMBA_", "XDG_")

MEANINGS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def page(lang: str) -> str:
    """Each variable, its default, its meaning and the file that reads it."""
    found = variables()
    if unexplained := sorted(found.keys() - MEANINGS.keys()):
        raise LookupError(f"Write in environment.toml what these mean: {', '.join(unexplained)}")
    if unread := sorted(MEANINGS.keys() - found.keys()):
        raise LookupError(f"Nothing reads these any more: {', '.join(unread)}")
    rows = [
        (f"`{name}`", MEANINGS[name], ", ".join(f"`{default}`" for default in defaults if default), f"`{file}`")
        for name, (file, defaults) in sorted(found.items())
    ]
    lead = (
        "# Environment variables\n\nEverything that an installation may change without touching a file. "
        "[Running it in earnest](../how-to/operate-in-production.md) says which of them matter.\n"
    )
    return lead + "\n" + table(("variable", "meaning", "default", "first read in"), rows)


def variables() -> dict[str, tuple[str, list[str]]]:
    """The file that reads each variable first, and the defaults that are written there."""
    files: dict[str, str] = {}
    defaults: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for name, default in _reads(ast.parse(path.read_text(encoding="utf-8"))):
            if name.startswith(OURS):
                files.setdefault(name, str(path.relative_to(SOURCE)))
                if default not in defaults[name]:
                    defaults[name].append(default)
    return {name: (file, defaults[name]) for name, file in files.items()}


def _reads(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """`environ.get(name, default)`, `environ[name]`, `name in environ`, and loops over names that are looked up."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=place, attr="get"), args=[ast.Constant(value=str(name)), *rest]):
                if _is_environment(place):
                    yield name, str(rest[0].value) if rest and isinstance(rest[0], ast.Constant) else ""
            case ast.Subscript(value=place, slice=ast.Constant(value=str(name)), ctx=ast.Load()):
                if _is_environment(place):
                    yield name, ""
            case ast.Compare(left=ast.Constant(value=str(name)), comparators=[place]):
                if _is_environment(place):
                    yield name, ""
            case ast.For(iter=ast.Tuple(elts=names)) if any(map(_is_environment, ast.walk(node))):
                yield from ((each.value, "") for each in names if isinstance(each, ast.Constant))


def _is_environment(node: ast.AST) -> bool:
    return ast.unparse(node) in ("os.environ", "environ") if isinstance(node, ast.Attribute | ast.Name) else False
