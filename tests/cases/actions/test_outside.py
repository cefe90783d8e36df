"""A link for a unit without accounts: given, opened, worked by, and dead when it should be."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.cases.test_life import moves, the

from doorstep.cases.actions import act, calling, close, dispatch, outside, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case, Event, OutsideLink, Part, Said
from doorstep.cases.outside import links_of, part_seen
from doorstep.cases.queries import ledger_of
from doorstep.cases.rules.decline import DeclineRefused
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.outside import LinkOver, OutsideRefused
from doorstep.core.access import WORKER, Actor, Role, acting_as, outside_handler
from doorstep.core.access.links import LinkRefused, outside_token
from doorstep.core.access.models import Deed
from doorstep.staff.models import Unit

ASKED = "请修好三楼的水管"
# The database reads its own clock: a link of the town's Monday would be over by now, or not yet begun.
MORNING = datetime.now(UTC)
LATER = MORNING + timedelta(hours=2)


def reported(town, words: str = "楼道里堆满了杂物", item: str = "stairwell-rubbish") -> int:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    return report(Report(words, place, Contact(phone="13800000000"), item=item), at=MORNING).case


@pytest.fixture
def firm(town) -> int:
    """A repair firm: no seat, no account."""
    with acting_as(WORKER):
        return Unit.objects.create(kind="outside", name="示例维修公司", area_id=town.community).pk


@pytest.fixture
def whole(town) -> int:
    case = reported(town)
    advance(at=MORNING)
    return case


@pytest.fixture
def part(town, whole, firm) -> int:
    """The firm's part of a case that Chen's team holds, called for by Dana."""
    return part_for(town, whole, firm)


def part_for(town, whole: int, unit: int, by: str = "dana") -> int:
    caller = town.actor(by)
    with acting_as(caller):
        calling.call(whole, [unit], ASKED, by=caller, at=MORNING, finishes=True)
    with acting_as(WORKER):
        return Part.objects.get(whole=whole, unit=unit).case_id


def give(town, case: int, by: str = "dana", days: int | None = 14, at=MORNING) -> outside.Given:
    giver = town.actor(by)
    with acting_as(giver):
        return outside.give(case, days, by=giver, at=at)


def enter(token: str, at=LATER) -> Actor:
    with acting_as(WORKER):
        return outside.enter(token, at=at)


@contextmanager
def at_the_door(town, case: int, **more):
    """The firm's hand, who has opened a new link."""
    handler = enter(give(town, case, **more).token)
    with acting_as(handler):
        yield handler


# What is done by a link -----------------------------------------------------------------------------------------------


def test_the_firm_takes_says_when_it_comes_and_does_it_and_each_row_names_the_unit_and_the_link(town, part, firm):
    with at_the_door(town, part) as handler:
        act.take(part, by=handler, at=LATER)
        act.note(part, "下午三点到", by=handler, at=LATER)
        act.do(part, "换了阀门，不漏了。", by=handler, at=LATER)
    with acting_as(WORKER):
        rows = ledger_of(part)[-3:]
    assert [row.move for row in rows] == ["take", "note", "do"]
    assert {(row.by_hat, row.by_unit, row.by_post) for row in rows} == {("holder", firm, None)}
    assert {row.facts["link"] for row in rows} == {handler.link}
    assert the(part).state == "done"


def test_when_the_part_is_judged_the_whole_is_done_and_the_link_is_over(town, whole, part):
    given = give(town, part)
    handler, dana = enter(given.token), town.actor("dana")
    with acting_as(handler):
        act.do(part, "换了阀门。", by=handler, at=LATER)
    assert enter(given.token) == handler
    with acting_as(dana):
        calling.judge(part, "4", "", by=dana, at=LATER)
    advance(at=LATER)
    assert (the(part).state, the(whole).state) == ("closed", "done")
    with pytest.raises(LinkOver, match="已经结束"):
        enter(given.token)


