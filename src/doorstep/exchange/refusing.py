"""Saying no to another platform: beside the sentence for people stands a name that its program can go by."""

from __future__ import annotations

from doorstep.core.refusals import Refusal
from doorstep.core.text import Message


class Conflict(Refusal):
    """What a partner sends does not fit what is known; `name` says in which way. Answered as 409."""

    status = 409

    def __init__(self, name: str, message: Message, try_this: Message | None = None, where: str = "") -> None:
        super().__init__(message, try_this, where)
        self.name = name
