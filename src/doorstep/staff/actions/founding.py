"""The first three accounts of an installation; whoever comes later is appointed by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from doorstep.core.access import Actor, Role, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.staff.actions.accounts import open_account
from doorstep.staff.actions.appointing import add_person, add_post, appoint
from doorstep.staff.models import Appointment, PostKind

USERNAMES: Final = {
    PostKind.SYSTEM_ADMIN: "sysadmin",
    PostKind.SECURITY_ADMIN: "secadmin",
    PostKind.AUDIT_ADMIN: "auditadmin",
}


class FoundingRefused(Refusal):
    """There are administrators already, or not three different people."""


class Opened(NamedTuple):
    """An account with its password for the first day, which is kept nowhere else."""

    post: str
    name: str
    username: str
    password: str


def found_administrators(names: Sequence[str], *, at: datetime) -> list[Opened]:
    """Appoint the system, the security and the audit administrator, in this order, and open their accounts."""
    if len({name.strip() for name in names} - {""}) != len(USERNAMES):
        raise FoundingRefused(say("staff-founding-three"), say("staff-founding-three-try"))
    system = Actor(Role.SYSTEM_ADMIN)
    with acting_as(system, because="found"):
        if Appointment.objects.filter(post__kind__in=USERNAMES).exists():
            raise FoundingRefused(say("staff-founding-done"), say("staff-founding-done-try"))
        return [
            Opened(kind, name, username, _open(kind, name.strip(), username, system, at))
            for (kind, username), name in zip(USERNAMES.items(), names, strict=True)
        ]


def _open(kind: str, name: str, username: str, system: Actor, at: datetime) -> str:
    person = add_person(name, "", "", by=system, at=at)
    appoint(add_post(kind, None, by=system, at=at), person, local_date(at), None, by=system, at=at)
    return open_account(person, username, by=system, at=at)
