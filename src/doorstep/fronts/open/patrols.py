"""Gong patrols: which there are, for everybody; their own rounds, for neighbours; founded and ended by a community."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404
from ninja import Router, Status
from pydantic import AwareDatetime

from doorstep.alerts import patrols
from doorstep.alerts.actions import patrolling
from doorstep.alerts.actions.patrolling import Walk
from doorstep.core.access import Role
from doorstep.fronts.open.entering import Request, for_readers, for_roles
from doorstep.fronts.open.shapes import Id, Made, OneLine, Sent, Told, Yes

router = Router(tags=["alerts"])

for_neighbours = for_roles(Role.NEIGHBOUR)
for_communities = for_roles(Role.COMMUNITY)


class RoundTold(Told):
    """A round that is to come. `is_mine` and `going` are for members alone, and empty for everybody else."""

    id: int
    begins_at: datetime
    meets: str
    reminds: str
    is_off: bool
    is_mine: bool
    going: list[str]


class PatrolTold(Told):
    """A patrol with its next rounds. `members` are names, for its own members alone."""

    id: int
    name: str
    about: str
    community: str
    is_mine: bool
    members: list[str]
    rounds: list[RoundTold]


class PatrolSent(Sent):
    name: OneLine
    about: OneLine = ""


class RoundSent(Sent):
    """When, where to meet, and what it reminds of."""

    begins_at: AwareDatetime
    meets: OneLine
    reminds: OneLine


class RoundChanged(Sent):
    is_off: Yes


class ComingSaid(Sent):
    comes: Yes


@router.get("/patrols", response=list[PatrolTold])
@for_readers
def list_patrols(request: Request) -> list[dict[str, Any]]:
    return [_told(each) for each in patrols.everywhere(request.at)]


@router.post("/patrols", response={201: Made})
@for_communities
def found_patrol(request: Request, said: PatrolSent) -> Status[dict[str, Any]]:
    return Status(201, {"id": patrolling.found(said.name, said.about, by=request.actor, at=request.at)})


@router.delete("/patrols/{patrol}", response={204: None})
@for_communities
def end_patrol(request: Request, patrol: Id) -> None:
    patrolling.end(patrol, by=request.actor, at=request.at)


@router.get("/patrols/{patrol}", response=PatrolTold)
@for_neighbours
def show_patrol(request: Request, patrol: Id) -> dict[str, Any]:
    found = patrols.of_member(patrol, request.actor, request.at)
    if found is None:
        raise Http404
    return _told(found.seen, found.names)


@router.post("/patrols/{patrol}/join", response=PatrolTold)
@for_neighbours
def join_patrol(request: Request, patrol: Id) -> dict[str, Any]:
    patrolling.join(patrol, by=request.actor, at=request.at)
    return show_patrol(request, patrol)


@router.post("/patrols/{patrol}/leave", response=PatrolTold)
@for_neighbours
def leave_patrol(request: Request, patrol: Id) -> dict[str, Any]:
    patrolling.leave(patrol, by=request.actor, at=request.at)
    return show_patrol(request, patrol)


@router.post("/patrols/{patrol}/rounds", response={201: Made})
@for_neighbours
def plan_round(request: Request, patrol: Id, said: RoundSent) -> Status[dict[str, Any]]:
    walk = Walk(said.begins_at, said.meets, said.reminds)
    return Status(201, {"id": patrolling.plan(patrol, walk, by=request.actor, at=request.at)})


@router.put("/patrol-rounds/{walk}", response={204: None})
@for_neighbours
def call_round_off_or_on(request: Request, walk: Id, said: RoundChanged) -> None:
    patrolling.call_off(walk, said.is_off, by=request.actor, at=request.at)


@router.put("/patrol-rounds/{walk}/coming", response={204: None})
@for_neighbours
def say_whether_one_comes(request: Request, walk: Id, said: ComingSaid) -> None:
    patrolling.mean_to_come(walk, said.comes, by=request.actor, at=request.at)


def _told(seen: patrols.Seen, members: tuple[str, ...] = ()) -> dict[str, Any]:
    return {**seen._asdict(), "members": members, "rounds": [each._asdict() for each in seen.rounds]}
