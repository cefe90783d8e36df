"""Whoever is refused learns what happened and what to do next."""

from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text, use_language


def test_a_refusal_speaks_the_language_of_whoever_reads_it():
    refusal = Refusal(say("parts-errors-title", count=2), try_this=say("parts-name"), where="row 3")
    assert str(refusal) == f"row 3: {text('parts-errors-title', 'zh', count=2)} {text('parts-name', 'zh')}"
    with use_language("en"):
        assert str(refusal) == "row 3: 2 things need your attention Doorstep"


def test_a_refusal_without_advice_says_only_what_happened():
    assert str(Refusal(say("parts-name"))) == text("parts-name", "zh")
