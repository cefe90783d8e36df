"""A report without account or app: one page, one sentence. It works without scripts, with one page more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.areas import queries as areas
from doorstep.cases.actions.apart import report_each, reports_of
from doorstep.cases.actions.join import join
from doorstep.cases.actions.report import LONGEST_REPORT, readable
from doorstep.cases.queries import catalogue
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.access.links import follow_token
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked, limits, parts, pictures
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.once import new_form
from doorstep.fronts.resident.forms import PlaceRefused, report_in, words_in
from doorstep.fronts.resident.proposing import proposal_for
from doorstep.fronts.spoken import may_record

if TYPE_CHECKING:
    from doorstep.areas.models import Door


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it when it is sent."""
    if request.method != "POST":
        return form(request, {"door": request.GET.get("door", "")})
    answers = request.POST.dict()
    try:
        if answers.get("seen") != "yes":
            return confirm(request, answers)
        return received(request)
    except Refusal as refused:
        return form(request, answers, refused=refused)


def received(request: HttpRequest) -> HttpResponse:
    """Take the report and lead to its receipt."""
    at = request.at  # type: ignore[attr-defined]
    if "sound" not in request.FILES:
        readable(words_in(request.POST))
    limits.count_report(request)
    if offer := request.POST.get("join", ""):
        voice = join(report_in(request, at=at), offer, at=at)
        return SeeOther(reverse("resident-received", args=[follow_token(voice.case, at=at)]))
    reports = reports_of(report_in(request, at=at), request.POST.get("matters", ""))
    for _ in reports[1:]:
        limits.count_report(request)
    first, *others = (follow_token(receipt.case, at=at) for receipt in report_each(reports, at=at))
    also = f"?{urlencode({'also': others}, doseq=True)}" if others else ""
    return SeeOther(f"{reverse('resident-received', args=[first])}{also}")


def confirm(request: HttpRequest, answers: Mapping[str, str]) -> HttpResponse:
    """Without scripts nothing could be proposed while writing, so it is proposed now, before anything is sent."""
    if "sound" not in request.FILES:
        readable(words_in(answers))
    at = request.at  # type: ignore[attr-defined]
    given = {
        "answers": answers,
        "kept": [(name, answers.get(name, "")) for name in KEPT if answers.get(name)],
        "proposal": proposal_for(answers, at=at, may_join=limits.may_be_offered(request)),
        **_dropped(request),
        **choices(),
    }
    return _answer(render(request, "resident/confirm.html", given))


def _dropped(request: HttpRequest) -> dict[str, bool]:
    """What was attached and does not come along: a page cannot fill these fields in again, and nothing is kept of a
    report that was not sent. It is said where they are attached once more."""
    return {"had_photos": bool(request.FILES.getlist("photo")), "had_sound": "sound" in request.FILES}


KEPT = ("form", "door", "pin", "accuracy", "community", "place_words", "email", "phone")


def form(request: HttpRequest, answers: Mapping[str, str], refused: Refusal | None = None) -> HttpResponse:
    """The page with the form, filled with what was already answered."""
    at = request.at  # type: ignore[attr-defined]
    door, refused = _door(answers.get("door", ""), refused)
    with acting_as(ANONYMOUS):
        communities = areas.served_communities(local_date(at))
    home = door.community_id if door else next((area.pk for area in communities), None)
    given: dict[str, Any] = {
        "answers": {**answers, "door": door.code if door else ""},
        "form": answers.get("form") or new_form(),
        "door": door,
        "refusal": refused,
        "communities": _named_communities(communities),
        "layers": _layers(home),
        "is_sample": any(area.is_sample for area in communities),
        "proposal": proposal_for(answers, at=at, may_join=limits.may_be_offered(request))
        if answers.get("words")
        else None,
        "longest": LONGEST_REPORT,
        "most_photos": pictures.MOST,
        **({f"wrong_{refused.where}": refused.message} if refused and refused.where else {}),
        **_dropped(request),
        "has_corrections": bool(answers.get("item") or answers.get("urgency")),
        **choices(),
    }
    response = render(request, "resident/report.html", given, status=_status(refused))
    return answered(request, response, refused)


def answered(request: HttpRequest, response: HttpResponse, refused: Refusal | None) -> HttpResponse:
    """The page of a form that anybody may send: this browser alone keeps it, and its device has a name."""
    return _with_device(request, _answer(may_record(response), refused))


def choices() -> dict[str, Any]:
    """Items grouped by class, and urgencies, to correct with."""
    lang, everything = language(), catalogue()
    groups: dict[str, list[tuple[str, str]]] = {}
    for item in sorted(everything.offered.values(), key=lambda each: (each.class_code, each.id)):
        parent = everything.classes[item.class_code[:2]]
        groups.setdefault(parent.name.said(lang), []).append((item.id, item.name.said(lang)))
    urgencies = [("", say("resident-urgency-ours"))]
    urgencies += [(each, say(f"cases-urgency-{each}")) for each in ("critical", "urgent", "ordinary")]
    return {"item_groups": list(groups.items()), "urgencies": urgencies}


def _named_communities(communities: Any) -> list[parts.Choice]:
    named = [(str(area.pk), f"{area.subdistrict.name} · {area.name}") for area in communities]
    return [parts.Choice("", say("resident-community-unknown"))] + [parts.Choice(*each) for each in named]


def _layers(community: int | None) -> dict[str, str]:
    if community is None:
        return {}
    kinds = ("roads", "water", "green", "buildings")
    return {kind: f"{reverse('resident-ground', args=[kind])}?community={community}" for kind in kinds}


def _door(code: str, refused: Refusal | None) -> tuple[Door | None, Refusal | None]:
    if not code:
        return None, refused
    with acting_as(ANONYMOUS):
        door = areas.door(asked.line({"door": code}, "door", 12))
    if door is None and refused is None:
        refused = PlaceRefused(say("resident-door-unknown"), say("resident-door-unknown-try"), "door")
    return door, refused


def _status(refused: Refusal | None) -> int:
    return 200 if refused is None else getattr(refused, "status", 422)


def _answer(response: HttpResponse, refused: Refusal | None = None) -> HttpResponse:
    # Kept by this browser alone: going back shows what was written, and nobody else is given this form's secret.
    response["Cache-Control"] = "private, no-cache"
    if isinstance(refused, limits.TooMany):
        response["Retry-After"] = str(refused.wait_s)
    return response


def _with_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if limits.DEVICE_COOKIE not in request.COOKIES:
        response.set_cookie(
            limits.DEVICE_COOKIE,
            limits.new_device(),
            max_age=24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=settings.CSRF_COOKIE_SECURE,
        )
    return response
