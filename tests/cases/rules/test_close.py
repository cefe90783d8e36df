"""Solved, explained and out of scope are three different ends."""

import pytest

from doorstep.cases.rules.close import CloseRefused, Outcome, close
from doorstep.cases.rules.verify import Verdict
from doorstep.core.text import text

WORDS = "规划道路尚未移交，预计明年完成移交后安装路灯。"


def test_solved_and_confirmed_is_what_ava_said(limits):
    closed = close(Outcome.SOLVED, Verdict.CONFIRMED)
    assert (closed.outcome, closed.is_confirmed) == (Outcome.SOLVED, True)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [(Verdict.UNHEARD, "cases-close-solved-unheard"), (Verdict.SEEN_BY_STAFF, "cases-close-solved-seen")],
)
def test_solved_without_avas_word_does_not_claim_it(verdict, words):
    closed = close(Outcome.SOLVED, verdict)
    assert (closed.outcome, closed.is_confirmed) == (Outcome.SOLVED, False)
    assert (closed.because.key, closed.verdict) == (words, verdict)


@pytest.mark.parametrize("outcome", [Outcome.EXPLAINED, Outcome.OUT_OF_SCOPE])
@pytest.mark.parametrize("verdict", [None, Verdict.UNHEARD])
def test_what_cannot_be_solved_is_explained_in_words(outcome, verdict):
    closed = close(outcome, verdict, WORDS)
    assert closed.outcome is outcome
    assert text(closed.because, "zh") != text(closed.because, "en")


@pytest.mark.parametrize(
    ("outcome", "verdict", "words", "why"),
    [
        (Outcome.SOLVED, Verdict.NOT_SOLVED, "", "cases-close-not-solved"),
        (Outcome.EXPLAINED, Verdict.NOT_SOLVED, WORDS, "cases-close-not-solved"),
        (Outcome.SOLVED, None, WORDS, "cases-close-nothing-done"),
        (Outcome.EXPLAINED, None, "办不了", "cases-close-without-words"),
        (Outcome.OUT_OF_SCOPE, Verdict.UNHEARD, "  ", "cases-close-without-words"),
    ],
)
def test_an_end_that_is_not_true_is_refused(outcome, verdict, words, why):
    with pytest.raises(CloseRefused) as refused:
        close(outcome, verdict, words)
    assert refused.value.message.key == why
