"""Lawsuits, petitions, reviews and labour disputes go to their legal channel; we explain the way there."""

from __future__ import annotations

from doorstep.cases.rules.facts import CaseFacts
from doorstep.catalogue.item import LegalChannel
from doorstep.core.text import Message, say


def explain(case: CaseFacts) -> tuple[LegalChannel, Message] | None:
    if case.item is None or case.item.legal_channel is None:
        return None
    channel = case.item.legal_channel
    return channel, say(f"cases-dispatch-legal-{channel}")
