"""What the law gives to a court or another channel is explained, not decided here."""

import pytest

from doorstep.cases.rules.dispatch import legal_channel
from doorstep.catalogue.item import LegalChannel
from doorstep.core.text import text


@pytest.mark.parametrize(
    ("item", "channel", "number"),
    [("unpaid-wages", LegalChannel.LABOUR, "12333"), ("lawsuit-matter", LegalChannel.LAWSUIT, "12348")],
)
def test_ava_is_told_where_the_law_sends_her(a_case, item, channel, number):
    told, because = legal_channel.explain(a_case(item))
    assert told is channel
    assert number in text(because, "zh")
    assert number in text(because, "en")


@pytest.mark.parametrize("channel", list(LegalChannel))
def test_the_way_to_every_channel_is_explained_in_both_languages(channel):
    for lang in ("zh", "en"):
        assert len(text(f"cases-dispatch-legal-{channel}", lang)) > 20


@pytest.mark.parametrize("item", ["street-light", None])
def test_everything_else_is_ours_to_handle(a_case, item):
    assert legal_channel.explain(a_case(item)) is None
