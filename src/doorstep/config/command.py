"""The `doorstep` command: one file in `commands/` for each of its words.

A file `commands/<name>.py` holds either `run`, a function whose parameters are the options, or `group`, a `typer.Typer`
with commands of its own. The help of the command is the text `command-<name>`. Nothing else has to be told about it.
"""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO, Annotated, TextIO

import psycopg
import typer
from pydantic import ValidationError

from doorstep.config import commands
from doorstep.core import postgres
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, default_language, languages, say, text, use_language

REFUSED = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit; what is refused is said in a sentence, never as a trace."""
    _say_what_the_terminal_can(sys.stdout, sys.stderr)
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """The exit code of the command with these arguments."""
    return exit_code(lambda: app()(args=list(arguments), prog_name="doorstep", standalone_mode=False))


def exit_code(work: Callable[[], int | None]) -> int:
    """What a program that does this work ends with: what it refuses is said in a sentence, what is a bug flies."""
    with use_language(spoken_language()):
        try:
            return work() or 0
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            return REFUSED
        except typer.TyperException as fault:
            print(misuse(fault), file=sys.stderr)
            return fault.exit_code
        except SystemExit as asked:
            return asked.code if isinstance(asked.code, int) else 0
        except KeyboardInterrupt:
            return INTERRUPTED
        except Exception as fault:
            if not (full := full_disk(fault)):
                raise
            print(full, file=sys.stderr)
            return REFUSED


def full_disk(fault: BaseException) -> Refusal | None:
    """What to say of a disk that is full, or may not be written any more; nothing of any other fault."""
    # Django wraps what the database says.
    cause = fault.__cause__ or fault
    if isinstance(cause, psycopg.errors.DiskFull):
        where, reason = str(postgres.home()), os.strerror(errno.ENOSPC)
    elif isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        where, reason = str(cause.filename or postgres.home()), os.strerror(cause.errno)
    else:
        return None
    return Refusal(say("postgres-folder-refused", folder=where, reason=reason), say("postgres-folder-try"))


def misuse(fault: typer.TyperException) -> str:
    """What is wrong with the words of the command, and where its help is; nothing where that was just shown."""
    said = fault.format_message()
    context = getattr(fault, "ctx", None)
    if context is None or not said.strip():
        return said
    return str(Refusal(_what_is_wrong(fault), say("command-misused-try", command=context.command_path)))


def _what_is_wrong(fault: typer.TyperException) -> Message:
    if not isinstance(fault, typer.BadParameter) or fault.param is None:
        return say("command-misused", said=fault.format_message())
    option = fault.param.opts[0]
    named = {
        "option": option if option.startswith("-") else option.upper(),
        "help": getattr(fault.param, "help", None) or "",
    }
    if isinstance(fault.__cause__, ValidationError):
        return say("command-misused-value", value=str(fault.__cause__.errors()[0]["input"]), **named)
    return say("command-misused-missing", **named)


def app() -> typer.Typer:
    """All commands, with help in the language now spoken."""
    found = typer.Typer(
        help=text("command-doorstep"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )
    found.callback()(_for_all)
    for module in modules():
        name = command_name(module)
        words = text(f"command-{name}")
        if hasattr(module, "group"):
            found.add_typer(module.group, name=name, help=words)
        else:
            found.command(name, help=words)(module.run)
    return found


def modules() -> Iterator[ModuleType]:
    """The files of `commands/`, by name."""
    for module in sorted(pkgutil.iter_modules(commands.__path__), key=lambda found: found.name):
        yield importlib.import_module(f"{commands.__name__}.{module.name}")


def command_name(module: ModuleType) -> str:
    """`import_` is called `import`, and `demo_reset` is called `demo-reset`."""
    return module.__name__.rpartition(".")[2].strip("_").replace("_", "-")


def spoken_language() -> str:
    """What `DOORSTEP_LANG` says, else what the terminal speaks, else Chinese where it can be shown."""
    for name in ("DOORSTEP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = os.environ.get(name, "")[:2].lower()
        if spoken in languages:
            return spoken
    return default_language if _shows_chinese(sys.stdout) else "en"


@contextmanager
def demo_in_hand() -> Iterator[Path]:
    """Within it, everything works on the demo, whose data stand apart from those of a real community."""
    before = {name: os.environ.get(name) for name in ("DOORSTEP_HOME", "DOORSTEP_DEMO")}
    if before["DOORSTEP_DEMO"] != "1":
        os.environ["DOORSTEP_HOME"] = str(postgres.home() / "demo")
        os.environ["DOORSTEP_DEMO"] = "1"
    try:
        yield postgres.home()
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _for_all(
    context: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help=text("command-option-demo"))] = False,
) -> None:
    if demo:
        context.with_resource(demo_in_hand())


def _shows_chinese(stream: TextIO) -> bool:
    try:
        text("command-doorstep", default_language).encode(stream.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def _say_what_the_terminal_can(*streams: IO[str]) -> None:
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            # A terminal that knows no Chinese gets question marks rather than a trace.
            stream.reconfigure(errors="replace")
