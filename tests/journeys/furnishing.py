"""Furnish the town for whoever looks at every page: cases in every state, doors, a drawn plan, and keys for everybody.

Run as `python -m tests.journeys.furnishing` with the environment of the site and the town as JSON on its input; it
prints a `Furnished` as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.town import LAT, LON, SQUARE_DEG, Town

if TYPE_CHECKING:
    from doorstep.cases.models import Case
    from doorstep.core.access import Actor

FIRST_HOUSEHOLDS = 26


@dataclass
class Furnished:
    """What the addresses of pages are made of."""

    cases: dict[str, str] = field(default_factory=dict)
    """Number of a case in each situation."""
    links: dict[str, str] = field(default_factory=dict)
    """The token of the link of the same case."""
    plan: int = 0
    account: int = 0
    post: int = 0
    demand: int = 0
    table: dict[str, int] = field(default_factory=dict)
    """Versions of the dispatch table, a row of the draft, and its rehearsal."""
    webhook: int = 0
    delivery: int = 0
    outside: dict[str, str] = field(default_factory=dict)
    """The token of an outside handler's link to a part in each situation."""
    reminder: dict[str, int] = field(default_factory=dict)
    emergency: dict[str, int] = field(default_factory=dict)
    patrol: int = 0
    need: str = ""
    """The token of the link to a need."""
    mediation: dict[str, int] = field(default_factory=dict)
    """A mediation in each situation."""
    party: dict[str, str] = field(default_factory=dict)
    """The token of the first party's link to it."""
    keys: dict[str, str] = field(default_factory=dict)
    """The key of a session of everybody."""


def main() -> None:
    import django

    django.setup()
    from tests.visiting import EVERYBODY, begin_session

    from doorstep.core.access import GATE, acting_as
    from doorstep.core.time import clock
    from doorstep.staff.models import Account

    town, at = Town(**json.load(sys.stdin)), clock.now()
    made = Furnished(post=town.posts["chen"])
    _tell_cases(town, made, at)
    _give_links(town, made, at)
    _mediate(town, made, at)
    _make_doors(town, at)
    made.plan = _draw(town, at)
    made.webhook, made.delivery = _subscribe(at)
    made.table = _write_tables(town, at)
    made.demand = _demand(town, at)
    with acting_as(GATE):
        accounts = {account.username: account for account in Account.objects.all()}
    made.account = accounts["chen"].pk
    _alert(town, made, at)
    for who in EVERYBODY:
        made.keys[who] = begin_session(accounts[who.replace("_", "-")], second_factor=True, at=at)
    made.keys["half_in"] = begin_session(accounts["dana"], second_factor=False, at=at)
    made.keys["bare"] = begin_session(_bare_account(), second_factor=False, at=at)
    print(json.dumps(dataclasses.asdict(made)))


def _subscribe(at: datetime) -> tuple[int, int]:
    """A receiver that is paused, so that nobody is called, and a test that waits for it."""
    from doorstep.cases.queries import catalogue
    from doorstep.core.access import Actor, Role, acting_as
    from doorstep.exchange.actions import subscribing

    system = Actor(Role.SYSTEM_ADMIN)
    with acting_as(system):
        kinds = ("case.closed.v1", "plan.in_force.v1")
        wanted = subscribing.Wanted("Data bureau", "https://8.8.8.8/events", kinds)
        made = subscribing.subscribe(wanted, catalogue().classes, by=system, at=at).subscription
        subscribing.pause(made, by=system, at=at)
        return made, subscribing.ping(made, by=system, at=at)


def _alert(town: Town, made: Furnished, at: datetime) -> None:
    """A reminder that waits for approval, one that goes out, a patrol that Ben is in, emergency mode."""
    from tests.alerts.people import approved, asked_for, drafted, needed, opened, patrolling

    from doorstep.alerts.actions.needing import link_token

    made.reminder["drafted"] = drafted(town, at)
    made.reminder["going"] = approved(town, drafted(town, at, kind="fire-lane"), at)
    made.patrol = patrolling(town, at)
    made.emergency["open"] = opened(town, at, area="321102001001001")
    made.emergency["asked"] = asked_for(town, at, area="321102001001002")
    made.emergency["need"] = needed(made.emergency["open"], at)
    made.need = link_token(made.emergency["need"])


