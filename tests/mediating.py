"""A mediation among invented neighbours, for tests: whoever mediates, the two flats, and each step of the way."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw
from tests.town import MORNING, Town
from tests.visiting import open_account

from doorstep.core.access import GATE, WORKER, Actor, Role, acting_as, party_to
from doorstep.mediation.actions import agreeing, choosing, requesting
from doorstep.mediation.actions.agreeing import Hand
from doorstep.mediation.models import Agreement, Mediation, Party
from doorstep.mediation.rules.parties import NewParty

AVA = NewParty("王一（虚构）", "13800000001", "")
BEN = NewParty("李二（虚构）", "", "ben@example.org")
MATTER = "楼上卫生间漏水，楼下天花板起皮，修漏和粉刷的钱谈不拢。"
TODAY = date(2026, 11, 23)
TERMS = [("2", "请人修好卫生间防水", TODAY + timedelta(days=10)), ("1", "粉刷自家天花板", TODAY + timedelta(days=20))]

PLACE, RECORD, NOTE = "社区调解室", "双方同意先请人查漏点。", "楼下说三千以内都能接受。"
ROOM_NAME = "银发调解室"
WRITTEN = frozenset({AVA.name, BEN.name, MATTER, PLACE, RECORD, NOTE, ROOM_NAME, *(term[1] for term in TERMS)})
"""What was written, and stays as it is in every language."""


def a_hand(words: bool = True) -> bytes:
    """A signature as a screen draws it; or an empty sheet."""
    sheet = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    if words:
        ImageDraw.Draw(sheet).line([(40, 160), (160, 60), (240, 180), (420, 80)], fill=(20, 20, 20, 255), width=6)
    written = io.BytesIO()
    sheet.save(written, "PNG")
    return written.getvalue()


@dataclass
class Room:
    """One mediation and those in it."""

    town: Town
    id: int
    mediator: Actor
    dana: Actor

    @property
    def file(self) -> Mediation:
        with acting_as(WORKER):
            return Mediation.objects.get(pk=self.id)

    def party(self, number: int) -> Actor:
        with acting_as(WORKER):
            return party_to(self.id, party=Party.objects.get(mediation=self.id, number=number).pk)

    @property
    def text_hash(self) -> str:
        with acting_as(WORKER):
            return Agreement.objects.filter(mediation=self.id).order_by("-version")[0].text_hash

    def consent(self, number: int, **more: Any) -> None:
        given = {"to_mediation": True, "to_mediator": True, "at": MORNING, **more}
        with acting_as(self.party(number)) as by:
            choosing.consent(self.id, by=by, **given)

    def begin(self) -> Room:
        """The mediator accepts, and both say yes."""
        with acting_as(self.mediator):
            choosing.accept(self.id, "none", by=self.mediator, at=MORNING)
        self.consent(1)
        self.consent(2)
        return self

    def draw_up(self, terms: Any = TERMS, at: datetime = MORNING) -> Room:
        with acting_as(self.mediator):
            agreeing.draw_up(self.id, terms, [], by=self.mediator, at=at)
        return self

    def sign(self, number: int, hand: Hand | None = None, at: datetime = MORNING) -> None:
        hand = hand or Hand(picture=a_hand())
        if number == 0:
            with acting_as(self.mediator) as by:
                agreeing.sign_as_mediator(self.id, hand, self.text_hash, by=by, at=at)
            return
        with acting_as(self.party(number)) as by:
            agreeing.sign(self.id, hand, self.text_hash, by=by, at=at)

    def agree(self) -> Room:
        self.begin().draw_up()
        for number in (1, 2, 0):
            self.sign(number)
        return self


def a_mediator(town: Town, who: str = "mediator") -> Actor:
    """Somebody in a mediator's post of the community, who can sign in."""
    from doorstep.staff.models import Account, Appointment, Person, Post

    with acting_as(WORKER):
        if who not in town.posts:
            post = Post.objects.create(kind="mediator", area_id=town.community, title=ROOM_NAME)
            person = Person.objects.create(name=f"示例{who}", is_invented=True)
            Appointment.objects.create(person=person, post=post, from_on=date(2026, 1, 1))
            town.posts[who] = post.pk
    with acting_as(GATE):
        account = Account.objects.filter(username=who).first()
    account = account or open_account(town, who)
    return Actor(Role.MEDIATOR, org=town.community, post=town.posts[who], account=account.pk)


def a_room(town: Town, *parties: NewParty, matter: str = MATTER) -> Room:
    """Asked for by the desk, with a mediator named."""
    dana, mediator = town.actor("dana"), a_mediator(town)
    with acting_as(dana):
        made = requesting.request(
            matter, parties or (AVA, BEN), community=town.community, case=None, by=dana, at=MORNING
        )
        choosing.propose(made.id, mediator.account or 0, by=dana, at=MORNING)
    return Room(town, made.id, mediator, dana)
