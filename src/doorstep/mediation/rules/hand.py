"""How somebody signs: drawn or as a picture, the name typed in full, or on paper before the mediator."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_PIXELS: Final = 12_000_000
LEAST_INK: Final = 0.0005
"""The least part of a picture that is darker than its paper: less is an empty sheet."""


class Way(StrEnum):
    """How it was signed."""

    DRAWN = "drawn"
    TYPED = "typed"
    PAPER = "paper"


class HandRefused(Refusal):
    """That is no signature that can be kept."""


def refuse_size(size: int) -> None:
    """Refuse more bytes than any signature takes, before they are read."""
    if size > MOST_BYTES:
        raise HandRefused(
            say("mediation-hand-large", most=MOST_BYTES // 1024 // 1024), say("mediation-hand-large-try"), "hand"
        )


def refuse_empty(ink: float) -> None:
    """Refuse a sheet on which nobody wrote."""
    if ink < LEAST_INK:
        raise HandRefused(say("mediation-hand-empty"), say("mediation-hand-empty-try"), "hand")


def refuse_typed(typed: str, name: str) -> None:
    """A typed signature is the signer's own name as it stands in the text."""
    if "".join(typed.split()).casefold() != "".join(name.split()).casefold():
        raise HandRefused(say("mediation-typed-other", name=name), say("mediation-typed-other-try"), "typed")