def test_that_it_is_not_theirs_goes_to_the_desk_and_the_link_lives_until_it_is_sent_elsewhere(town, part, firm):
    given = give(town, part)
    handler, dana = enter(given.token), town.actor("dana")
    with acting_as(handler):
        act.decline(part, "水管归自来水公司", by=handler, at=LATER, cited="水管归自来水公司")
        assert Move.DECLINE not in part_seen(handler, at=LATER).mine
        with pytest.raises(DeclineRefused):
            act.decline(part, "真的不归我们", by=handler, at=LATER, cited="真的不归我们")
    assert the(part).holder_unit_id == firm and enter(given.token) == handler
    subdistrict = town.actor("subdistrict")
    with acting_as(subdistrict):
        dispatch.dispatch_by_hand(part, town.units["water"], by=subdistrict, at=LATER)
    with pytest.raises(LinkOver, match="已经不在您单位办理"):
        enter(given.token)
    with acting_as(dana):
        assert links_of(part)[0].ended_because == "moved"


def test_what_the_reporter_still_misses_is_read_by_the_link(town, part):
    dana = town.actor("dana")
    with at_the_door(town, part) as handler:
        act.do(part, "换了阀门。", by=handler, at=LATER)
    with acting_as(dana):
        verify.say_not_solved(part, "接头还在滴水", by=dana, at=LATER)
        act.note(part, "只给同事看", by=dana, at=LATER, for_reporter=False)
    with acting_as(handler):
        seen = part_seen(handler, at=LATER)
    assert [each.words for each in seen.told] == ["换了阀门。", "接头还在滴水"]
    assert seen.words == ASKED and Move.DO in seen.mine


def test_a_case_given_to_a_firm_by_hand_is_worked_by_link_too(town, whole, firm):
    dana = town.actor("dana")
    with acting_as(dana):
        dispatch.dispatch_by_hand(whole, firm, by=dana, at=MORNING)
    with at_the_door(town, whole) as handler:
        act.do(whole, "都清走了。", by=handler, at=LATER)
        assert part_seen(handler, at=LATER).part is None
    assert the(whole).state == "done"


def test_no_rule_sends_anything_to_a_firm_from_outside(town):
    with acting_as(WORKER):
        Unit.objects.create(kind="outside", name="示例维修公司", area_id=town.community, is_on_call=True)
    lamp = reported(town, "三楼的楼道灯不亮了", item="street-light")
    advance(at=MORNING)
    with acting_as(WORKER):
        kind = Unit.objects.filter(pk=the(lamp).holder_unit_id).values_list("kind", flat=True).first()
    assert kind != "outside"


# What is seen ---------------------------------------------------------------------------------------------------------


def test_by_the_link_the_database_shows_one_case_and_what_belongs_to_it(town, whole, part):
    other = reported(town, "门口堆满了杂物")
    advance(at=MORNING)
    with at_the_door(town, part) as handler:
        assert set(Case.objects.values_list("pk", flat=True)) == {part}
        assert set(Event.objects.values_list("case", flat=True)) == {part}
        assert set(Said.objects.values_list("words", flat=True)) == {ASKED}
        assert set(OutsideLink.objects.values_list("id", flat=True)) == {handler.link}
        with pytest.raises(CaseNotFound):
            act.note(other, "看看", by=handler, at=LATER)
    for table in ("cases_contact", "cases_sound", "notices_notice", "cases_reveal", "staff_person"):
        with acting_as(handler), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _count(table)
    with acting_as(handler), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        OutsideLink.objects.values_list("token_hash").first()


