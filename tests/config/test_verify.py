"""`doorstep verify` tells whether the ledger is as it was written."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from doorstep.cases import checking
from doorstep.cases.checking import Checked
from doorstep.cases.rules.chain import Fault, Found
from doorstep.config import command
from doorstep.config.commands import verify
from doorstep.mediation import checking as records
from doorstep.mediation.checking import Broken, CheckedRecords
from doorstep.proofs import checking as log
from doorstep.proofs.checking import CheckedLog


@pytest.fixture
def ledger(monkeypatch):
    """What the check finds, without a database of its own: the check itself is tried on a real one elsewhere."""
    monkeypatch.setattr(verify, "database_up", nullcontext)

    def holds(found: Checked, of_mediations: CheckedRecords | None = None) -> None:
        monkeypatch.setattr(checking, "check_ledger", lambda tell: (tell(found), found)[1])
        monkeypatch.setattr(log, "check_log", lambda note, tell: CheckedLog(rows=found.rows))
        monkeypatch.setattr(records, "check_records", lambda: of_mediations or CheckedRecords())

    return holds


def test_a_sound_ledger_is_said_to_be_sound(ledger, capsys):
    ledger(Checked(cases=2, rows=9))
    assert command.run(["verify"]) == 0
    assert "9" in capsys.readouterr().out


def test_what_is_wrong_is_listed_and_the_command_fails(ledger, capsys):
    ledger(Checked(1, 4, [Found(7, 3, Fault.CHANGED)], strayed=[8], reworded=[(9, 1)]))
    assert command.run(["verify"]) == verify.UNSOUND
    said = capsys.readouterr().out
    assert all(number in said for number in ("7", "8", "9"))


def test_a_mediation_whose_record_was_changed_is_named_and_the_command_fails(ledger, capsys):
    ledger(Checked(1, 4), CheckedRecords(2, 30, [Broken(41, 5)], [42]))
    assert command.run(["verify"]) == verify.UNSOUND
    said = capsys.readouterr().out
    assert all(number in said for number in ("41", "5", "42"))


def test_a_long_list_is_cut_and_says_so(ledger, capsys):
    ledger(Checked(1, 4, [Found(7, n, Fault.CUT) for n in range(25)]))
    command.run(["verify"])
    said = capsys.readouterr().out
    assert len(said.strip().splitlines()) == 1 + verify.SHOWN + 1
    assert "15" in said
