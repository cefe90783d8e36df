"""What a partner says of a case that both know: each message once, in the order in which it was sent.

A partner that sent a case speaks for whoever reported it; one that stands for a unit does what that unit may do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from doorstep.cases.actions import act, close, verify, withdraw
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.rules.lifecycle import State
from doorstep.core.access import WORKER, Actor, Role, acting_as, audit, follower_of
from doorstep.core.ids import CaseId
from doorstep.core.text import say
from doorstep.exchange.models import Link
from doorstep.exchange.orders import OrderRefused, readable_number
from doorstep.exchange.queries import Known, link_of
from doorstep.exchange.refusing import Conflict
from doorstep.exchange.speaking import speaking


class UnknownNumber(OrderRefused):
    """The partner knows no case by this number; answered as 404."""

    status = 404


@dataclass(frozen=True)
class Message:
    """What a partner does with a case. `nth` counts its messages about this case from 1, so that none gets lost."""

    does: str
    nth: int
    words: str = ""
    outcome: str = ""
    number: str = ""


def hear(partner: Known, number: str, message: Message, *, at: datetime) -> Link:
    """Follow one message; one that was followed before is answered as before, and does nothing twice."""
    with acting_as(WORKER), transaction.atomic(), speaking(partner.id):
        link = known_link(partner, number)
        # Two messages about one case wait for each other.
        link = Link.objects.select_for_update().get(pk=link.pk)
        if message.nth <= link.heard:
            return link
        if message.nth > link.heard + 1:
            raise Conflict(
                "out-of-order",
                say("exchange-out-of-order", nth=link.heard + 1),
                say("exchange-out-of-order-try"),
                "nth",
            )
        _follow(partner, link, message, at)
        link.heard = message.nth
        link.save(update_fields=["heard", "number"])
        facts = {"partner": partner.name, "does": message.does, "nth": message.nth}
        audit.deed("partner-message", link.number, by=WORKER, at=at, facts=facts)
        return link


def known_link(partner: Known, number: str) -> Link:
    """The case that a partner knows by this number."""
    link = link_of(partner.id, number) if number.isprintable() else None
    if link is None:
        raise UnknownNumber(say("exchange-unknown-number", number=number[:64]), say("exchange-unknown-number-try"))
    return link


def _follow(partner: Known, link: Link, message: Message, at: datetime) -> None:
    if message.does == "know-as":
        link.number = _new_number(partner, link, message.number)
        return
    does, as_holder = DOES[message.does]
    actor = _holder(partner, message.does) if as_holder else _reporter(link, message.does)
    try:
        with acting_as(actor):
            does(CaseId(link.case_id), message, actor, at)
    except MoveRefused as refused:
        raise Conflict("not-now", refused.message, refused.try_this) from refused
    except CaseNotFound as gone:
        raise _not_the_holder() from gone


def _new_number(partner: Known, link: Link, number: str) -> str:
    number = readable_number(number)
    other = link_of(partner.id, number)
    if link.came_in or (other is not None and other.pk != link.pk):
        raise Conflict(
            "number-taken", say("exchange-number-taken", number=number), say("exchange-number-taken-try"), "number"
        )
    return number


def _holder(partner: Known, does: str) -> Actor:
    if partner.unit is None:
        raise _not_the_holder()
    return Actor(Role.DEPARTMENT, org=partner.unit, unit=partner.unit)


def _not_the_holder() -> Conflict:
    return Conflict("not-the-holder", say("exchange-not-the-holder"), say("exchange-not-the-holder-try"))


def _reporter(link: Link, does: str) -> Actor:
    if not link.came_in:
        raise Conflict("not-the-sender", say("exchange-not-the-sender"), say("exchange-not-the-sender-try"))
    return follower_of(link.case_id)


Does = Callable[[CaseId, Message, Actor, datetime], object]


def _take(case: CaseId, message: Message, actor: Actor, at: datetime) -> None:
    act.take(case, by=actor, at=at)


def _return(case: CaseId, message: Message, actor: Actor, at: datetime) -> None:
    # The same rule as for every holder: with a reason, in time, once; the second goes to arbitration.
    # Another platform has one field for its reason; what it rests on is written there too.
    act.decline(case, message.words, by=actor, at=at, cited=message.words)


def _answer(case: CaseId, message: Message, actor: Actor, at: datetime) -> None:
    act.do(case, message.words, by=actor, at=at, outcome=message.outcome or "solved")


def _note(case: CaseId, message: Message, actor: Actor, at: datetime) -> None:
    act.note(case, message.words, by=actor, at=at)


def _confirm(case: CaseId, message: Message, actor: Actor, at: datetime) -> None:
    verify.say_solved(case, by=actor, at=at, words=message.words)


def _not_solved(case: CaseId, message: Message, actor: Actor, at: datetime) -> None:
    with acting_as(WORKER):
        is_closed = Link.objects.filter(case=case, case__state=State.CLOSED).exists()
    if is_closed:
        close.reopen(case, message.words, by=actor, at=at)
    else:
        verify.say_not_solved(case, message.words, by=actor, at=at)


def _withdraw(case: CaseId, message: Message, actor: Actor, at: datetime) -> None:
    withdraw.withdraw(case, by=actor, at=at)


def _extend(case: CaseId, message: Message, actor: Actor, at: datetime) -> None:
    raise Conflict("not-extended", say("exchange-not-extended"), say("exchange-not-extended-try"))


DOES: Final[dict[str, tuple[Does, bool]]] = {
    "take": (_take, True),
    "return": (_return, True),
    "extend": (_extend, True),
    "answer": (_answer, True),
    "progress": (_note, True),
    "add": (_note, False),
    "confirm": (_confirm, False),
    "not-solved": (_not_solved, False),
    "withdraw": (_withdraw, False),
}
"""What a partner may do: whose part it takes in it, the holder's or the reporter's."""