def _bare_account() -> Any:
    """Somebody who has yet to set up a second factor."""
    from tests.visiting import _hashed

    from doorstep.core.access import WORKER, acting_as
    from doorstep.core.time import clock
    from doorstep.staff.models import Account, Appointment, Person, Post

    with acting_as(WORKER):
        dana = Post.objects.get(kind="community_desk", unit__name="示例community_desk")
        person = Person.objects.create(name="示例新人", is_invented=True)
        Appointment.objects.create(person=person, post=dana, from_on=clock.now().date() - timedelta(days=1))
        return Account.objects.create(
            username="bare", password=_hashed(), person_id=person.pk, password_changed_at=clock.now()
        )


def _demand(town: Town, at: datetime) -> int:
    """A form that the subdistrict asks of its grids."""
    from doorstep.catalogue.actions.demanding import Demand, DemandKind, Field, FieldKind, publish
    from doorstep.core.access import acting_as
    from doorstep.core.time.zone import local_date

    today = local_date(at)
    last = today + timedelta(days=300)
    fields = (Field("所属社区", FieldKind.HELD, "community-name"), Field("需要多少袋融雪盐", FieldKind.NUMBER))
    wanted = Demand(DemandKind.FORM, "冬季备货", "下雪前备齐", "城管〔2026〕9号", "grid", 5, 2, today, last, fields)
    subdistrict = town.actor("subdistrict")
    with acting_as(subdistrict):
        return publish(wanted, town.subdistrict, by=subdistrict, at=at)[0]


# Cases ---------------------------------------------------------------------------------------------------------------


def _tell_cases(town: Town, made: Furnished, at: datetime) -> None:
    from doorstep.cases.actions import act, close, merge, reviewing, verify, withdraw
    from doorstep.core.access import follower_of

    chen, dana = town.actor("chen"), town.actor("dana")
    ava: Callable[[Case], Actor] = lambda case: follower_of(case.pk)  # noqa: E731 - named as the person who asks.

    def tell(name: str, words: str, ago: timedelta = timedelta(hours=2), **place: Any) -> Case:
        case = _reported(town, words, at - ago, **place)
        made.cases[name], made.links[name] = case.number, _link(case, at)
        return case

    def do(actor: Actor, move: Callable[..., Any], case: Case, *given: Any, **more: Any) -> None:
        from doorstep.cases.actions.advance import advance
        from doorstep.core.access import WORKER, acting_as

        # The worker of the house must not come between the move and its time.
        with acting_as(WORKER):
            with acting_as(actor):
                move(case.pk, *given, by=actor, at=at, **more)
            advance(at=at)

    tell("open", "楼道里堆满了杂物，请清理")
    tell("late", "三楼的楼道灯不亮了", timedelta(days=12))
    tell("critical", "厨房里有很浓的燃气味")
    tell("asked", "有点事想请你们来看看", nowhere=True)
    tell("complaint", "这个页面的字太小", item="about-this-service", page="resident-home")

    taken = tell("taken", "二楼走廊堆着旧家具，过不去")
    do(chen, act.take, taken)
    do(chen, act.note, taken, "已经联系了房主，明天上午搬走。")

    done = tell("done", "门口的杂物挡住了消防通道")
    do(chen, act.do, done, "已经清走，通道可以走了。")

    closed = tell("closed", "楼梯口有一堆废纸箱")
    do(chen, act.do, closed, "纸箱已经收走。")
    do(ava(closed), verify.say_solved, closed)

    held = tell("held", "地下室门口堆着旧床垫")
    do(chen, act.do, held, "床垫已经拉走。")
    do(ava(held), verify.say_solved, held)
    _ask_whether_it_held(held, at)

    why = "要求每天派人上门陪聊，没有依据。"
    proposed = tell("proposed", "楼道里每天都有人说话，请派人陪聊")
    do(dana, reviewing.propose_unreasonable, proposed, why)
    unreasonable = tell("unreasonable", "请每天派三个人来陪我说话")
    do(dana, reviewing.propose_unreasonable, unreasonable, why)
    for who in ("subdistrict", "command"):
        do(town.actor(who), reviewing.review_unreasonable, unreasonable, "agrees", why)

    tell("private", "隔壁夫妻吵架，摔东西", item="family-dispute")

    redone = tell("redone", "五楼的杂物还在")
    do(chen, act.do, redone, "清了一半。")
    do(ava(redone), verify.say_not_solved, redone, "还有一半没有清。")

    declined = tell("declined", "六楼的杂物没有人管")
    do(chen, act.decline, declined, "不在我的网格里。", basis="place")

    explained = tell("explained", "什么时候装电梯")
    do(dana, close.close_by_hand, explained, "explained", "电梯要三分之二的业主同意，表格在居委会领取。")

    merged, earlier = tell("merged", "楼道里堆满了杂物"), tell("joined", "楼道里堆满了杂物")
    do(dana, merge.merge, merged, earlier.pk)

    withdrawn = tell("withdrawn", "自行车放在楼道里")
    do(ava(withdrawn), withdraw.withdraw, withdrawn)


