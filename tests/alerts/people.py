"""Who drafts and approves in tests: people with accounts, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.town import Town
from tests.visiting import open_account

from doorstep.alerts.actions import emergency, needing, reminding
from doorstep.alerts.actions import patrolling as acts
from doorstep.alerts.actions.needing import Wish
from doorstep.alerts.actions.patrolling import Walk
from doorstep.alerts.actions.reminding import Draft
from doorstep.core.access import GATE, WORKER, Actor, acting_as
from doorstep.staff.models import Account, Person


def somebody(town: Town, who: str) -> Actor:
    """Whoever sits in this post, signed in."""
    with acting_as(GATE):
        account = Account.objects.filter(username=who.replace("_", "-")).first()
    account = account or open_account(town, who)
    return replace(town.actor(who), account=account.pk)


def reachable(town: Town, who: str = "chen", phone: str = "13800000001") -> None:
    """Give a member of staff a number, so that somebody can be reached at all."""
    with acting_as(WORKER):
        Person.objects.filter(appointments__post=town.posts[who]).update(phone=phone)


def wish(at: datetime, **more: Any) -> Draft:
    """A draft for the first grid."""
    given = {
        "kind": "burst-pipe", "words": "3 号楼前水管爆裂，请绕行并关好自家阀门。", "area": "321102001001001",
        "until": at + timedelta(hours=6),
    }  # fmt: skip
    return Draft(**{**given, **more})


def drafted(town: Town, at: datetime, who: str = "chen", **more: Any) -> int:
    """A draft that Chen wrote, which reaches at least him."""
    reachable(town)
    by = somebody(town, who)
    with acting_as(by):
        return reminding.draft(wish(at, **more), by=by, at=at)


def approved(town: Town, reminder: int, at: datetime) -> int:
    """The same, once Dana and the subdistrict have said yes."""
    for who in ("dana", "subdistrict"):
        by = somebody(town, who)
        with acting_as(by):
            reminding.approve(reminder, by=by, at=at)
    return reminder


WALK = {"meets": "3 号楼下的凉亭", "reminds": "天冷，包好水管，关紧窗户"}


def founded(town: Town, at: datetime, name: str = "暖心平安锣") -> int:
    """A patrol that Dana's desk founded; nobody is in it yet."""
    dana = somebody(town, "dana")
    with acting_as(dana):
        return acts.found(name, "冬天提醒防冻防火", by=dana, at=at)


def joined(town: Town, patrol: int, at: datetime) -> Actor:
    """Ben, who joined it."""
    ben = somebody(town, "ben")
    with acting_as(ben):
        acts.join(patrol, by=ben, at=at)
    return ben


def walk(at: datetime, **more: Any) -> Walk:
    """A round on the next evening."""
    return Walk(**{"begins_at": at + timedelta(hours=30), **WALK, **more})


def patrolling(town: Town, at: datetime) -> int:
    """A patrol that Ben is in, with one round that he planned."""
    patrol = founded(town, at)
    ben = joined(town, patrol, at)
    with acting_as(ben):
        acts.plan(patrol, walk(at), by=ben, at=at)
    return patrol


NEED = {
    "item": "food",
    "quantity": 2,
    "door": "DOOR0001",
    "home": "2 单元 501 室",
    "name": "示例阿娃",
    "phone": "13900000000",
}
HOUSEHOLD = {NEED["home"], NEED["name"]}
"""What is sealed in the database, and shown to who serves."""


def asked_for(town: Town, at: datetime, who: str = "dana", **more: Any) -> int:
    """Emergency mode that Dana asks for, for her community; it waits for the level above."""
    open_accounts(town)
    by = somebody(town, who)
    given = {"area": "321102001001", "reason": "大雪封路，超市送不进来。", "days": 3, **more}
    with acting_as(by):
        return emergency.ask(given["area"], given["reason"], given["days"], by=by, at=at)


def opened(town: Town, at: datetime, **more: Any) -> int:
    """The same, once the subdistrict has said yes."""
    number = asked_for(town, at, **more)
    subdistrict = somebody(town, "subdistrict")
    with acting_as(subdistrict):
        emergency.approve(number, by=subdistrict, at=at)
    return number


def needed(number: int, at: datetime, **more: Any) -> int:
    """What Ava tells without an account: two portions of food for flat 501."""
    return needing.tell(number, Wish(**{**NEED, **more}), came_by="resident", at=at)


def open_accounts(town: Town) -> None:
    """Those who approve can sign in."""
    for who in ("subdistrict", "command"):
        somebody(town, who)
