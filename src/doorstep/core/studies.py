"""What is worked out apart from the pages: somebody asks, a worker takes it, says how far it has come, and answers.

A worker says all the while that it is alive; what a killed one had in hand is taken up by another, three times at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.db import models
from django.db.models import Q

from doorstep.core.access import WORKER, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, as_json, from_json

SILENT: Final = timedelta(seconds=60)
"""After so long without a word a worker counts as dead."""
MOST_TRIES: Final = 3
SAY_EVERY: Final = timedelta(seconds=1)

Clock = Callable[[], datetime]


class StudyState(models.TextChoices):
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


OPEN: Final = (StudyState.WAITING, StudyState.WORKING)


class Study(models.Model):
    """How far it is: `part` from 0 to 1, `stage` in a word; `answer` holds what was found, or a refusal's words."""

    state = models.CharField(max_length=8, choices=StudyState.choices, default=StudyState.WAITING)
    asked_at = models.DateTimeField()
    by_role = models.CharField(max_length=16)
    by_post = models.BigIntegerField(null=True)
    by_account = models.BigIntegerField(null=True)
    began_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    stage = models.CharField(max_length=24, blank=True)
    part = models.FloatField(default=0.0)
    answer = models.JSONField(null=True)

    class Meta:
        abstract = True


Kind = TypeVar("Kind", bound=Study)


def take(kind: type[Kind], at: datetime, *, gave_up: Refusal) -> Kind | None:
    """The next one, for this worker alone; one that killed its workers is given up."""
    is_due = Q(state=StudyState.WAITING) | Q(state=StudyState.WORKING, heard_at__lt=at - SILENT)
    waiting = kind.objects.filter(is_due).order_by("asked_at")  # type: ignore[attr-defined]
    study: Kind | None = waiting.select_for_update(skip_locked=True).first()
    if study is None:
        return None
    if study.tries >= MOST_TRIES:
        fail(study, gave_up, at)
        return None
    study.state, study.tries = StudyState.WORKING, study.tries + 1
    study.began_at = study.heard_at = at
    study.save(update_fields=["state", "tries", "began_at", "heard_at"])
    return study


class Telling:
    """Writes down how far a study has come, once a second at most."""

    def __init__(self, study: Study, now: Clock) -> None:
        self._study, self._now = study, now
        self._next_at = now()

    def __call__(self, stage: str, part: float) -> None:
        at = self._now()
        if at < self._next_at and stage == self._study.stage:
            return
        self._next_at = at + SAY_EVERY
        self._study.stage, self._study.part, self._study.heard_at = stage, part, at
        with acting_as(WORKER, because="study"):
            self._study.save(update_fields=["stage", "part", "heard_at"])


def done(study: Study, at: datetime, **found: Any) -> None:
    """It has its answer."""
    study.state, study.ended_at, study.part = StudyState.DONE, at, 1.0
    for name, value in found.items():
        setattr(study, name, value)
    with acting_as(WORKER, because="study"):
        study.save(update_fields=["state", "ended_at", "part", *found])


def fail(study: Study, refused: Refusal, at: datetime) -> None:
    """It has none, and the words say why."""
    study.state, study.ended_at = StudyState.FAILED, at
    study.answer = {
        "message": as_json(refused.message),
        "try_this": as_json(refused.try_this) if refused.try_this else None,
    }
    with acting_as(WORKER, because="study"):
        study.save(update_fields=["state", "ended_at", "answer"])


@dataclass(frozen=True)
class Failed:
    """Why a study has no answer, and what to do."""

    message: Message
    try_this: Message | None


def failure(of: Study) -> Failed | None:
    """Why it failed; None where it did not."""
    if of.state != StudyState.FAILED or of.answer is None:
        return None
    try_this = of.answer["try_this"]
    return Failed(from_json(of.answer["message"]), from_json(try_this) if try_this else None)
