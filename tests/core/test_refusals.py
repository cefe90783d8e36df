"""Whoever is refused learns what happened and what to do next."""

from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text, use_language


def test_a_refusal_speaks_the_language_of_whoever_reads_it():
    refusal = Refusal(say("parts-count-cases", count=2), try_this=say("parts-place"), where="row 3")
    assert str(refusal) == f"row 3: {text('parts-count-cases', 'zh', count=2)} {text('parts-place', 'zh')}"
    with use_language("en"):
        assert str(refusal) == "row 3: 2 cases Doorstep"


def test_a_refusal_without_advice_says_only_what_happened():
    assert str(Refusal(say("parts-place"))) == text("parts-place", "zh")
