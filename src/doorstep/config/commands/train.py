"""`doorstep train`: teach the classifier by closed cases; `--back` returns to the model before.
`doorstep train --texts FILE.csv`: how well labelled messages that nobody here has seen are told, by five folds.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console

from doorstep.config.commands.import_ import list_findings
from doorstep.config.opening import progress
from doorstep.config.serving import database_up
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from doorstep.cases.actions.train import Trained

FOLDS = 5
NOT_TAKEN = 1


class TrainRefused(Refusal):
    """Two wishes that exclude each other."""


def run(
    texts: Annotated[Path | None, typer.Option(help=text("command-train-texts"))] = None,
    force: Annotated[bool, typer.Option("--force", help=text("command-train-force"))] = False,
    back: Annotated[bool, typer.Option("--back", help=text("command-train-back"))] = False,
    out: Annotated[Path | None, typer.Option(help=text("command-train-out"))] = None,
    seed: Annotated[int, typer.Option(min=0, help=text("command-train-seed"))] = 0,
) -> None:
    asked = [
        name for name, is_given in (("--texts", texts is not None), ("--back", back), ("--force", force)) if is_given
    ]
    if len(asked) > 1:
        raise TrainRefused(say("command-train-one-of", one=asked[0], other=asked[1]), say("command-train-one-of-try"))
    if texts is not None:
        told(texts, out, seed)
    elif back:
        go_back()
    else:
        learn(force, out)


def told(file: Path, out: Path | None, seed: int) -> None:
    """Report on a table of labelled messages."""
    from doorstep.catalogue.labelled import read_labelled
    from doorstep.config import training
    from doorstep.engines.wording.judging import fold_by_fold

    read = read_labelled(file)
    list_findings([*read.findings.problems, *read.findings.remarks])
    with progress(is_shown=True) as tell:
        found = fold_by_fold(
            read.texts,
            read.labels,
            FOLDS,
            training.shuffled(len(read.texts), seed),
            lambda done: tell(done / FOLDS, text("command-train-at-work")),
        )
    training.show_folds(Console(), read, found)
    write(out, {"file": read.file, "left_out_rows": read.findings.problem_count, "seed": seed, **found.as_json()})


def learn(force: bool, out: Path | None) -> None:
    """Train, report, and take into use what is better; not 0 when the model in use stays."""
    with database_up():
        from doorstep.cases.actions.train import train_on_cases
        from doorstep.config import training
        from doorstep.core.time import clock

        with progress(is_shown=True) as tell:
            trained: Trained = train_on_cases(
                at=clock.now(), force=force, tell=lambda share: tell(share, text("command-train-at-work"))
            )
        training.show_trained(Console(), trained)
        write(out, trained.as_json())
    if trained.why_not is not None:
        raise typer.Exit(NOT_TAKEN)


def go_back() -> None:
    """Return to the model before."""
    with database_up():
        from doorstep.cases.actions.train import back
        from doorstep.core.time import clock

        gone = back(at=clock.now())
    typer.echo(text("wording-is-back", name=gone) if gone else text("wording-nothing-before"))


def write(out: Path | None, report: object) -> None:
    """The report as JSON, where one was asked for."""
    if out is not None:
        out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
        typer.echo(text("wording-out", file=str(out)))
