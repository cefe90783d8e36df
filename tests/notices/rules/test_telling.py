"""Which moves Ava hears of."""

from __future__ import annotations

import pytest
from tests.town import MORNING

from doorstep.cases.rules.lifecycle import Move
from doorstep.core.text import as_json, languages, say, text
from doorstep.events.cases import CaseMoved
from doorstep.notices.rules.telling import TELLING, told

BECAUSE = as_json(say("cases-verify-confirmed"))


def moved(move: str, by: str = "holder", words: bool = True, **facts) -> CaseMoved:
    return CaseMoved(7, 3, move, "taken", "done", by, MORNING, {"because": BECAUSE, **facts}, words)  # type: ignore[arg-type]


@pytest.mark.parametrize("move", ["dispatch", "take", "do", "close", "redo", "reopen", "merge", "note", "ask"])
@pytest.mark.parametrize("lang", languages)
def test_ava_hears_of_it_in_her_language(move, lang):
    message = told(moved(move))
    assert message is not None and text(message, lang)


@pytest.mark.parametrize("move", list(Move))
def test_ava_is_not_told_what_she_did_herself(move):
    assert told(moved(str(move), by="reporter")) is None


@pytest.mark.parametrize("move", ["locate", "classify", "decline", "verify", "report", "withdraw"])
def test_steps_on_the_way_are_told_with_the_next_one(move):
    assert told(moved(move)) is None


def test_a_note_among_colleagues_is_not_told():
    assert told(moved("note", words=False)) is None


def test_a_question_to_ava_is_told_as_a_question():
    assert told(moved("ask", question="tell-us-more")).key == "notices-asked"
    assert told(moved("ask", question="where")).key == "notices-received"


def test_the_reason_goes_with_it():
    assert text(say("cases-verify-confirmed"), "en") in text(told(moved("close")), "en")


@pytest.mark.parametrize("outcome", ["solved", "explained", "out-of-scope"])
def test_what_came_of_it_is_told_apart(outcome):
    assert told(moved("do", outcome=outcome)).key == f"notices-done-{outcome}"


def test_every_move_that_is_told_is_a_move():
    assert set(TELLING) <= {str(move) for move in Move}
