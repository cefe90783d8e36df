"""Requests: sent by whoever has something to report, listed for everybody as far as they are everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings

from doorstep.areas.published import Published
from doorstep.cases import published as cases
from doorstep.cases.published import Public, Wanted
from doorstep.core.access.links import LinkRefused, follow_token, follower
from doorstep.core.text import language, say, text
from doorstep.exchange.known import known_cases
from doorstep.fronts.limits import counted_link
from doorstep.fronts.open311.entering import CallRefused, NotThere, Request, calls
from doorstep.fronts.open311.places import jurisdiction, near, shown
from doorstep.fronts.open311.reporting import send
from doorstep.fronts.open311.saying import Told

SPAN: Final = timedelta(days=90)
MOST: Final = cases.MOST
MOST_PAGES: Final = 100
MOST_IDS: Final = 1000
OUTCOMES_TOLD: Final = ("solved", "explained", "out-of-scope")
STATUSES: Final = {"open": True, "closed": False}


def list_requests(request: Request) -> Told:
    """Public cases, the latest first: 90 days at most, and 1,000 a page. Numbers override everything else."""
    asked, area = request.asked, jurisdiction(request)
    numbers = asked.several("service_request_id")
    if len(numbers) > MOST_IDS:
        raise CallRefused(
            say("georeport-many-ids", most=str(MOST_IDS)), say("georeport-many-ids-try"), "service_request_id"
        )
    if numbers:
        return Told("service_requests", [_told(each, request) for each in _numbered(numbers, request)])
    since, until = span(request)
    page, size = asked.count("page", 1, MOST_PAGES), asked.count("page_size", MOST, MOST)
    wanted = Wanted(
        items=asked.several("service_code") or None,
        since=since,
        until=until,
        is_open=_status(asked.several("status")),
        microgrids=near(request),
        area=(area.level, area.pk) if area is not None else None,
    )
    found = cases.listed(wanted, limit=size, offset=(page - 1) * size)
    spots = shown(request)
    return Told("service_requests", [_row(each, spots) for each in found])


def span(request: Request, most: timedelta = SPAN) -> tuple[datetime, datetime]:
    """From when to when; what is left out lies as far away as may be asked for."""
    since, until = request.asked.moment("start_date"), request.asked.moment("end_date")
    if since is None and until is None:
        until = request.at
    until = until if until is not None else min(since + most, request.at + most) if since else request.at
    since = since if since is not None else until - most
    if since > until:
        raise CallRefused(say("georeport-backwards"), say("georeport-backwards-try"), "start_date")
    if until - since > most:
        raise CallRefused(
            say("georeport-long-span", days=most.days), say("georeport-long-span-try", days=most.days), "start_date"
        )
    return since, until


def _status(wanted: Sequence[str]) -> bool | None:
    named = {name.lower() for name in wanted}
    if unknown := named - set(STATUSES):
        raise CallRefused(
            say("georeport-no-status", status=sorted(unknown)[0][:40]), say("georeport-no-status-try"), "status"
        )
    return STATUSES[named.pop()] if len(named) == 1 else None


def _numbered(numbers: Sequence[str], request: Request) -> list[Public]:
    """Public cases by their numbers, and those that the partner who asks knows."""
    found = {each.id: each for each in cases.numbered(numbers)}
    own = known_cases(request.partner, numbers) if request.partner is not None else []
    for case in own:
        if case not in found and (one := cases.one(case)) is not None:
            found[case] = one
    return sorted(found.values(), key=lambda each: (each.reported_at, each.id), reverse=True)


def show_request(request: Request, number: str) -> Told:
    """One request by its number, where it is public or the partner's own; or by the token that came with it."""
    jurisdiction(request)
    found = _numbered([number], request)
    if not found:
        found = [_held(request, number)]
    return Told("service_requests", [_told(each, request) for each in found])


def show_token(request: Request, token: str) -> Told:
    """The number that belongs to a token; whoever holds the token follows the case by it."""
    jurisdiction(request)
    return Told("service_requests", [{"service_request_id": _held(request, token).number, "token": token}])


def _held(request: Request, token: str) -> Public:
    """The case of whoever holds this token."""
    try:
        with counted_link(request):
            who = follower(token, at=request.at)
    except LinkRefused:
        who = None
    found = cases.one(who.case) if who is not None and who.case is not None else None
    if found is None:
        raise NotThere(say("georeport-no-request"), say("georeport-no-request-try"), "service_request_id")
    return found


def _told(case: Public, request: Request) -> dict[str, Any]:
    return _row(case, shown(request))


def _row(case: Public, spots: Published) -> dict[str, Any]:
    """A case as strangers know it: what and where in general, never in whose words."""
    spot = spots.spots.get(case.microgrid) if case.microgrid else None
    name = _name(case.item)
    return {
        "service_request_id": case.number,
        "status": "open" if case.is_open else "closed",
        "status_notes": standing_of(case.state, case.outcome),
        "service_name": name,
        "service_code": case.item,
        "description": name,
        "agency_responsible": case.unit or None,
        "service_notice": None,
        "requested_datetime": case.reported_at,
        "updated_datetime": case.updated_at,
        "expected_datetime": case.promised_by,
        "address": " ".join(part for part in (spot.name if spot else "", case.community) if part) or None,
        "address_id": spot.code if spot else None,
        "zipcode": None,
        "lat": spot.lat if spot else None,
        "long": spot.lon if spot else None,
        "media_url": None,
    }


def _name(item: str) -> str:
    found = cases.item_called(item)
    return found.said(language()) if found is not None else item


def standing_of(state: str, outcome: str) -> str:
    """How it stands, in the words of the pages; what else was judged is for its reporter alone."""
    known = state == "closed" and outcome in OUTCOMES_TOLD
    return text(f"cases-outcome-{outcome}" if known else f"cases-state-{state}")


def post_request(request: Request) -> Told:
    """A new case. 200 and not 201, as the standard says; a number where it is public, a token where it is not."""
    sent = send(request)
    told: dict[str, Any] = (
        {"service_request_id": sent.number}
        if cases.is_public(sent.item) or request.partner is not None
        else {"token": follow_token(sent.case, at=request.at)}
    )
    return Told("service_requests", [{**told, "service_notice": _notice(sent, request), "account_id": None}])


def _notice(sent: Any, request: Request) -> str:
    """Whom to call first where there is danger; and by which link a stranger follows what was sent."""
    said = [str(sent.call_now)] if sent.call_now else []
    if request.partner is None:
        link = urljoin(settings.PUBLIC_ADDRESS, f"/c/{follow_token(sent.case, at=request.at)}/")
        said.append(text("georeport-follow", number=sent.number, link=link))
    else:
        said.append(text("georeport-received", number=sent.number))
    return " ".join(said)


requests = calls(get=list_requests, post=post_request)
one_request = calls(get=show_request)
token = calls(get=show_token)