def _give_links(town: Town, made: Furnished, at: datetime) -> None:
    """A firm without accounts, called to one part after the other, each with a link."""
    from doorstep.cases.actions import act, calling, outside
    from doorstep.cases.models import Part
    from doorstep.core.access import WORKER, acting_as
    from doorstep.staff.models import Unit

    dana = town.actor("dana")
    with acting_as(WORKER):
        firm = Unit.objects.create(kind="outside", name="示例维修公司", area_id=town.community).pk
    for situation in ("open", "taken", "done", "withdrawn"):
        whole = _reported(town, "三楼的水管在漏水，楼道里都是水", at - timedelta(hours=1)).pk
        with acting_as(dana):
            calling.call(whole, [firm], "请修好三楼的水管", by=dana, at=at)
        with acting_as(WORKER):
            part = Part.objects.get(whole=whole)
        with acting_as(dana):
            given = outside.give(part.case_id, 7, by=dana, at=at)
        made.outside[situation], made.cases["outside"] = given.token, part.number
        handler = outside.enter(given.token, at=at)
        with acting_as(handler):
            if situation in ("taken", "done"):
                act.take(part.case_id, by=handler, at=at)
                act.note(part.case_id, "下午三点到，带两个人。", by=handler, at=at)
            if situation == "done":
                act.do(part.case_id, "换了阀门，不漏了。", by=handler, at=at)
        if situation == "withdrawn":
            with acting_as(dana):
                outside.withdraw(given.id, by=dana, at=at)


def _mediate(town: Town, made: Furnished, at: datetime) -> None:
    """A leak between two flats, in each situation in which its pages look different."""
    from tests import mediating

    from doorstep.core.access import acting_as
    from doorstep.core.access.links import party_token
    from doorstep.mediation.actions import stopping, talking

    for situation in ("asked", "running", "signing", "agreed", "stopped"):
        # The same matter twice at once is a button pressed twice.
        room = mediating.a_room(town, matter=f"{mediating.MATTER}（{situation}）")
        if situation != "asked":
            room.begin()
            with acting_as(room.mediator) as eve:
                talking.meet(room.id, mediating.PLACE, at + timedelta(days=2), 60, by=eve, at=at)
                talking.keep_record(room.id, mediating.RECORD, both_agree=True, by=eve, at=at)
                talking.note(room.id, mediating.NOTE, by=eve, at=at)
        if situation in ("signing", "agreed"):
            room.draw_up(at=at)
        for number in (1, 2, 0) if situation == "agreed" else ():
            room.sign(number, at=at)
        if situation == "stopped":
            with acting_as(room.party(2)) as ben:
                stopping.withdraw(room.id, by=ben, at=at)
        made.mediation[situation] = room.id
        made.party[situation] = party_token(room.party(1).link or 0, 1, at=at)


def _ask_whether_it_held(case: Case, at: datetime) -> None:
    """As the machine does a working day later."""
    from doorstep.cases.actions import follow_up, ledger
    from doorstep.cases.models import Case
    from doorstep.core.access import WORKER, acting_as

    with acting_as(WORKER):
        closed = ledger.held(Case.objects.get(pk=case.pk), WORKER)
        follow_up.ask_whether_it_held(closed, at=at)
        ledger.write([closed], by=WORKER)


