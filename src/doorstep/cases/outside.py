"""The links of outside handlers as desks see them, and the one case of a link as its holder sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from doorstep.cases.models import Case, Event, OutsideLink, Photo, Said
from doorstep.cases.objections import may_be_objected_to, moves_with_facts
from doorstep.cases.parts import PartRow, part_of
from doorstep.cases.places import left_out, step_of
from doorstep.cases.queries import item_of
from doorstep.cases.rules.decline import arbitrated_by
from doorstep.cases.rules.lifecycle import Move, State
from doorstep.cases.rules.outside import DAYS as DAYS
from doorstep.cases.rules.outside import LONGEST_WORDS as LONGEST_WORDS
from doorstep.cases.rules.outside import MAY_WORK_BY_LINK as MAY_WORK_BY_LINK
from doorstep.cases.rules.outside import USUAL_DAYS as USUAL_DAYS
from doorstep.cases.rules.outside import offered
from doorstep.cases.rules.outside import refuse_coming as refuse_coming
from doorstep.cases.rules.outside import refuse_words as refuse_words
from doorstep.cases.rules.place_seen import Step
from doorstep.cases.rules.pseudonym import pseudonym
from doorstep.cases.rules.sending_link import EMAIL as EMAIL
from doorstep.cases.rules.sending_link import OTHER as OTHER
from doorstep.cases.rules.sending_link import SMS as SMS
from doorstep.cases.rules.sending_link import Sending as Sending
from doorstep.catalogue.item import Item
from doorstep.core.access import Actor
from doorstep.core.text import Message
from doorstep.staff.models import Unit

LATEST: Final = 20


class LinkRow(NamedTuple):
    """One link that was given, as the desk sees it."""

    id: int
    unit: str
    given_by: str | None
    given_at: datetime
    until: datetime
    opened_at: datetime | None
    ended_at: datetime | None
    ended_because: str

    def is_alive(self, at: datetime) -> bool:
        """Whether it opens the case now."""
        return self.ended_at is None and at < self.until


def links_of(case: int) -> list[LinkRow]:
    """The links that were given to a case, the latest first."""
    found = OutsideLink.objects.filter(case=case).order_by("-given_at", "-id")
    return [LinkRow(*row) for row in found.values_list(*_COLUMNS)[:LATEST]]


def may_have_link(case: Case) -> bool:
    """Whether the unit that has the case may send somebody who comes by a link."""
    kinds = Unit.objects.filter(pk=case.holder_unit_id or 0).values_list("kind", flat=True)
    return case.is_open and any(kind in MAY_WORK_BY_LINK for kind in kinds)


_COLUMNS: Final = (
    "id",
    "unit__name",
    "given_unit__name",
    "given_at",
    "until",
    "opened_at",
    "ended_at",
    "ended_because",
)


class Told(NamedTuple):
    """One row of the life of the case that concerns whoever came by the link."""

    move: str
    at: datetime
    words: str


@dataclass(frozen=True)
class PartSeen:
    """One case for whoever came by a link: what is wrong, where, until when, who gave it, and what can be done."""

    case: Case
    words: str
    places: Sequence[str]
    is_place_blurred: bool
    reporter: Message
    part: PartRow | None
    given: LinkRow | None
    told: Sequence[Told]
    photos: Sequence[Photo]
    mine: tuple[Move, ...]

    @property
    def item(self) -> Item | None:
        """What it is about."""
        return item_of(self.case)


def part_seen(handler: Actor, *, at: datetime) -> PartSeen | None:
    """The one case of the link; None when the database shows none. Runs as its holder."""
    names = ("holder_unit", "door", "microgrid", "grid", "community")
    heavy = ("microgrid__outline", "grid__outline", "community__outline")
    case = Case.objects.select_related(*names).defer(*heavy).filter(pk=handler.case or 0).first()
    if case is None:
        return None
    life = list(Event.objects.filter(case=case).order_by("seq"))
    words = dict(Said.objects.filter(case=case).values_list("seq", "words"))
    step = step_of(case, handler, is_holder=True)
    part = part_of(case.pk)
    arbitrated = arbitrated_by(moves_with_facts(case.pk)) is not None
    may_object = may_be_objected_to(case, life, is_arbitrated=arbitrated, at=at)
    return PartSeen(
        case=case,
        words=words.get(1, ""),
        places=_places(case, step),
        is_place_blurred=step is not Step.DOOR,
        reporter=pseudonym(part.whole_number if part else case.number),
        part=part,
        given=next((row for row in links_of(case.pk) if row.id == handler.link), None),
        told=[Told(each.move, each.heard_at, words[each.seq]) for each in life[1:] if words.get(each.seq)],
        photos=list(Photo.objects.filter(case=case).defer("image", "thumbnail").order_by("seq", "id")),
        mine=offered(State(case.state), may_object=may_object),
    )


def _places(case: Case, step: Step) -> list[str]:
    """Where it is, from the largest to the finest that may be shown."""
    hidden = left_out(step)
    named = {
        "community_name": case.community and case.community.name,
        "grid_name": case.grid and case.grid.name,
        "microgrid_name": case.microgrid and case.microgrid.name,
        "door_name": case.door and case.door.name,
        "place_words": case.place_words,
    }
    return [name for key, name in named.items() if name and key not in hidden]
