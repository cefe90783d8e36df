"""Saying no: what happened, why, and what to do next."""

from __future__ import annotations

from doorstep.core.text import Message, text


class Refusal(Exception):
    """The request is understood and may not, or cannot, be done.

    Subclasses stand beside the function that raises them. One handler at the doors turns a refusal into a page, JSON
    or a line of the sync answer; anything else that is raised is a bug.
    """

    def __init__(self, message: Message, try_this: Message | None = None, where: str = "") -> None:
        """`where` names the field, row or file that is meant, when there is one."""
        super().__init__(message, try_this, where)
        self.message = message
        self.try_this = try_this
        self.where = where

    def __str__(self) -> str:
        sentences = [text(self.message)]
        if self.try_this is not None:
            sentences.append(text(self.try_this))
        said = " ".join(sentences)
        return f"{self.where}: {said}" if self.where else said