def _reported(
    town: Town, words: str, at: datetime, *, item: str = "stairwell-rubbish", nowhere: bool = False, page: str = ""
) -> Case:
    """A case that the machine has carried as far as it goes by itself."""
    from doorstep.cases.actions.advance import advance
    from doorstep.cases.actions.photos import clean
    from doorstep.cases.actions.report import Contact, Place, Report, report
    from doorstep.cases.models import Case
    from doorstep.core.access import WORKER, acting_as

    above = {"community": town.community, "subdistrict": town.subdistrict, "county": town.county}
    there: dict[str, Any] = {"lon": LON + SQUARE_DEG / 2, "lat": LAT - SQUARE_DEG / 2, "door": town.door}
    place = Place(words="老地方", **above) if nowhere else Place(**above, **there)
    contact = Contact(name="示例居民", email="resident@example.invalid")
    said = Report(words, place, contact, item="" if nowhere else item, page=page, pictures=(clean(a_photo()),))
    with acting_as(WORKER):
        case = report(said, at=at).case
        advance(at=at)
        return Case.objects.get(pk=case)


def a_photo() -> bytes:
    """A picture as a phone takes it: with the place in it."""
    from io import BytesIO

    from PIL import Image

    picture, out = Image.linear_gradient("L").resize((640, 480)).convert("RGB"), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 12.0, 0.0), 3: "E", 4: (119.0, 24.0, 0.0)})
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def _link(case: Case, at: datetime) -> str:
    from doorstep.core.access.links import follow_token

    return follow_token(case.pk, at=at)


def _write_tables(town: Town, at: datetime) -> dict[str, int]:
    """A published dispatch table, a draft after it, and a rehearsal of that; about what nobody else's story is."""
    from doorstep.cases import tables
    from doorstep.cases.actions import tables as acts
    from doorstep.cases.actions.rehearsing import ask_for_rehearsal, work_on_next
    from doorstep.core.access import acting_as
    from doorstep.core.time import clock
    from doorstep.core.time.zone import local_date

    command = town.actor("command")
    day = local_date(at)
    at_night = tables.Words(what=("glare",), hours="20:00-06:00", holder="subdistrict", reason="夜间由镇街值班处置")
    by_office = tables.Words(what=("funeral",), holder="subdistrict", reason="丧葬事宜由镇街统一接洽")
    with acting_as(command):
        first = acts.begin(by=command, at=at)
        acts.add_row(at_night, by=command, at=at)
        first.refresh_from_db()
        acts.publish(day, seen=first.seq, by=command, at=at)
        draft = acts.begin(by=command, at=at)
        row = acts.add_row(by_office, by=command, at=at)
        draft.refresh_from_db()
        asked = ask_for_rehearsal(draft, day - timedelta(days=30), day, by=command, at=at)
    work_on_next(now=clock.now)
    return {"published": first.version, "draft": draft.version, "row": row.id, "rehearsal": asked.pk}


# Territory -----------------------------------------------------------------------------------------------------------


def _make_doors(town: Town, at: datetime) -> None:
    from doorstep.areas.actions.doors import make_station
    from doorstep.core.access import acting_as

    dana = town.actor("dana")
    with acting_as(dana):
        make_station("示例驿站", LON + SQUARE_DEG / 3, LAT - SQUARE_DEG / 3, by=dana, at=at)


def _draw(town: Town, at: datetime) -> int:
    """A draft of new micro-grids for the community, over a few rows of houses."""
    import shapely

    from doorstep.areas.actions.drawing import Wishes, draw
    from doorstep.areas.models import Building
    from doorstep.core.access import WORKER, acting_as
    from doorstep.core.geometry.metres import Projection

    rows = []
    for number in range(12):
        lon = LON + SQUARE_DEG * (number % 4 + 0.4) / 2.2
        lat = LAT - SQUARE_DEG * (number // 4 + 0.5) / 2
        x, y = Projection.of(lon).metres(lon, lat)
        rows.append(
            Building(
                community_id=town.community, source="invented", source_id=str(number), name=f"{number + 1} 号楼",
                kind="apartments", footprint=shapely.to_wkb(shapely.box(lon, lat, lon + 4e-4, lat + 1.5e-4)),
                lon=lon, lat=lat, x=x, y=y, floors=6, entrances=2, dwellings=FIRST_HOUSEHOLDS + number,
                dwellings_basis="estimated", imported_at=at,
            )
        )  # fmt: skip
    dana = town.actor("dana")
    with acting_as(WORKER):
        Building.objects.bulk_create(rows)
    with acting_as(dana):
        return draw(town.community, Wishes(effort="quick"), by=dana, at=at).pk


if __name__ == "__main__":
    main()
