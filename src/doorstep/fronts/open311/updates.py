"""Updates both ways (mySociety's extension): how public cases move, and what partners write under theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from doorstep.cases import published as cases
from doorstep.cases.actions.report import LONGEST_REPORT
from doorstep.core.text import say
from doorstep.exchange import known
from doorstep.exchange.actions.commenting import Comment, comment
from doorstep.fronts.open311.entering import CallRefused, KeyRefused, NotThere, Request, calls
from doorstep.fronts.open311.media import media
from doorstep.fronts.open311.places import jurisdiction
from doorstep.fronts.open311.requests import span, standing_of
from doorstep.fronts.open311.saying import Told

SPAN: Final = timedelta(days=31)
LONGEST_NUMBER: Final = 64


def list_updates(request: Request) -> Told:
    """Steps of cases, the earliest first, 1,000 at most: go on with the last one's moment as `start_date`.

    Without a key how public cases moved; with a key the cases that the partner knows, with the words for the reporter.
    """
    jurisdiction(request)
    number = request.asked.one("service_request_id")
    if request.partner is not None:
        found = _of_partner(request, number)
    elif number:
        found = cases.updates_of(number)
        if not found:
            raise NotThere(say("georeport-no-request"), say("georeport-no-request-try"), "service_request_id")
    else:
        found = cases.updates(*span(request, SPAN))
    return Told("service_request_updates", [_row(each) for each in found])


def _of_partner(request: Request, number: str) -> list[Any]:
    assert request.partner is not None
    since, until = span(request, SPAN)
    if not number:
        return list(known.moved(request.partner, since, until))
    found = known.known_cases(request.partner, [number])
    if not found:
        raise NotThere(say("georeport-no-request"), say("georeport-no-request-try"), "service_request_id")
    return list(known.moved(request.partner, since, until, case=found[0]))


def _row(step: Any) -> dict[str, Any]:
    words = getattr(step, "words", "")
    return {
        "update_id": f"{step.number}-{step.seq}",
        "service_request_id": step.number,
        "status": cases.status_after(step.state, step.outcome),
        "updated_datetime": step.at,
        "description": words or standing_of(step.state, step.outcome),
        "media_url": None,
    }


def post_update(request: Request) -> Told:
    """What a partner writes under a case: a note of its reporter; of its holder a note, or an answer that ends it."""
    jurisdiction(request)
    asked = request.asked
    number, words = asked.one("service_request_id"), asked.one("description")
    if not number:
        raise CallRefused(say("georeport-number-missing"), say("georeport-number-missing-try"), "service_request_id")
    if not words:
        raise CallRefused(say("georeport-words-missing"), say("georeport-words-missing-try"), "description")
    if request.partner is None:
        raise KeyRefused(say("georeport-key-needed"), say("georeport-key-needed-try"), "api_key")
    update = asked.one("update_id")
    if len(update) > LONGEST_NUMBER or not update.isprintable():
        raise CallRefused(say("georeport-bad-update"), say("georeport-bad-update-try"), "update_id")
    asked.moment("updated_datetime")
    sent = media(request)
    words = sent.with_link(words)
    if len(words) > LONGEST_REPORT:
        raise CallRefused(say("cases-report-long", most=LONGEST_REPORT), say("cases-report-long-try"), "description")
    said = Comment(words, update, asked.one("status").upper(), sent.pictures)
    done = comment(request.partner, number, said, at=request.at)
    told = {"update_id": f"{done.case}-{done.seq}", "service_request_id": done.case}
    return Told("service_request_updates", [told])


updates = calls(get=list_updates, post=post_update)
