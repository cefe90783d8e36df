"""Emergency mode opens with the yes of another person above, ends by itself, and changes nothing for staff."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.alerts.people import NEED, asked_for, needed, opened, somebody
from tests.town import MORNING
from tests.visiting import signed_in

from doorstep.alerts import emergencies
from doorstep.alerts.actions import emergency as acts
from doorstep.alerts.actions import needing
from doorstep.alerts.actions.emergency import EmergencyRefused
from doorstep.alerts.models import Emergency, Need, Step, Supply
from doorstep.alerts.rules.emergency import KEPT_FOR, WAITS_FOR, EmergencyNotFound
from doorstep.core.access import ANONYMOUS, WORKER, acting_as
from doorstep.core.time import clock
from doorstep.staff.models import Appointment

DAY = timedelta(days=1)


def kept(number):
    with acting_as(WORKER):
        return Emergency.objects.get(pk=number)


def need_kept(number):
    with acting_as(WORKER):
        return Need.objects.get(pk=number)


def do(town, who, deed, *given, at=MORNING):
    by = somebody(town, who)
    with acting_as(by):
        return deed(*given, by=by, at=at)


def refused(town, who, deed, *given, at=MORNING):
    with pytest.raises(EmergencyRefused) as error:
        do(town, who, deed, *given, at=at)
    assert error.value.try_this is not None
    return error.value


def is_public(at=MORNING):
    with acting_as(ANONYMOUS):
        return bool(emergencies.open_now(at))


# Opening, renewing, ending --------------------------------------------------------------------------------------------


def test_it_is_on_once_another_person_of_the_level_above_said_yes(town):
    number = asked_for(town, MORNING)
    assert not is_public()
    assert do(town, "subdistrict", acts.approve, number) == MORNING + 3 * DAY
    assert is_public()


@pytest.mark.parametrize(
    ("who", "says"), [("dana", "不归您的岗位批准"), ("chen", "没有这一条"), ("other_desk", "没有这一条")]
)
def test_nobody_below_or_elsewhere_approves(town, who, says):
    number = asked_for(town, MORNING)
    assert says in str(refused(town, who, acts.approve, number).message)
    assert kept(number).state == "asked"


def test_whoever_asked_does_not_approve_even_of_the_right_level(town):
    number = asked_for(town, MORNING, "subdistrict")
    assert "不能自己批准" in str(refused(town, "subdistrict", acts.approve, number).message)
    do(town, "command", acts.approve, number)
    assert is_public()


def test_the_database_itself_opens_nothing_without_approval_and_counts_no_person_twice(town):
    number = asked_for(town, MORNING)
    with acting_as(WORKER):
        with pytest.raises(IntegrityError, match="no approval"), transaction.atomic():
            Emergency.objects.filter(pk=number).update(state="open", until=MORNING + DAY)
        asker = Step.objects.get(emergency=number).person_id
        with pytest.raises(IntegrityError, match="nobody_approves"), transaction.atomic():
            Step.objects.create(emergency_id=number, seq=0, kind="approved", person_id=asker, role="county", at=MORNING)


def test_an_approver_who_is_gone_approves_nothing_and_it_never_opens(town):
    number, subdistrict = asked_for(town, MORNING), somebody(town, "subdistrict")
    with acting_as(WORKER):
        Appointment.objects.filter(post=town.posts["subdistrict"]).update(until_on=MORNING.date())
    with acting_as(subdistrict), pytest.raises(EmergencyRefused, match="已经不在这个岗位"):
        acts.approve(number, by=subdistrict, at=MORNING)
    acts.look_again(MORNING + WAITS_FOR)
    assert kept(number).state == "lapsed"
    refused(town, "command", acts.approve, number, at=MORNING + WAITS_FOR)


def test_a_renewal_whose_approver_is_gone_lapses_with_the_mode(town):
    number = opened(town, MORNING)
    do(town, "dana", acts.renew, number, 5, "雪还没停")
    with acting_as(WORKER):
        Appointment.objects.filter(post=town.posts["subdistrict"]).update(until_on=MORNING.date())
    subdistrict = somebody(town, "subdistrict")
    with acting_as(subdistrict), pytest.raises(EmergencyRefused, match="已经不在这个岗位"):
        acts.approve(number, by=subdistrict, at=MORNING)
    acts.look_again(MORNING + 3 * DAY)
    assert (kept(number).state, kept(number).asks_days) == ("over", None)


def test_where_nobody_could_approve_it_is_not_asked_for(town):
    for who in ("subdistrict", "command"):
        somebody(town, who)
    above = [town.posts["subdistrict"], town.posts["command"]]
    with acting_as(WORKER):
        Appointment.objects.filter(post__in=above).update(until_on=MORNING.date())
    says = refused(town, "dana", acts.ask, "321102001001", "大雪封路", 3)
    assert "没有另一个人能批准" in str(says.message)


def test_it_ends_by_itself_for_every_reader_whether_or_not_the_worker_came_by(town):
    number, until = opened(town, MORNING), MORNING + 3 * DAY
    assert is_public(until - timedelta(seconds=1)) and not is_public(until)
    with pytest.raises(EmergencyRefused, match="已经结束"):
        needed(number, until)
    # What has run out stands in nobody's way either.
    assert asked_for(town, until) != number
    assert kept(number).state == "over"


def test_a_renewal_counts_from_the_old_end_and_only_with_a_new_yes(town):
    number = opened(town, MORNING)
    do(town, "dana", acts.renew, number, 5, "雪还没停")
    assert kept(number).until == MORNING + 3 * DAY
    refused(town, "dana", acts.renew, number, 5, "雪还没停")
    do(town, "subdistrict", acts.send_back, number, "先扫雪")
    assert kept(number).state == "open"
    do(town, "dana", acts.renew, number, 2, "车还进不来")
    do(town, "subdistrict", acts.approve, number)
    assert kept(number).until == MORNING + 5 * DAY
    refused(town, "subdistrict", acts.approve, number)


def test_sent_back_it_never_opens(town):
    number = asked_for(town, MORNING)
    do(town, "subdistrict", acts.send_back, number, "路已经通了")
    assert kept(number).state == "sent-back"
    refused(town, "command", acts.approve, number)


def test_it_is_ended_early_with_words(town):
    number = opened(town, MORNING)
    assert refused(town, "dana", acts.end, number, "").where == "end_words"
    do(town, "dana", acts.end, number, "路通了，超市恢复营业。")
    assert kept(number).state == "ended" and not is_public()
    refused(town, "dana", acts.renew, number, 3, "再来")


def test_two_desks_that_ask_at_once_are_answered_in_words(town):
    asked_for(town, MORNING)
    says = refused(town, "subdistrict", acts.ask, "321102001001", "大雪封路", 3)
    assert "已经有人申请" in str(says.message)


@pytest.mark.parametrize(
    ("area", "reason", "days", "where"),
    [
        ("321102001001", "", 3, "reason"),
        ("321102001001", "雪" * 301, 3, "reason"),
        ("321102001001", "看 www.evil.top", 3, "reason"),
        ("321102001001", "大雪", None, "days"),
        ("321102001001", "大雪", 0, "days"),
        ("321102001001", "大雪", 15, "days"),
        ("321102001001", "大雪", 10**18, "days"),
        ("999", "大雪", 3, "area"),
        ("321102001002", "大雪", 3, "area"),
        ("32110200100100101", "大雪", 3, "area"),
    ],
)
def test_what_may_not_be_asked_is_refused_with_where_and_what_to_do(town, area, reason, days, where):
    somebody(town, "subdistrict")
    assert refused(town, "dana", acts.ask, area, reason, days).where == where


# Who needs what -------------------------------------------------------------------------------------------------------


def test_a_need_is_promised_brought_and_done(town):
    number = opened(town, MORNING)
    need = needed(number, MORNING)
    first = do(town, "chen", needing.promise, need, 1, "暖心超市")
    second = do(town, "chen", needing.promise, need, 1, "2 楼的邻居")
    says = refused(town, "chen", needing.promise, need, 1, "又一家")
    assert "只差" in str(says.message)
    do(town, "chen", needing.drop, second)
    do(town, "dana", needing.bring, first)
    assert need_kept(need).state == "open"
    do(town, "dana", needing.bring, do(town, "dana", needing.promise, need, 1, "社区食堂"))
    assert need_kept(need).state == "done"
    assert "已经送到" in str(refused(town, "dana", needing.bring, first).message)


def test_who_lives_there_is_sealed_and_erased_after_the_end(town):
    number = opened(town, MORNING)
    need = needed(number, MORNING)
    do(town, "chen", needing.promise, need, 1, "示例邻居")
    row = need_kept(need)
    assert b"13900000000" not in bytes(row.sealed) and emergencies.household(row).phone == "13900000000"
    until = MORNING + 3 * DAY
    acts.look_again(until)
    acts.look_again(until + KEPT_FOR - timedelta(seconds=1))
    assert need_kept(need).sealed is not None
    acts.look_again(until + KEPT_FOR)
    row = need_kept(need)
    assert (row.sealed, row.place, row.lon, row.lat) == (None, "", None, None)
    assert (row.item, row.quantity) == ("food", 2)
    with acting_as(WORKER):
        assert Supply.objects.get().promised_by == ""
    assert emergencies.household(row) == emergencies.Household()


def test_a_need_taken_back_keeps_nothing_and_frees_what_was_promised(town):
    number = opened(town, MORNING)
    need = needed(number, MORNING)
    do(town, "chen", needing.promise, need, 2, "暖心超市")
    needing.withdraw(need, at=MORNING)
    assert (need_kept(need).state, need_kept(need).sealed) == ("withdrawn", None)
    with acting_as(WORKER):
        assert Supply.objects.get().state == "dropped"
    with pytest.raises(EmergencyRefused):
        needing.withdraw(need, at=MORNING)
    refused(town, "chen", needing.promise, need, 1, "暖心超市")


@pytest.mark.parametrize("who", ["other_desk", "water", "ben"])
def test_who_does_not_serve_there_sees_no_need_and_promises_nothing(town, who):
    number = opened(town, MORNING)
    need, by = needed(number, MORNING), somebody(town, who)
    with acting_as(by):
        assert emergencies.needs_of(emergencies.one(number), by, MORNING) == []
        with pytest.raises(EmergencyNotFound):
            needing.promise(need, 1, "谁", by=by, at=MORNING)


def test_a_grid_serves_its_own_doors(town):
    number = opened(town, MORNING)
    needed(number, MORNING)
    needed(number, MORNING, door="", home="西边平房第三间")
    seen = {}
    for who in ("chen", "eli", "dana", "command"):
        by = somebody(town, who)
        with acting_as(by):
            seen[who] = len(emergencies.needs_of(emergencies.one(number), by, MORNING))
    assert seen == {"chen": 2, "eli": 1, "dana": 2, "command": 2}


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"item": "gold"}, "item"),
        ({"quantity": None}, "quantity"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": 100}, "quantity"),
        ({"quantity": 10**18}, "quantity"),
        ({"item": "other"}, "words"),
        ({"words": "话" * 201}, "words"),
        ({"door": "", "home": ""}, "home"),
        ({"door": "NOSUCH"}, "door"),
        ({"phone": "1" * 61}, "phone"),
    ],
)
def test_a_need_that_makes_no_sense_is_refused_with_where_and_what_to_do(town, given, where):
    number = opened(town, MORNING)
    with pytest.raises(EmergencyRefused) as error:
        needed(number, MORNING, **given)
    assert error.value.where == where and error.value.try_this is not None


def test_a_door_outside_of_the_area_is_told_so(town):
    number = opened(town, MORNING, area="321102001001002")
    with pytest.raises(EmergencyRefused, match="不在应急模式的范围里"):
        needed(number, MORNING)


def test_a_need_is_told_without_an_account_and_taken_back_by_its_link(town):
    now = clock.now()
    number = opened(town, now)
    ava, evil = Client(), "<script>alert(1)</script>"
    page = f"/emergency/{number}/"
    assert ava.post(page, {**NEED, "quantity": "-1"}).status_code == 422
    answer = ava.post(page, {**NEED, "item": "other", "words": evil, "home": evil[:60]})
    assert answer.status_code == 303
    shown = ava.get(answer.url).content.decode()
    assert "工作人员已看到" in shown and "13900000000" not in shown
    chen = signed_in(town, "chen")
    with acting_as(WORKER):
        need = Need.objects.get()
    seen = chen.get(f"/desk/emergency/{number}/needs/{need.pk}/").content.decode()
    assert "13900000000" in seen and evil not in seen and "&lt;script&gt;" in seen
    assert ava.post(answer.url).status_code == 303
    assert need_kept(need.pk).state == "withdrawn"
    assert ava.get("/emergency/needs/forged/").status_code == 404


def test_the_list_for_who_serves_is_a_table_a_sheet_and_a_layer(town):
    now = clock.now()
    number = opened(town, now)
    needed(number, now)
    chen, eli = signed_in(town, "chen"), signed_in(town, "eli")
    table = b"".join(chen.get(f"/desk/emergency/{number}/needs.csv").streaming_content).decode()
    assert "13900000000" in table and "示例阿娃" in table
    assert NEED["home"] in chen.get(f"/desk/emergency/{number}/print/").content.decode()
    (pin,) = chen.get(f"/desk/emergency/{number}/needs.geojson").json()["features"]
    assert NEED["home"] not in str(pin) and "示例阿娃" not in str(pin)
    # The door lies in Chen's grid: Eli of the next one sees neither the pin nor the line.
    assert eli.get(f"/desk/emergency/{number}/needs.geojson").json()["features"] == []
    assert NEED["home"] not in eli.get(f"/desk/emergency/{number}/print/").content.decode()
    other = signed_in(town, "other_desk")
    for part in ("needs.csv", "needs.geojson", "print/"):
        assert other.get(f"/desk/emergency/{number}/{part}").status_code == 404


# What it does not change ----------------------------------------------------------------------------------------------

WAYS = ("/field/", "/field/report", "/staff/seats", "/staff/sessions", "/desk/admission/")
BANNER = re.compile(r'<div class="notice emergency".*?</div></div>', re.DOTALL)
ONCE = re.compile(r'name="(csrfmiddlewaretoken|form)" value="[^"]*"|\d+ (秒|分钟)|\d\d:\d\d')


def test_for_staff_nothing_is_different_while_it_is_on_but_the_banner(town):
    chen = signed_in(town, "chen")

    def pages():
        return [ONCE.sub("", chen.get(each).content.decode()) for each in WAYS]

    before = pages()
    opened(town, clock.now())
    during = pages()
    assert all(BANNER.search(each) for each in during)
    assert [re.sub(r"\s+", " ", BANNER.sub("", each)) for each in during] == [
        re.sub(r"\s+", " ", each) for each in before
    ]


def test_residents_of_the_place_see_the_banner_and_others_at_their_door_do_not(town):
    opened(town, clock.now(), area="321102001001")
    for page in ("/", "/report/", "/way/DOOR0001", "/help/DOOR0001"):
        assert "notice emergency" in Client().get(page).content.decode(), page
    other, mine = signed_in(town, "other_desk"), signed_in(town, "dana")
    assert "notice emergency" not in other.get("/desk/").content.decode()
    assert "notice emergency" in mine.get("/desk/").content.decode()
