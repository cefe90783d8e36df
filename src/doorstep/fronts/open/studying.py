"""What the engine works out apart: a slow draft, or what each weight costs; asked for, then looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import Http404
from ninja import Router

from doorstep.areas import studies
from doorstep.areas.actions import studying
from doorstep.core.text import text
from doorstep.fronts.open.districting import for_drawers
from doorstep.fronts.open.entering import Request
from doorstep.fronts.open.places import own_area
from doorstep.fronts.open.shapes import Code, Id, Sent, Told
from doorstep.fronts.open.wishing import WishesSent

router = Router(tags=["districting"])

ASK = {"draft": studying.ask_for_draft, "trades": studying.ask_for_trades}


class StudySent(Sent):
    """ "draft": a draft as wished. "trades": one division for each of several values of each weight, all quick ones."""

    kind: Literal["draft", "trades"]
    wishes: WishesSent = WishesSent()


class Study(Told):
    """How far it has come: `part` from 0 to 1. Once done, the number of the `plan`, or the `trades`.

    A trade with an empty `weight` is the division by the weights as they are. `failed` says why there is no answer.
    """

    id: int
    kind: str
    state: Literal["waiting", "working", "done", "failed"]
    stage: str
    part: float
    asked_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    wishes: dict[str, Any]
    plan: int | None
    trades: list[dict[str, Any]]
    failed: str


@router.post("/districting/{code}/studies", response={202: Study})
@for_drawers
def ask_study(request: Request, code: Code, said: StudySent) -> dict[str, Any]:
    community = own_area(code, request)
    asked = ASK[said.kind](community.pk, said.wishes.wishes_for(community.pk), by=request.actor, at=request.at)
    return _told(asked)


@router.get("/districting/{code}/studies/{study}", response=Study)
@for_drawers
def show_study(request: Request, code: Code, study: Id) -> dict[str, Any]:
    found = studies.study(study)
    if found is None or found.community_id != own_area(code, request).pk:
        raise Http404
    return _told(found)


def _told(study: studies.Study) -> dict[str, Any]:
    names = ("kind", "state", "stage", "part", "asked_at", "began_at", "ended_at", "wishes")
    failure = studies.failure(study)
    return {
        "id": study.pk,
        **{name: getattr(study, name) for name in names},
        "plan": study.plan_id,
        "trades": (study.answer or {}).get("trades", []),
        "failed": text(failure.message) if failure else "",
    }
