"""What can happen, and the facts that each row of the ledger keeps; found in the code."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Sequence
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
        for move, keys in Facts(f"{actions.__name__}.{path.stem}").written():
            known = found.setdefault(move, [])
            known.extend(key for key in dict.fromkeys(keys) if key not in known)
    return found


class Facts:
    """The facts that the functions of one module write; a value that comes from a function is looked for there."""

    def __init__(self, module: str) -> None:
        self.module = importlib.import_module(module)
        tree = ast.parse(Path(str(self.module.__file__)).read_text(encoding="utf-8"))
        self.functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]

    def written(self) -> Iterator[tuple[Move, list[str]]]:
        """`….done(Move.X, facts=…)`, and `insert into` the first row of a life."""
        for function in self.functions:
            for node in ast.walk(function):
                match node:
                    case ast.Call(func=ast.Attribute(attr="done"), args=[ast.Attribute(attr=name), *_], keywords=named):
                        for keyword in named:
                            if keyword.arg == "facts":
                                yield Move[name], self.keys(keyword.value, function)
                    case ast.Call(func=ast.Attribute(attr="dumps"), args=[ast.Name(id="facts")]):
                        # A report is written as one statement for the whole case; its facts are made in this function.
                        yield Move.REPORT, self.keys(ast.Name(id="facts"), function)

    def keys(self, value: ast.expr, function: ast.FunctionDef) -> list[str]:
        match value:
            case ast.Constant(value=None):
                return []
            case ast.Dict(keys=keys, values=values):
                each = zip(keys, values, strict=True)
                return [
                    name
                    for key, inner in each
                    for name in (self.keys(inner, function) if key is None else [ast.literal_eval(key)])
                ]
            case ast.Name(id=variable):
                return self._of_variable(variable, function)
            case ast.BoolOp(values=values):
                return [key for inner in values for key in self.keys(inner, function)]
            case ast.IfExp(body=body, orelse=orelse):
                return [*self.keys(body, function), *self.keys(orelse, function)]
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return [*self.keys(left, function), *self.keys(right, function)]
            case ast.Call(func=ast.Name(id=called)):
                return self._returned(called)
        raise ValueError(f"Facts that cannot be read in {function.name}: {ast.unparse(value)}")

    def _returned(self, called: str) -> list[str]:
        """What a function returns, wherever it stands; of several values, those that are facts."""
        there = inspect.getmodule(getattr(self.module, called))
        assert there is not None
        facts = self if there is self.module else Facts(there.__name__)
        function = next(each for each in facts.functions if each.name == called)
        values = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value is not None]
        parts = [each for value in values for each in (value.elts if isinstance(value, ast.Tuple) else [value])]
        return [key for part in parts if _may_be_facts(part) for key in facts.keys(part, function)]

    def _of_variable(self, variable: str, function: ast.FunctionDef) -> list[str]:
        keys: list[str] = []
        for node in ast.walk(function):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == variable:
                    keys += self.keys(value, function)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name == variable:
                    keys += self.keys(value, function)
                case ast.AugAssign(target=ast.Name(id=name), op=ast.BitOr(), value=value) if name == variable:
                    keys += self.keys(value, function)
                case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key))]):
                    keys += [key] if name == variable else []
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Call(func=ast.Name(id=called))):
                    keys += self._returned(called) if variable in _named(names) else []
        return keys if keys or variable not in _parameters(function) else self._given(variable, function)

    def _given(self, parameter: str, function: ast.FunctionDef) -> list[str]:
        """What the callers of a function hand over by name."""
        keys: list[str] = []
        for caller in self.functions:
            for node in ast.walk(caller):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == function.name:
                    for keyword in node.keywords:
                        if keyword.arg == parameter:
                            keys += self.keys(keyword.value, caller)
        return keys


def _may_be_facts(value: ast.expr) -> bool:
    return isinstance(value, (ast.Dict, ast.Name, ast.IfExp, ast.BinOp))


def _named(names: Sequence[ast.expr]) -> set[str]:
    return {each.id for each in names if isinstance(each, ast.Name)}


def _parameters(function: ast.FunctionDef) -> set[str]:
    given = function.args
    return {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)}
