"""Send the link of a case again to whoever left a contact with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import orjson
from django.db import connection

from doorstep.cases.actions.contact import ContactRefused, readable_contact
from doorstep.cases.rules.case_number import read_case_number
from doorstep.core.access import WORKER, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import as_json, say
from doorstep.notices.channels import channels

NOT_AGAIN_WITHIN: Final = timedelta(minutes=10)
LINK_AGAIN: Final = 0
"""No row of the ledger has this number: the notice tells of no move."""


class ContactMissing(Refusal):
    """Without the contact that was left, anybody who saw the number could have the link."""


def send_link_again(number: str, contact: str, *, at: datetime) -> None:
    """If this contact was left with the case of this number, as it was typed, its link goes there once more.

    Nobody is told whether it was.
    At most once in `NOT_AGAIN_WITHIN`, so that nobody's mailbox can be flooded.
    """
    number = str(read_case_number(number))
    email, phone = _either(contact)
    ways = [
        (name, channel.CONTACT)
        for name, channel in channels().items()
        if {"email": email, "phone": phone}.get(channel.CONTACT)
    ]
    with acting_as(WORKER), connection.cursor() as cursor:
        for name, column in ways:
            cursor.execute(
                _AGAIN.format(column=column),
                {
                    "seq": LINK_AGAIN,
                    "channel": name,
                    "message": orjson.dumps(as_json(say("notices-link-again"))).decode(),
                    "at": at,
                    "number": number,
                    "address": email or phone,
                    "not_since": at - NOT_AGAIN_WITHIN,
                },
            )


def _either(contact: str) -> tuple[str, str]:
    if not contact.strip():
        raise ContactMissing(say("notices-contact-missing"), say("notices-contact-missing-try"), "contact")
    try:
        read = readable_contact(contact, "") if "@" in contact or "＠" in contact else readable_contact("", contact)
    except ContactRefused as refused:
        raise ContactRefused(refused.message, refused.try_this, "contact") from refused
    return read.email, read.phone


_AGAIN = """
INSERT INTO notices_notice (case_id, seq, channel, message, state, attempts, look_again_at, written_at, trouble)
SELECT c.id, %(seq)s, %(channel)s, %(message)s::jsonb, 'waiting', 0, %(at)s, %(at)s, ''
FROM cases_case c JOIN cases_contact k ON k.case_id = c.id
WHERE c.number = %(number)s AND lower(k.{column}) = lower(%(address)s)
ON CONFLICT (case_id, seq, channel) DO UPDATE SET
    state = 'waiting', attempts = 0, trouble = '',
    look_again_at = excluded.look_again_at, written_at = excluded.written_at
    WHERE notices_notice.written_at < %(not_since)s
"""
