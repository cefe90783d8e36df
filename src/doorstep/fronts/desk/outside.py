"""Give an outside handler a link to one case, see which were given, and take one back."""

from __future__ import annotations

from typing import Any

import segno
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import outside as links
from doorstep.cases.actions import looking
from doorstep.cases.actions import outside as acts
from doorstep.cases.actions.ledger import CaseNotFound
from doorstep.cases.actions.outside import Given
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.contacts import masked
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice
from doorstep.fronts.templatetags.words import moment, said
from doorstep.notices import to_handlers
from doorstep.notices.actions import handlers as sending
from doorstep.staff.duty import duty_of

READERS = tuple(sorted(CASE_READERS))


@require_safe
@for_roles(*READERS)
def outside(request: HttpRequest, number: str) -> HttpResponse:
    """The links of a case, and the form that gives one."""
    return _shown(request, number)


@require_POST
@for_roles(*READERS)
def give(request: HttpRequest, number: str) -> HttpResponse:
    """A new link, shown this once: nobody can read it afterwards, so the answer is the page itself."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            case = CaseId(looking.find_numbered(number))
            send, to = asked.line(form, "send", 10), asked.line(form, "to", 200)
            given = acts.give(case, asked.number(form, "days"), by=actor, at=at, send=send, to=to)
    except CaseNotFound:
        raise
    except Refusal as refused:
        return _shown(request, number, refused=refused, written=form)
    return _shown(request, number, given=given)


@require_POST
@for_roles(*READERS)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """This link opens nothing any more."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]
    if refused := attempted(lambda: acts.withdraw(asked.number(form, "link") or 0, by=actor, at=at)):
        return _shown(request, number, refused=refused)
    return SeeOther(f"{reverse('desk-outside', args=[number])}?withdrawn=1")


@require_POST
@for_roles(*READERS)
def send_again(request: HttpRequest, number: str) -> HttpResponse:
    """The same link once more, to where it was sent before."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]
    if refused := attempted(lambda: sending.send_again(asked.number(form, "link") or 0, by=actor, at=at)):
        return _shown(request, number, refused=refused)
    return SeeOther(f"{reverse('desk-outside', args=[number])}?again=1")


def _shown(
    request: HttpRequest,
    number: str,
    *,
    given: Given | None = None,
    refused: Refusal | None = None,
    written: QueryDict | None = None,
) -> HttpResponse:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    whole = looking.open_case(number, by=actor, at=at)
    case = whole.case
    rows = links.links_of(case.pk)
    sent = to_handlers.sent_of([each.id for each in rows])
    address = request.build_absolute_uri(reverse("outside-part", args=[given.token])) if given else ""
    context: dict[str, Any] = {
        "case": case,
        "title": whole.words,
        "unit": said(case.holder_name) if case.holder_name else "",
        "rows": [(each, *_standing(each, at), _sending(sent.get(each.id), each.is_alive(at))) for each in rows],
        "has_live": any(each.is_alive(at) for each in rows),
        "may_give": links.may_have_link(case),
        "given": given,
        "address": address,
        "qr": segno.make(address, error="l").svg_inline(scale=4, omitsize=True, border=3) if given else "",
        "days": [Choice(str(each), say("outside-days", count=each)) for each in links.DAYS],
        "usual": str(links.USUAL_DAYS),
        "ways": _ways(case.holder_unit_id),
        "sent_to": _sent_to(given.sending) if given else "",
        "written": written or {},
        "refused": refused,
        "is_withdrawn": "withdrawn" in request.GET,
        "is_sent_again": "again" in request.GET,
        "back": reverse("field-case" if actor.role == "grid" else "desk-case", args=[case.number]),
    }
    return words.drawn(request, "desk/outside.html", context, status=200 if refused is None else 409)


def _ways(unit: int | None) -> list[Choice]:
    """How the link may get to them; of the duty contact only the beginning and end are shown."""
    duty = duty_of(unit)
    known = [
        Choice(way, say(f"outside-send-{way}", to=masked(address)))
        for way, address in ((links.SMS, duty.phone), (links.EMAIL, duty.email))
        if address
    ]
    nobody = Choice("", say("outside-send-nobody"), say("outside-send-nobody-hint"))
    return [*known, Choice(links.OTHER, say("outside-send-other")), nobody]


def _sent_to(sending: links.Sending | None) -> Any:
    return (masked(sending.to) or say("outside-sent-to-duty")) if sending else ""


def _sending(sent: to_handlers.LinkSent | None, is_alive: bool) -> dict[str, Any] | None:
    """Whether and where a link went out, and what can be done about it."""
    if sent is None:
        return None
    tones = {"sent": "done", "failed": "alarm", "unsent": "alarm", "stopped": "quiet"}
    when = {"sent": sent.sent_at, "waiting": sent.look_again_at if sent.trouble else None}.get(sent.state)
    said_when = {"sent": "outside-sent-when", "waiting": "outside-sent-again-at"}.get(sent.state, "")
    state = "waiting" if sent.is_under_way else sent.state
    return {
        "way": say(f"outside-sent-by-{sent.channel}"),
        "to": sent.hint or say("outside-sent-to-duty"),
        "tone": tones.get(sent.state, "moving"),
        "state": say(f"outside-sent-{state}"),
        "when": say(said_when, when=moment(when)) if when else "",
        "trouble": sent.trouble_told,
        "may_again": is_alive and not sent.is_under_way,
    }


def _standing(row: links.LinkRow, at: Any) -> tuple[str, Any]:
    """Tone and words for how a link stands now."""
    if row.ended_because:
        return "quiet", say(f"outside-link-{row.ended_because}")
    if not row.is_alive(at):
        return "quiet", say("outside-link-expired")
    return ("moving", say("outside-link-opened")) if row.opened_at else ("waiting", say("outside-link-unopened"))
