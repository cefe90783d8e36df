"""Residents ask to be reminded, confirm that the address is theirs, and stop it by a link: no account, no name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from doorstep.alerts.letters import code_of, subscription_of
from doorstep.alerts.models import Delivery, Subscription
from doorstep.alerts.queries import mark_of
from doorstep.areas.models import Area, Door
from doorstep.cases.actions.contact import readable_contact
from doorstep.core.access import WORKER, acting_as
from doorstep.core.crypto import seal
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.core.turns import take_turn
from doorstep.notices.channels import channels

LASTS: Final = timedelta(days=730)
CODE_LASTS: Final = timedelta(minutes=15)
NOT_AGAIN_WITHIN: Final = timedelta(minutes=2)
TRIES: Final = 5
CODES_A_DAY: Final = 5
"""To one number or address, whoever asks and for however many doors: nobody is flooded with codes through us."""


class SubscriptionRefused(Refusal):
    """It cannot be subscribed or confirmed like that."""

    status = 422


def ask(
    contact: str, community: str, door: str, *, agreed: bool, with_drills: bool, language: str, at: datetime
) -> int:
    """Wish to be reminded: a code goes to the address, and nothing else until it is confirmed. The row's number."""
    if not agreed:
        raise _no("agreed", "agreed")
    name, address = _address(contact)
    with acting_as(WORKER), transaction.atomic():
        take_turn("codes to", mark_of(address))
        found = Door.objects.filter(code=door.upper(), retired_at=None).select_related("community").first()
        if door and found is None:
            raise _no("door", "door")
        area = found.community if found else Area.objects.filter(code=community, level="community").first()
        if area is None:
            raise _no("place", "community")
        row, _ = Subscription.objects.select_for_update().get_or_create(
            mark=mark_of(address), community=area, door=found.code if found else "",
            defaults={
                "building": found.building if found else None, "lon": found.lon if found else None,
                "lat": found.lat if found else None, "channel": name, "sealed": seal(address.encode()),
                "language": language, "with_drills": with_drills, "made_at": at,
                "until_on": local_date(at + LASTS),
            },
        )  # fmt: skip
        if row.code_until is None or at >= row.code_until - CODE_LASTS + NOT_AGAIN_WITHIN:
            _refuse_flood(row.mark, at)
            _send_code(row, at)
    return row.pk


def confirm(subscription: int, code: str, *, with_drills: bool | None = None, at: datetime) -> None:
    """The code from the message: from now on the address is reminded."""
    with acting_as(WORKER):
        row = Subscription.objects.select_for_update().filter(pk=subscription).first()
        if row is None or row.code_until is None or at > row.code_until or row.tries >= TRIES:
            raise SubscriptionRefused(say("reminders-no-code-late"), say("reminders-no-code-late-try"), "code")
        row.tries += 1
        if code.strip() == code_of(row.pk, row.code_until):
            row.confirmed_at, row.code_until, row.tries = at, None, 0
            row.until_on = local_date(at + LASTS)
        row.save()
    if row.confirmed_at != at:
        raise WrongCode(say("reminders-no-code"), say("reminders-no-code-try"), "code")


class WrongCode(SubscriptionRefused):
    """Counted: the try stays although it is refused."""


def stop(token: str, *, at: datetime) -> bool:
    """By the link in any reminder: the address is gone at once. Whether there was one."""
    number = subscription_of(token)
    if number is None:
        return False
    with acting_as(WORKER):
        return Subscription.objects.filter(pk=number).delete()[0] > 0


def forget(at: datetime, limit: int = 500) -> int:
    """What was never confirmed goes after a day, what was confirmed after its two years."""
    with acting_as(WORKER):
        old = Subscription.objects.filter(until_on__lt=local_date(at)) | Subscription.objects.filter(
            confirmed_at=None, made_at__lt=at - timedelta(days=1)
        )
        ids = list(old.values_list("pk", flat=True)[:limit])
        Subscription.objects.filter(pk__in=ids).delete()
        Delivery.objects.filter(phase="code", subscription=None).exclude(state="waiting").delete()
    return len(ids)


def _refuse_flood(mark: str, at: datetime) -> None:
    lately = Q(sent_at__gt=at - timedelta(days=1)) | Q(state__in=("waiting", "handing"))
    if Delivery.objects.filter(lately, phase="code", mark=mark).count() >= CODES_A_DAY:
        raise _no("codes", "contact")


def _send_code(row: Subscription, at: datetime) -> None:
    row.code_until, row.tries = at.replace(microsecond=0) + CODE_LASTS, 0
    row.save(update_fields=["code_until", "tries"])
    Delivery.objects.create(
        phase="code", channel=row.channel, mark=row.mark, subscription=row, state="waiting", look_again_at=at
    )


def _address(contact: str) -> tuple[str, str]:
    """The channel and the address as they are kept; refused when nobody could be reached at it."""
    if not contact.strip():
        raise _no("contact", "contact")
    is_mail = "@" in contact or "＠" in contact
    try:
        read = readable_contact(contact, "") if is_mail else readable_contact("", contact)
    except Refusal as refused:
        raise SubscriptionRefused(refused.message, refused.try_this, "contact") from refused
    wanted = "email" if is_mail else "phone"
    name = next(name for name, channel in channels().items() if wanted == channel.CONTACT)
    return name, read.email if is_mail else read.phone


def _no(what: str, where: str) -> SubscriptionRefused:
    return SubscriptionRefused(say(f"reminders-no-{what}"), say(f"reminders-no-{what}-try"), where)
