"""Why a case came to its holder: for staff who see it, and for whoever reported it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Router

from doorstep.cases import explaining
from doorstep.cases import queries as cases
from doorstep.cases.actions import looking
from doorstep.cases.actions.ledger import find
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.ids import CaseId
from doorstep.fronts.open.entering import Request, for_followers, for_roles
from doorstep.fronts.open.shapes import Number, Told

router = Router(tags=["cases"])


class FactTold(Told):
    """One fact that decided."""

    fact: str
    value: str


class TriedTold(Told):
    """A rule, or a row of the table by its number, that came before and did not decide."""

    what: str
    why_not: str
    row: int | None


class WhyTold(Told):
    """What decided that the case is where it is; `version` and `row` where the dispatch table did.

    `others` counts the rows about other matters that stand before it.
    """

    rule: str
    what: str
    version: int | None
    version_from: date | None
    row: int | None
    facts: list[FactTold]
    tried: list[TriedTold]
    others: int


@router.get("/cases/{number}/why", response=WhyTold)
@for_roles(*sorted(CASE_READERS))
def explain_case(request: Request, number: Number) -> dict[str, Any]:
    case = CaseId(looking.find_numbered(number))
    return _told(explaining.why_here(find(case), cases.ledger_of(case)))


@router.get("/followed/{token}/why", response=WhyTold)
@for_followers
def explain_own(request: Request, token: str) -> dict[str, Any]:
    shown = cases.followed(CaseId(request.actor.case or 0))
    if shown is None:
        raise Http404
    return _told(explaining.why_here(shown.case, shown.ledger))


def _told(why: explaining.Why | None) -> dict[str, Any]:
    if why is None:
        raise Http404
    return {
        "rule": why.rule,
        "what": str(why.what),
        "version": why.version,
        "version_from": why.version_from,
        "row": why.row,
        "facts": [{"fact": str(name), "value": str(value)} for name, value in why.facts],
        "tried": [{"what": str(each.what), "why_not": str(each.why), "row": each.row or None} for each in why.tried],
        "others": why.others,
    }
