"""Whatever can happen to a case is told: each move has its icon and its words, for Ava and for those who work on it."""

from __future__ import annotations

import pytest

from doorstep.cases.rules.close import Outcome
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.verify import Verdict
from doorstep.core.text import languages, words_of
from doorstep.fronts.desk import case as desk
from doorstep.fronts.resident import life

# What is told by more words than the name of the move.
TOLD_BY = {
    Move.DO: [str(each) for each in Outcome if each is not Outcome.UNREASONABLE],
    Move.CLOSE: [str(each) for each in Outcome],
    Move.VERIFY: [str(each) for each in Verdict],
}


@pytest.mark.parametrize("move", list(Move))
def test_each_move_has_an_icon_and_words_for_ava(move):
    assert life.ICONS[move]
    assert f'id="{life.ICONS[move]}"' in icons() and f'id="{desk.ICONS[move]}"' in icons()
    keys = [f"resident-step-{move}-{each}" for each in TOLD_BY[move]] if move in TOLD_BY else [f"resident-step-{move}"]
    for lang in languages:
        assert [key for key in keys if key not in words_of(lang).entries] == []


@pytest.mark.parametrize("move", list(Move))
def test_each_move_has_a_name_for_those_who_work_on_it(move):
    for lang in languages:
        assert f"cases-move-{move}" in words_of(lang).entries


@pytest.mark.parametrize("question", list(Question))
def test_each_question_is_put_in_words_on_the_page_and_in_the_filter(question):
    for lang in languages:
        assert {f"cases-question-{question}", f"desk-question-{question}"} <= words_of(lang).entries.keys()


def test_no_icon_stands_for_a_move_that_there_is_not():
    assert life.ICONS.keys() == desk.ICONS.keys() == {str(move) for move in Move}


def icons() -> str:
    from pathlib import Path

    import doorstep.fronts

    return (Path(doorstep.fronts.__file__).parent / "static" / "icons.svg").read_text(encoding="utf-8")
