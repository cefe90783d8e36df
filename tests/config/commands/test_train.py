"""`doorstep train --texts` says how well somebody else's messages are told; the rest of the command is about cases."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from tests.engines.wording.test_folds import messages

from doorstep.cases.actions import train as training
from doorstep.cases.actions.train import Trained
from doorstep.cases.rules.training import Compared, why_not
from doorstep.config import command
from doorstep.config.commands import train


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "messages.csv"
    rows = [f"{text},{label}" for text, label in messages(60)]
    path.write_text("text,label\n" + "\n".join([*rows, ",lift", "独,alone"]) + "\n", encoding="gb18030")
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_of_messages_is_told_by_five_folds(table, tmp_path, capsys, monkeypatch, lang):
    monkeypatch.setenv("DOORSTEP_LANG", lang)
    out = tmp_path / "report.json"
    assert command.run(["train", "--texts", str(table), "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert "lamp" in said.out and "±" in said.out
    assert "62" in said.err and "63" in said.err  # the rows that were left out
    kept = json.loads(out.read_text())
    assert len(kept["macro_f1_folds"]) == 5 and kept["macro_f1_mean"] > 0.9
    assert {row["label"] for row in kept["whole"]["labels"]} == {"lift", "lamp", "dogs"}
    assert kept["left_out_rows"] == 2


def test_the_same_seed_gives_the_same_figures(table, tmp_path):
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    for out in (one, other):
        command.run(["train", "--texts", str(table), "--seed", "7", "--out", str(out)])
    assert one.read_text() == other.read_text()


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path, capsys):
    assert command.run(["train", "--texts", str(tmp_path / "none.csv")]) == command.REFUSED
    assert capsys.readouterr().err.strip()


def test_two_wishes_that_exclude_each_other_are_refused(table, capsys):
    assert command.run(["train", "--texts", str(table), "--back"]) == command.REFUSED
    assert "--back" in capsys.readouterr().err


def trained(before: float, after: float, *, forced: bool = False) -> Trained:
    compared = Compared(80, before, after, 0.9, 0.9)
    no = None if forced else why_not(compared)
    return Trained("trained-x", "naive_bayes", 80, 1234, compared, None, (), 3, 1, forced, no)


@pytest.mark.parametrize(("after", "code"), [(0.8, 0), (0.6, train.NOT_TAKEN)])
def test_what_became_of_it_is_said_and_the_exit_code_tells(monkeypatch, capsys, after, code):
    # What the training does is tried on a real database beside it; here, what the terminal shows.
    monkeypatch.setattr(train, "database_up", nullcontext)
    monkeypatch.setattr(training, "train_on_cases", lambda **_: trained(0.7, after))
    monkeypatch.setenv("DOORSTEP_LANG", "en")
    assert command.run(["train"]) == code
    assert ("in use from the next report" in capsys.readouterr().out) is (code == 0)
