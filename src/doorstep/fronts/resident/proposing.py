"""What we make of the words while they are being written: danger, item, urgency, place. All of it can be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from doorstep.areas import queries as areas
from doorstep.cases import queries as cases
from doorstep.cases.actions.classify import propose as classify
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.text import Message, language, say
from doorstep.fronts import asked, limits
from doorstep.fronts.apart import Offer, offer_for
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.resident.forms import pin_in
from doorstep.fronts.resident.joining import Joinable, joinable

if TYPE_CHECKING:
    from doorstep.areas.models import Area, Door


@dataclass(frozen=True)
class Proposal:
    """What is shown below the words."""

    advice: Message | None
    item: str = ""
    urgency: Message | None = None
    tone: str = "quiet"
    because: Message | None = None
    contact_by: datetime | None = None
    finish_by: datetime | None = None
    area: Area | None = None
    door: Door | None = None
    apart: Offer | None = None
    similar: Joinable | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.advice or self.item or self.area or self.door or self.apart or self.similar)


TONES = {"critical": "alarm", "urgent": "waiting"}


def proposal_for(answers: Mapping[str, str], *, at: datetime, may_join: bool = False) -> Proposal:
    """What the answers so far seem to say; with `may_join` also which open cases near by may be the same.

    Nobody is asked that while a danger is there, nor about a text that asks for several things.
    """
    words = asked.text(answers, "words")
    danger = cases.danger_in(words)
    found = classify(words, answers.get("item", ""), answers.get("urgency", "")) if words else None
    area, door = _place(answers, words, at)
    apart = offer_for(words, answers.get("item", ""), answers.get("matters", ""))
    advice = danger.advice if danger else None
    asks = may_join and apart is None and not (danger and danger.is_here)
    similar = joinable(answers, found.item.id if found else None, door, at=at) if asks else None
    if found is None:
        return Proposal(advice, area=area, door=door, apart=apart, similar=similar)
    if advice is None and found.urgency == "critical":
        advice = say("resident-critical-advice")
    promise = cases.promise_of(found, at)
    return Proposal(
        advice=advice,
        item=found.item.name.said(language()),
        urgency=say(f"cases-urgency-{found.urgency}"),
        tone=TONES.get(found.urgency, "quiet"),
        because=found.because,
        contact_by=promise.first_contact,
        finish_by=promise.finish,
        area=area,
        door=door,
        apart=apart,
        similar=similar,
    )


def _place(answers: Mapping[str, str], words: str, at: datetime) -> tuple[Area | None, Door | None]:
    pin = pin_in(answers)
    if answers.get("door") or (not pin and not words):
        return None, None
    place_words, community = asked.line(answers, "place_words"), asked.number(answers, "community")
    with acting_as(ANONYMOUS):
        if pin:
            return cases.microgrid_at(*pin, at), None
        named = areas.doors_named_in(f"{place_words} {words}", community)
    # Two doors of one name are no proposal: whoever writes knows which of them it is.
    return None, named[0] if len(named) == 1 else None


@for_the_public
@without_transaction
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """A piece of the page, put below the words as they are written."""
    may_join = limits.may_be_offered(request)
    proposal = proposal_for(request.POST.dict(), at=request.at, may_join=may_join)  # type: ignore[attr-defined]
    return render(request, "resident/proposal.html", {"proposal": proposal})
