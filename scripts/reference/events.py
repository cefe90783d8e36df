"""What can happen, and the facts that each row of the ledger keeps; found in the code."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import doorstep.events
from doorstep.cases import actions
from doorstep.cases.rules.lifecycle import Move
from reference._tables import code, table

LANGUAGES = ("en",)

LEAD = """# Events and facts

## Events

One capability tells, others react in the same transaction, and neither knows the other (`src/doorstep/events/`).

"""
FACTS = """
## Facts of the ledger

What each move writes into its row of `cases_event`, beside who (post, unit, hat), when it happened and when we heard.
No fact is personal data: words, contact and pictures stand beside the ledger with their salt. `because` is a message,
so it can be read in either language.

"""


def page(lang: str) -> str:
    """The events with their fields, then the facts of each move."""
    kinds = sorted(_kinds(), key=lambda kind: (kind.__module__, kind.__name__))
    rows = [
        (f"`{kind.__name__}`", code(field.name for field in dataclasses.fields(kind)), _what(kind)) for kind in kinds
    ]
    facts = facts_by_move()
    moves = [(f"`{move}`", code(facts.get(move, ()))) for move in Move]
    return LEAD + table(("event", "fields", "what happened"), rows) + FACTS + table(("move", "facts"), moves)


def _kinds() -> Iterator[type]:
    for module in pkgutil.iter_modules(doorstep.events.__path__):
        name = f"doorstep.events.{module.name}"
        for _, kind in inspect.getmembers(importlib.import_module(name), dataclasses.is_dataclass):
            if kind.__module__ == name:
                yield kind


def _what(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split())


def facts_by_move() -> dict[Move, list[str]]:
    """The keys that `cases/actions/` writes with each move, in the order of the code."""
    found: dict[Move, list[str]] = {}
    for path in sorted(Path(actions.__path__[0]).glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for move, keys in _written(function):
                    found.setdefault(move, []).extend(key for key in keys if key not in found.get(move, []))
    return found


def _written(function: ast.FunctionDef) -> Iterator[tuple[Move, list[str]]]:
    """`….done(Move.X, facts=…)`, and `insert into` the first row of a life."""
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(attr="done"), args=[ast.Attribute(attr=name), *_], keywords=named):
                for keyword in named:
                    if keyword.arg == "facts":
                        yield Move[name], _keys(keyword.value, function)
            case ast.Call(func=ast.Attribute(attr="dumps"), args=[ast.Name(id="facts")]):
                # A report is written as one statement for the whole case; its facts are made in this function.
                yield Move.REPORT, _keys(ast.Name(id="facts"), function)


def _keys(value: ast.expr, function: ast.FunctionDef) -> list[str]:
    if isinstance(value, ast.Dict):
        keys: list[str] = []
        for key, inner in zip(value.keys, value.values, strict=True):
            keys += _keys(inner, function) if key is None else [ast.literal_eval(key)]
        return keys
    if isinstance(value, ast.Name):
        return _keys_of_variable(value.id, function)
    raise ValueError(f"Facts that cannot be read in {function.name}: {ast.unparse(value)}")


def _keys_of_variable(variable: str, function: ast.FunctionDef) -> list[str]:
    keys: list[str] = []
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as value) if name == variable:
                keys += _keys(value, function)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict() as value) if name == variable:
                keys += _keys(value, function)
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key))]):
                if name == variable:
                    keys.append(key)
    return keys
