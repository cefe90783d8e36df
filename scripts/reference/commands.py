"""What `doorstep` can be told, from the command itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from doorstep.config.command import app
from reference._tables import table

LANGUAGES = ("en",)
LEAD = """# The `doorstep` command

It speaks the language of the terminal, or that of `DOORSTEP_LANG` (`zh`, `en`). Exit code 0: done; 1: refused, in one
sentence that says what to do; 130: stopped with Ctrl-C. An option of `doorstep` itself stands before the command:
`doorstep --demo backup FILE`.
"""


def page(lang: str) -> str:
    """Each command with its arguments and options; the words are those of `--help`."""
    root = typer.main.get_command(app())
    return "\n".join([LEAD, _options(root), *_commands(root, "doorstep")])


def _commands(group: Any, path: str) -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        arguments = "".join(f" {each.name.upper()}" for each in command.params if _is_argument(each))
        yield f"## `{path} {name}{arguments}`\n\n{command.help}\n"
        if rows := _options(command):
            yield rows
        yield from _commands(command, f"{path} {name}")


def _options(command: Any) -> str:
    rows = [_row(each) for each in command.params if each.help]
    return table(("option", "meaning", "default"), rows) if rows else ""


def _row(param: Any) -> tuple[str, str, str]:
    if _is_argument(param):
        return f"`{param.name.upper()}`", param.help, ""
    has_default = param.default is not None and param.default is not False
    default = "required" if param.required else f"`{param.default}`" if has_default else ""
    return f"`{param.opts[0]}`", param.help, default


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")
