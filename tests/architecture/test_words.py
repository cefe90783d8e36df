"""Every word a person reads has its place in `locale/`, in both languages, and nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from doorstep.core.text import languages, locale_folder, words_of

source = locale_folder.parent
spoken = {lang: words_of(lang) for lang in languages}
rooms = {path.name for folder in (source, source / "fronts") for path in folder.iterdir() if path.is_dir()}
rooms |= {path.stem for path in locale_folder.rglob("*.ftl")}
keys = sorted(set().union(*(words.entries for words in spoken.values())))

chinese = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# What the machine reads (a column's heading, a street sign) is no text for people; the statement, or the line above it,
# says so.
not_shown = "# read, not shown"


def python_files() -> list[Path]:
    """Ours; what is given away to run without us (`static/`) must carry its words itself."""
    return [path for path in sorted(source.rglob("*.py")) if not {"migrations", "static"} & set(path.parts)]


def templates() -> list[Path]:
    return sorted(source.rglob("templates/**/*.html"))


def scripts() -> list[Path]:
    return sorted(path for ext in ("js", "css", "svg") for path in source.rglob(f"*.{ext}"))


def here(path: Path) -> str:
    return str(path.relative_to(source))


@pytest.mark.parametrize("lang", languages)
def test_each_sentence_is_said_in_this_language(lang):
    assert [key for key in keys if key not in spoken[lang].entries] == []


@pytest.mark.parametrize("room", sorted({key.split("-")[0] for key in keys}))
def test_each_sentence_of_a_room_has_the_same_gaps_and_the_same_file_in_both_languages(room):
    assert room in rooms
    mine = [key for key in keys if key.split("-")[0] == room]
    gaps = {key: {lang: words.params(key) for lang, words in spoken.items()} for key in mine}
    homes = {key: {words.homes[key].name for words in spoken.values() if key in words.homes} for key in mine}
    assert {key: filled for key, filled in gaps.items() if len(set(filled.values())) > 1} == {}
    assert {key: files for key, files in homes.items() if len(files) > 1} == {}


def test_english_speaks_no_chinese_by_mistake():
    # The names of the languages are said in their own words.
    own_words = {key for key in keys if key.startswith("parts-language-")}
    mixed = [key for key, said in spoken["en"].plain.items() if chinese.search(said) and key not in own_words]
    assert mixed == []


def test_no_code_carries_words_for_people():
    found = {here(path): lines for path in python_files() if (lines := sorted(lines_for_people(path)))}
    assert found == {}, "words for people belong in locale/"


def lines_for_people(path: Path) -> set[int]:
    """The lines of a file whose literals are in Chinese without saying that they are only read."""
    written = path.read_text(encoding="utf-8")
    if not chinese.search(written):
        return set()
    tree, lines = ast.parse(written), written.splitlines()
    return {node.lineno for node in literals(tree) if chinese.search(as_written(node, lines))} - lines_only_read(
        tree, lines
    )


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string in the file but its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def as_written(node: ast.Constant, lines: list[str]) -> str:
    """The literal as its author typed it: an escaped range of characters is no text."""
    whole = lines[node.lineno - 1 : node.end_lineno]
    return "\n".join(whole) if len(whole) > 1 else whole[0].encode()[node.col_offset : node.end_col_offset].decode()


def lines_only_read(tree: ast.Module, lines: list[str]) -> set[int]:
    """The lines of simple statements that say of themselves that nobody is shown them."""
    simple = (ast.Assign, ast.AnnAssign, ast.Return, ast.Expr, ast.Assert)
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, simple) and not_shown in "".join(lines[max(node.lineno - 2, 0) : node.end_lineno])
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    } | {number for number, line in enumerate(lines, start=1) if not_shown in line}


def test_no_template_carries_words_for_people():
    assert {here(path): words for path in templates() if (words := words_written_in(path))} == {}, (
        "words for people belong in locale/"
    )


def words_written_in(path: Path) -> list[str]:
    """What a template says to people in its own words."""
    page = path.read_text(encoding="utf-8")
    page = re.sub(r"{% block (?:body_class|width|main_attributes) %}.*?{% endblock %}|<kbd>.*?</kbd>", "", page)
    page = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->|{%.*?%}|{{.*?}}", "", page, flags=re.S)
    shown = [bare for bare in re.sub(r"<[^>]*>", "\n", page, flags=re.S).splitlines() if re.search(r"[^\W\d_]", bare)]
    attributes = re.findall(r'\b(?:title|alt|placeholder|aria-label|content-label)="([^"]*[^\W\d_][^"]*)"', page)
    return shown + attributes + chinese.findall(page)


def test_no_script_or_style_carries_chinese():
    assert [here(path) for path in scripts() if chinese.search(path.read_text(encoding="utf-8"))] == []


def test_the_words_for_people_would_be_found(tmp_path):
    code, page = tmp_path / "a.py", tmp_path / "a.html"
    code.write_text('said = "请稍候"\nheading = "户数"  # read, not shown\n')
    page.write_text('{% t "home-title" %}<p title="Please wait">{{ name }} one moment</p>')
    assert lines_for_people(code) == {1}
    assert words_written_in(page) == [" one moment", "Please wait"]


def test_every_sentence_that_is_asked_for_exists():
    asked = {(key, here(path)) for path in python_files() for key in keys_asked_in_code(path)}
    asked |= {(key, here(path)) for path in templates() for key in keys_asked_in_template(path)}
    unknown = sorted((key, path) for key, path in asked if key not in keys)
    assert unknown == []


def keys_asked_in_code(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node.func) in {"say", "text", "Message"} and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and "-" in first.value:
                yield first.value


def called(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def keys_asked_in_template(path: Path) -> list[str]:
    return re.findall(r'{%\s*t\s+"([^"]+)"', path.read_text(encoding="utf-8"))


def test_no_sentence_is_kept_that_nobody_asks_for():
    """A literal that ends in a hyphen (`cases-state-`) asks for all that begin with it."""
    written = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*python_files(), *templates(), *scripts(), *source.rglob("*.toml")]
    )
    written += "\n".join(path.read_text(encoding="utf-8") for path in locale_folder.rglob("*.ftl"))
    mentioned = set(re.findall(r"""(?<=["'{ ])[a-z]+(?:-[a-z0-9]+)+(?=["'} ])""", written))
    beginnings = tuple(set(re.findall(r"""["']([a-z]+-(?:[a-z0-9]+-)*)(?:["'{])""", written)))
    idle = [key for key in keys if key not in mentioned and not key.startswith(beginnings)]
    assert idle == [], f"nobody asks for {idle}"
