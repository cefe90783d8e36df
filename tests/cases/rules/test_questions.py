"""Each question names who answers it, the step it stops, and itself in both languages."""

import pytest

from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.core.text import text


@pytest.mark.parametrize("question", list(Question))
def test_a_question_can_be_asked_and_answered(question):
    assert question.answered_by in set(Answerer)
    assert question.stops == "" or question.stops in set(Move)
    assert text(question.message, "zh") != text(question.message, "en")


def test_the_level_above_the_desks_arbitrates():
    assert Question.ARBITRATE.answered_by is Answerer.COUNTY
    assert Question.WHERE.answered_by is Answerer.COMMUNITY
