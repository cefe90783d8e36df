"""`doorstep verify [--from HEAD]`: check that nobody has changed, cut or reworded the life of any case, or the
record of any mediation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from doorstep.config.serving import database_up
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from doorstep.cases.checking import Checked
    from doorstep.mediation.checking import CheckedRecords
    from doorstep.proofs.checking import CheckedLog, Found

SHOWN = 10
UNSOUND = 1


class HeadUnreadable(Refusal):
    """The file with the head that somebody kept cannot be read."""


def run(
    kept: Annotated[Path | None, typer.Option("--from", help=text("command-option-kept-head"))] = None,
) -> None:
    note = _note(kept) if kept is not None else None
    with database_up():
        from doorstep.cases import checking
        from doorstep.mediation import checking as records
        from doorstep.proofs import checking as log

        with Console().status(text("chain-looking")) as status:
            checked = checking.check_ledger(
                lambda so_far: status.update(text("chain-so-far", cases=so_far.cases, rows=so_far.rows))
            )
            checked_log = log.check_log(
                note, lambda rows, of: status.update(text("proofs-verify-so-far", rows=rows, all=of))
            )
            status.update(text("mediation-verify-looking"))
            checked_records = records.check_records()
    _tell(checked, checked_log, checked_records)


def _note(kept: Path) -> str:
    try:
        return kept.read_bytes().decode().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        raise HeadUnreadable(say("proofs-verify-no-file", file=str(kept)), say("proofs-head-unreadable-try")) from None


def _tell(checked: Checked, log: CheckedLog, records: CheckedRecords) -> None:
    faults = [*_faults(checked), *map(_fault, log.faults), *_faults_of_records(records)]
    if faults:
        print(text("chain-unsound", count=len(faults)))
        for each in islice(faults, SHOWN):
            print(f"  {each}")
        if len(faults) > SHOWN:
            print(f"  {text('chain-more', count=len(faults) - SHOWN)}")
        raise typer.Exit(UNSOUND)
    print(text("chain-sound", cases=checked.cases, rows=checked.rows))
    print(text("proofs-verify-sound", rows=log.rows, heads=log.heads, waiting=log.waiting))
    print(text("mediation-verify-sound", mediations=records.mediations, rows=records.rows))
    if log.kept is not None:
        at = log.kept.at.isoformat()
        print(text("proofs-verify-kept", size=log.kept.size, at=at))


def _faults(checked: Checked) -> Iterator[str]:
    for each in checked.faults:
        yield text(f"chain-fault-{each.fault}", case=str(each.case), seq=each.seq)
    for case in checked.strayed:
        yield text("chain-fault-strayed", case=str(case))
    for case, seq in checked.reworded:
        yield text("chain-fault-reworded", case=str(case), seq=seq)


def _fault(found: Found) -> str:
    numbers = {name: str(getattr(found, name)) for name in ("case", "seq", "place", "size", "rows")}
    return text(say(f"proofs-fault-{found.fault}", **numbers, why=found.why or ""))


def _faults_of_records(records: CheckedRecords) -> Iterator[str]:
    for mediation, seq in records.broken:
        yield text("mediation-fault-broken", mediation=str(mediation), seq=seq)
    for mediation in records.strayed:
        yield text("mediation-fault-strayed", mediation=str(mediation))
