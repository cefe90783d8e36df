"""Cases that another platform hands over, one by one or by the hundred thousand: each becomes a case once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from doorstep.cases.actions.report import Receipt, readable
from doorstep.cases.actions.report_many import report_many
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import say
from doorstep.exchange.models import Link
from doorstep.exchange.orders import Order, believable, readable_number
from doorstep.exchange.queries import Known
from doorstep.exchange.refusing import Conflict

BATCH: Final = 500
# Any number that no other lock of the house begins with.
_LOCK: Final = 0x45584348


class Taken(NamedTuple):
    """What became of one order: our number, and whether it is new, known, or known with other words."""

    number: str
    case: str
    came: str


NEW, SAME, OTHER = "new", "same", "other"


class Alias(NamedTuple):
    """A number that a case has at some platform; `OURSELVES` is this one."""

    partner: str
    number: str


OURSELVES: Final = "doorstep"


def receive(partner: Known, order: Order, *, at: datetime, known_as: Sequence[Alias] = ()) -> Taken:
    """One order. What comes again is answered as before; other words under a known number are a conflict.

    `known_as` are the numbers that it has elsewhere: a case of ours that comes back by another way stays one case.
    """
    order = checked(order, at)
    with acting_as(WORKER), transaction.atomic():
        if not _known(partner.id, [order.number]) and (case := _met_before(partner, known_as)):
            return _join(partner, order, case)
    (taken,) = take_in(partner, [order], at=at)
    if taken.came == OTHER:
        raise Conflict(
            "other-content",
            say("exchange-other-content", number=order.number, case=taken.case),
            say("exchange-other-content-try"),
            "number",
        )
    return taken


def checked(order: Order, at: datetime) -> Order:
    """The order as it will be kept; refused where it cannot be."""
    readable(order.said.words)
    return Order(readable_number(order.number), order.said, believable(order.happened_at, at))


def take_in(partner: Known, orders: Sequence[Order], *, at: datetime) -> list[Taken]:
    """Some orders of one partner in one transaction; another sender of the same partner waits for its end."""
    with acting_as(WORKER), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, partner.id])
        known = _known(partner.id, [order.number for order in orders])
        first: dict[str, Order] = {}
        for order in orders:
            if order.number not in known:
                first.setdefault(order.number, order)
        new = list(first.values())
        receipts = report_many([(order.keyed(partner.id), order.happened_at or at) for order in new], at=at)
        _link(partner.id, new, receipts)
    fresh = {order.number: receipt.number for order, receipt in zip(new, receipts, strict=True)}
    return [_came(order, known, first, fresh) for order in orders]


def _came(order: Order, known: dict[str, tuple[bytes, str]], first: dict[str, Order], fresh: dict[str, str]) -> Taken:
    if order.number in known:
        body, case = known[order.number]
        return Taken(order.number, case, SAME if body == order.body_hash else OTHER)
    case = fresh[order.number]
    if first[order.number] is order:
        return Taken(order.number, case, NEW)
    return Taken(order.number, case, SAME if first[order.number].body_hash == order.body_hash else OTHER)


def _known(partner: int, numbers: Sequence[str]) -> dict[str, tuple[bytes, str]]:
    rows = Link.objects.filter(partner=partner, number__in=numbers)
    return {
        number: (bytes(body or b""), case)
        for number, body, case in rows.values_list("number", "body_hash", "case__number")
    }


def _link(partner: int, orders: Sequence[Order], receipts: Sequence[Receipt]) -> None:
    Link.objects.bulk_create(
        Link(partner_id=partner, case_id=receipt.case, number=order.number, came_in=True, body_hash=order.body_hash)
        for order, receipt in zip(orders, receipts, strict=True)
    )


def _met_before(partner: Known, known_as: Sequence[Alias]) -> int | None:
    """The case of ours that this is, inside the partner's area, by any of the numbers it is known by."""
    ours = [alias.number for alias in known_as if alias.partner == OURSELVES]
    theirs = [
        Q(links__partner__name=alias.partner, links__number=alias.number)
        for alias in known_as
        if alias.partner != OURSELVES
    ]
    inside = Q(county=partner.org) | Q(subdistrict=partner.org) | Q(community=partner.org)
    found = Case.objects.filter(inside).filter(reduce(or_, theirs, Q(number__in=ours)))
    return found.order_by("id").values_list("pk", flat=True).first()


def _join(partner: Known, order: Order, case: int) -> Taken:
    """What went out from here and came back, or came by two ways, stays one case; their number is remembered."""
    link, is_new = Link.objects.get_or_create(
        case_id=case, partner_id=partner.id, defaults={"number": order.number, "came_in": False}
    )
    if not is_new and not link.came_in:
        link.number = order.number
        link.save(update_fields=["number"])
    return Taken(order.number, Case.objects.values_list("number", flat=True).get(pk=case), SAME)
