"""Open a case, and ask who reported it: each leaves a trace, or does not happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from doorstep.cases.actions.ledger import CaseNotFound, SomebodyWasFirst
from doorstep.cases.models import Case, Contact, Reveal
from doorstep.cases.queue import PAGE, Cursor, Page, Wanted, page
from doorstep.cases.rules.case_number import NotACaseNumber as NotACaseNumber
from doorstep.cases.rules.case_number import read_case_number
from doorstep.cases.rules.reveal import Purpose as Purpose
from doorstep.cases.rules.reveal import PurposeMissing as PurposeMissing
from doorstep.cases.rules.reveal import reveal as decide
from doorstep.cases.whole import Whole, numbered, whole
from doorstep.core.access import Actor, acting_as, audit
from doorstep.core.text import say


def turn_to(wanted: Wanted, *, by: Actor, at: datetime, cursor: Cursor | None = None, limit: int = PAGE) -> Page:
    """One page of a list of cases. Whoever turns the pages leaves a trace of each; of the first nobody does."""
    found = page(wanted, by=by, at=at, cursor=cursor, limit=limit)
    pages = found.rows[::PAGE]
    for first in pages if cursor is not None else pages[1:]:
        audit.read("case-list", first.id, by=by, at=at)
    return found


def open_case(number: str, *, by: Actor, at: datetime) -> Whole:
    """The whole case, as far as this actor may see it; who opened it when is kept."""
    case = numbered(number)
    if case is None:
        raise CaseNotFound(say("cases-not-found"), say("cases-not-found-try"))
    audit.read("case", case.pk, by=by, at=at)
    return whole(case, by=by, at=at)


@dataclass(frozen=True)
class Opened:
    """The contact of a reporter, as long as whoever asked may see it; None where none was left. With it opens where
    exactly it is."""

    contact: Contact | None
    place: str
    purpose: str
    because: str
    until: datetime


def reveal_contact(number: str, purpose: str, because: str, *, by: Actor, at: datetime) -> Opened:
    """Name and addresses of the reporter, for a purpose that the reporter reads; over by itself after `OPEN_FOR`."""
    decided = decide(purpose, because, at=at)
    case = find_numbered(number)
    kept = Reveal.objects.create(
        case_id=case,
        account=by.account,
        post=by.post,
        unit=by.unit,
        purpose=str(decided.purpose),
        because=decided.because,
        at=at,
        until=decided.until,
    )
    return _opened(kept, by=by, at=at)


def still_revealed(number: str, *, by: Actor, at: datetime) -> Opened | None:
    """The same again while its time runs, for whoever asked and nobody else; that it was looked at is kept too."""
    case = find_numbered(number)
    own = Reveal.objects.filter(case=case, account=by.account, post=by.post, until__gt=at).order_by("-id").first()
    return None if own is None else _opened(own, by=by, at=at)


def _opened(kept: Reveal, *, by: Actor, at: datetime) -> Opened:
    # The database shows a contact only against the row that says what for.
    with acting_as(by, because=str(kept.pk)):
        audit.read("contact", kept.case_id, by=by, at=at, because=f"{kept.purpose}: {kept.because}")
        contact = Contact.objects.filter(case=kept.case_id).first()
        case = Case.objects.select_related("door", "microgrid").defer("microgrid__outline").get(pk=kept.case_id)
    named = (case.microgrid and case.microgrid.name, case.door and case.door.name, case.place_words)
    return Opened(contact, " · ".join(name for name in named if name), kept.purpose, kept.because, kept.until)


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
