"""Spoken notes: looked at byte by byte, kept beside the words of their row, erased with them. Never required."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection

from doorstep.cases.rules.sound import LONGEST_S, MOST_BYTES, NotSound, read
from doorstep.cases.rules.sound import Sound as Sound
from doorstep.core.ids import CaseId
from doorstep.core.proofs import new_salt
from doorstep.core.refusals import Refusal
from doorstep.core.text import say


class SoundRefused(Refusal):
    """Not a spoken note that we can keep."""


def readable_sound(upload: bytes, *, where: str = "sound") -> Sound:
    """The note in an upload; the content decides what it is, never the name."""
    if len(upload) > MOST_BYTES:
        raise SoundRefused(say("sound-large"), say("sound-large-try", most=LONGEST_S), where)
    try:
        found = read(upload)
    except NotSound as error:
        raise SoundRefused(say("sound-unreadable"), say("sound-unreadable-try"), where) from error
    if found.length_s > LONGEST_S:
        raise SoundRefused(say("sound-large"), say("sound-large-try", most=LONGEST_S), where)
    return found


def add_sound(case: CaseId, seq: int, sound: Sound, *, at: datetime) -> None:
    """Keep a spoken note beside one row of the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_sound (case_id, seq, name, kind, content, length_s, salt, added_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [case, seq, secrets.token_urlsafe(24), sound.kind, sound.content, sound.length_s, new_salt(), at],
        )
