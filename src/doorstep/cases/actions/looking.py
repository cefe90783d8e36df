"""Open a case, and ask who reported it: each leaves a trace, or does not happen."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.actions.ledger import CaseNotFound, SomebodyWasFirst
from doorstep.cases.models import Case, Contact
from doorstep.cases.rules.case_number import NotACaseNumber as NotACaseNumber
from doorstep.cases.rules.case_number import read_case_number
from doorstep.cases.whole import Whole, numbered, whole
from doorstep.core.access import Actor, acting_as, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

SHORTEST_PURPOSE = 4


class PurposeMissing(Refusal):
    """Nobody sees a reporter's name without saying what for."""


def open_case(number: str, *, by: Actor, at: datetime) -> Whole:
    """The whole case, as far as this actor may see it; who opened it when is kept."""
    case = numbered(number)
    if case is None:
        raise CaseNotFound(say("cases-not-found"), say("cases-not-found-try"))
    audit.read("case", case.pk, by=by, at=at)
    return whole(case, by=by, at=at)


def reveal_contact(number: str, because: str, *, by: Actor, at: datetime) -> Contact | None:
    """Name and addresses of the reporter, for a purpose that the reporter can read later; None where none was left."""
    because = because.strip()
    if len(because) < SHORTEST_PURPOSE:
        raise PurposeMissing(say("cases-purpose-missing"), say("cases-purpose-missing-try"), "because")
    case = find_numbered(number)
    with acting_as(by, because=because):
        audit.read("contact", case, by=by, at=at, because=because)
        return Contact.objects.filter(case=case).first()


def find_numbered(number: str, *, seen: int | None = None) -> int:
    """The id of the case with this number, as it was typed.

    Refused when it has moved on since its page was seen; `seen` is the last row of the ledger on that page.
    """
    typed = str(read_case_number(number))
    found = Case.objects.filter(number=typed).values_list("pk", "seq").first()
    if found is None:
        raise CaseNotFound(say("cases-not-found"), say("cases-not-found-try"))
    if seen is not None and found[1] != seen:
        raise SomebodyWasFirst(say("cases-somebody-was-first", number=number), say("cases-somebody-was-first-try"))
    return int(found[0])
