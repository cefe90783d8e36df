"""How the reporter can be reached: changed or erased by the reporter at any time, and erased when its time is over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from doorstep.cases.actions.report import CONTACT_KEPT_FOR, Contact
from doorstep.cases.models import Contact as Kept
from doorstep.core.access import WORKER, acting_as
from doorstep.core.contacts import ContactRefused as ContactRefused
from doorstep.core.contacts import read_email, read_phone
from doorstep.core.ids import CaseId
from doorstep.core.time.zone import local_date


def readable_contact(email: str, phone: str, *, name: str = "", language: str = "zh") -> Contact:
    """The contact as it is kept: blanks and dashes gone, digits of one width; refused when it cannot be right."""
    read = read_email(email)
    return Contact(name.strip()[:60], read_phone(phone), read, language)


def change_contact(case: CaseId, contact: Contact, *, at: datetime) -> None:
    """The reporter is told at this address from now on; an empty one erases what was kept."""
    if contact.is_empty:
        erase_contact(case)
        return
    Kept.objects.update_or_create(
        case_id=case,
        defaults={
            "name": contact.name,
            "phone": contact.phone,
            "email": contact.email,
            "language": contact.language,
            "erase_on": local_date(at + CONTACT_KEPT_FOR),
        },
    )


def erase_contact(case: CaseId) -> None:
    """Nothing is left by which the reporter could be reached or known; the case goes on."""
    Kept.objects.filter(case_id=case).delete()


def erase_contacts(today: date, *, limit: int = 500) -> int:
    """By machine: the contacts whose time is over; how many were erased."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM cases_contact WHERE case_id IN"
            " (SELECT case_id FROM cases_contact WHERE erase_on <= %s LIMIT %s)",
            [today, limit],
        )
        return int(cursor.rowcount)