def _count(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")


def test_another_unit_and_a_link_that_is_over_see_nothing_even_in_sql(town, part, firm):
    given = give(town, part)
    for forged in (
        outside_handler(part, unit=town.units["water"], link=given.id),
        outside_handler(part + 1, unit=firm, link=given.id),
        Actor(Role.OUTSIDE),
    ):
        with acting_as(forged):
            assert not Case.objects.exists() and not Event.objects.exists()
    dana = town.actor("dana")
    with acting_as(dana):
        outside.withdraw(given.id, by=dana, at=LATER)
    with acting_as(outside_handler(part, unit=firm, link=given.id)):
        assert not Case.objects.exists()


def test_a_link_whose_time_is_over_shows_nothing_in_sql_whatever_the_pages_think(town, part, firm):
    given = give(town, part, days=3)
    handler = outside_handler(part, unit=firm, link=given.id)
    with acting_as(handler):
        assert Case.objects.count() == 1
    with acting_as(WORKER):
        OutsideLink.objects.update(until=datetime.now(UTC) - timedelta(seconds=1))
    with acting_as(handler):
        assert not Case.objects.exists() and not Event.objects.exists() and not Said.objects.exists()
        with pytest.raises(CaseNotFound):
            act.take(part, by=handler, at=LATER)


def test_a_link_that_was_replaced_shows_nothing_in_sql_while_the_newer_one_lives(town, part, firm):
    first, second = give(town, part), give(town, part)
    for link, seen in ((first, 0), (second, 1)):
        with acting_as(outside_handler(part, unit=firm, link=link.id)):
            assert (Case.objects.count(), OutsideLink.objects.only("id").count()) == (seen, 1)


@pytest.mark.parametrize("move", ["pause", "raise", "ask", "redo", "verify", "close", "dispatch"])
def test_the_database_refuses_every_move_that_no_link_offers(town, part, move):
    with acting_as(WORKER):
        now = the(part)
    row = {"move": move, "by_hat": "holder", "to": now.state, "link": None}
    with at_the_door(town, part) as handler, pytest.raises(ProgrammingError, match="row-level security"):
        _insert(now, {**row, "link": handler.link}, handler)


@pytest.mark.parametrize(
    "change", [{"link": 10**9}, {"by_hat": "desk"}, {"by_unit": 1}, {"by_post": 1}], ids=lambda each: next(iter(each))
)
def test_the_database_refuses_a_row_under_another_name(town, part, change):
    with acting_as(WORKER):
        now = the(part)
    with at_the_door(town, part) as handler, pytest.raises(ProgrammingError, match="row-level security"):
        _insert(now, {"move": "note", "by_hat": "holder", "to": now.state, "link": handler.link, **change}, handler)


def _insert(now: Case, row: dict, handler: Actor) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_event (case_id, seq, move, from_state, to_state, happened_at, heard_at, by_hat, by_post,"
            " by_unit, facts, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s,"
            " jsonb_build_object('link', %s), '')",
            [now.pk, now.seq + 1, row["move"], now.state, row["to"], LATER, LATER, row["by_hat"], row.get("by_post"),
             row.get("by_unit", handler.unit), row["link"]],
        )  # fmt: skip


@pytest.mark.parametrize(("item", "hidden"), [("family-dispute", True), ("stairwell-rubbish", False)])
def test_the_place_of_a_sensitive_case_is_blurred_and_its_reporter_a_pseudonym(town, firm, item, hidden):
    case = reported(town, "隔壁又在吵架", item=item)
    advance(at=MORNING)
    dana = town.actor("dana")
    with acting_as(dana):
        dispatch.dispatch_by_hand(case, firm, by=dana, at=MORNING)
    with at_the_door(town, case) as handler:
        seen = part_seen(handler, at=LATER)
    assert seen.is_place_blurred is hidden
    assert ("1 号楼" in seen.places) is not hidden
    assert str(seen.reporter)


# Who gives and takes back --------------------------------------------------------------------------------------------


def test_who_gave_it_and_when_it_was_first_opened_are_kept(town, part):
    given = give(town, part)
    enter(given.token, LATER)
    enter(given.token, LATER + timedelta(hours=1))
    with acting_as(town.actor("dana")):
        (row,) = links_of(part)
        told = ledger_of(part)[-1]
    assert (row.given_by, row.opened_at, row.until) == ("示例community_desk", LATER, MORNING + timedelta(days=14))
    assert (told.move, told.by_post, told.by_hat) == ("note", town.posts["dana"], "desk")
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        kept = list(Deed.objects.filter(subject=f"link {given.id}").order_by("id").values_list("what", "role"))
    assert kept == [("gave-outside-link", "community"), ("opened-outside-link", "outside")]


def test_the_secret_is_kept_by_nobody(town, part):
    given = give(town, part)
    secret = given.token.split(".")[0]
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(l)::text FROM cases_outside_link l")
        kept = cursor.fetchone()[0]
    assert secret not in kept and given.token not in kept


def test_the_team_that_called_the_firm_gives_it_a_link_and_says_so_on_its_own_case(town, whole, firm):
    part = part_for(town, whole, firm, by="chen")
    given = give(town, part, by="chen")
    assert enter(given.token).case == part
    with acting_as(WORKER):
        told = ledger_of(whole)[-1]
    assert (told.move, told.by_post, told.facts["of"]) == ("note", town.posts["chen"], the(part).number)


def test_another_desk_another_grid_and_another_department_give_no_link(town, part):
    for stranger in ("other_desk", "water", "eli"):
        with pytest.raises(CaseNotFound):
            give(town, part, by=stranger)


def test_a_grid_that_called_nobody_gives_no_link(town, whole, firm):
    part = part_for(town, whole, firm)
    with acting_as(WORKER):
        Case.objects.filter(pk=whole).update(holder_unit=town.units["community_desk"])
    with pytest.raises(OutsideRefused, match="只有受理台"):
        give(town, part, by="chen")


def test_a_unit_whose_people_sign_in_gets_no_link(town, whole):
    with pytest.raises(OutsideRefused, match="自己登录"):
        give(town, whole)


@pytest.mark.parametrize("days", [None, 0, 1, 31, 10**9])
def test_a_link_is_good_for_one_of_the_offered_times(town, part, days):
    with pytest.raises(OutsideRefused, match="有效期"):
        give(town, part, days=days)


def test_nobody_gets_a_link_to_a_case_that_has_ended(town, whole, part):
    dana = town.actor("dana")
    with acting_as(dana):
        close.close_by_hand(part, "out-of-scope", "这一部分不用再办，已经另有安排。", by=dana, at=MORNING)
    with pytest.raises(OutsideRefused, match="没有单位在办"):
        give(town, part)


# What ends a link -----------------------------------------------------------------------------------------------------


def test_a_withdrawn_link_opens_nothing_and_is_withdrawn_once(town, part):
    given, dana = give(town, part), town.actor("dana")
    handler = enter(given.token)
    with acting_as(dana):
        outside.withdraw(given.id, by=dana, at=LATER)
        with pytest.raises(OutsideRefused, match="不必再收回"):
            outside.withdraw(given.id, by=dana, at=LATER)
    with pytest.raises(LinkOver, match="已经被收回"):
        enter(given.token)
    with acting_as(handler), pytest.raises(CaseNotFound):
        act.take(part, by=handler, at=LATER)


def test_another_desk_takes_no_link_back(town, part):
    given, other = give(town, part), town.actor("other_desk")
    with acting_as(other), pytest.raises(CaseNotFound):
        outside.withdraw(given.id, by=other, at=LATER)
    with acting_as(town.actor("dana")), pytest.raises(CaseNotFound):
        outside.withdraw(10**9, by=town.actor("dana"), at=LATER)


def test_a_new_link_ends_the_one_before(town, part):
    first, second = give(town, part), give(town, part)
    with pytest.raises(LinkOver, match="已经换了新的链接"):
        enter(first.token)
    assert enter(second.token).link == second.id


def test_an_expired_link_says_so(town, part):
    given = give(town, part, days=3)
    enter(given.token, MORNING + timedelta(days=3, seconds=-1))
    with pytest.raises(LinkOver, match="过了有效期"):
        enter(given.token, MORNING + timedelta(days=3))


def test_the_end_of_the_whole_and_the_end_of_the_unit_end_the_link(town, whole, part, firm):
    from doorstep.staff.actions.units import end_unit

    given, dana = give(town, part), town.actor("dana")
    with acting_as(dana):
        close.close_by_hand(whole, "explained", "已经请自来水公司另行处理，不用再上门。", by=dana, at=LATER)
    with pytest.raises(LinkOver, match="已经结束"):
        enter(given.token)
    other = reported(town, "楼道里又堆了杂物")
    advance(at=MORNING)
    again = give(town, part_for(town, other, firm))
    system = Actor(Role.SYSTEM_ADMIN)
    with acting_as(system):
        end_unit(firm, by=system, at=LATER)
    with pytest.raises(LinkOver, match="已经不在您单位办理"):
        enter(again.token)


@pytest.mark.parametrize("forge", [lambda token: token[:-1], lambda token: f"x{token}", lambda token: outside_token()])
def test_a_wrong_link_is_told_nothing_of_what_there_is(town, part, forge):
    token = forge(give(town, part).token)
    with pytest.raises(LinkRefused) as refused:
        enter(token)
    with pytest.raises(LinkRefused) as nothing:
        enter("no-such-link")
    assert str(refused.value) == str(nothing.value)


def test_the_same_answer_twice_is_one(town, part):
    with at_the_door(town, part) as handler:
        seen = part_seen(handler, at=LATER).case.seq
        assert not outside.is_made(handler, Move.TAKE, seen)
        act.take(part, by=handler, at=LATER)
        assert outside.is_made(handler, Move.TAKE, seen)
        with pytest.raises(MoveRefused):
            act.take(part, by=handler, at=LATER)
    assert moves(part).count("take") == 1
