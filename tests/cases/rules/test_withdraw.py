"""Ava may take her report back; what endangers others stays our business."""

import pytest

from doorstep.cases.rules.withdraw import Ends, withdraw
from doorstep.catalogue.item import Urgency
from doorstep.core.text import text


@pytest.mark.parametrize(
    ("item", "urgency", "ends"),
    [
        ("pension-question", Urgency.ORDINARY, Ends.CASE),
        ("street-light", Urgency.ORDINARY, Ends.CASE),
        ("street-light", Urgency.URGENT, Ends.VOICE),
        ("manhole-cover", Urgency.CRITICAL, Ends.VOICE),
        ("lost-key", Urgency.CRITICAL, Ends.CASE),
        (None, Urgency.ORDINARY, Ends.CASE),
    ],
)
def test_only_a_danger_to_everybody_goes_on_without_her(catalogue, item, urgency, ends):
    assert withdraw(catalogue.item(item) if item else None, urgency).ends is ends


def test_what_ben_also_asked_for_goes_on_for_ben(catalogue):
    withdrawn = withdraw(catalogue.item("pension-question"), Urgency.ORDINARY, other_voices=1)
    assert withdrawn.ends is Ends.VOICE
    assert "One neighbour" in text(withdrawn.because, "en")
