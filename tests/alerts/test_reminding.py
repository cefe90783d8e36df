"""One drafts, two others approve; nobody is told before, nobody twice, and whoever was told hears that it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from tests.alerts.people import approved, drafted, reachable, somebody, wish
from tests.town import MORNING

from doorstep.alerts import queries
from doorstep.alerts.actions import reminding, subscribing
from doorstep.alerts.actions.reminding import ReminderNotFound, ReminderRefused
from doorstep.alerts.letters import code_of, stop_link
from doorstep.alerts.models import Delivery, Family, Reminder, Step, Subscription
from doorstep.alerts.tasks import IN_HAND_FOR, LOCKED_WITHIN, send_by
from doorstep.core.access import ANONYMOUS, WORKER, acting_as

LATER = MORNING + timedelta(minutes=10)


def state(reminder):
    with acting_as(WORKER):
        return Reminder.objects.get(pk=reminder).state


def subscribed(contact="13900000000", door="DOOR0001", *, confirmed=True, **more):
    number = subscribing.ask(
        contact, "321102001001", door, agreed=True, with_drills=more.get("drills", False),
        language=more.get("language", "zh"), at=more.get("at", MORNING),
    )  # fmt: skip
    if confirmed:
        with acting_as(WORKER):
            row = Subscription.objects.get(pk=number)
        if row.code_until:
            subscribing.confirm(number, code_of(number, row.code_until), at=MORNING)
        with acting_as(WORKER):
            Delivery.objects.filter(phase="code").delete()
    return number


def refused(town, at=MORNING, who="chen", **more):
    with pytest.raises(ReminderRefused) as error:
        drafted(town, at, who, **more)
    return error.value


def test_it_goes_out_once_two_others_have_approved(town):
    number = drafted(town, MORNING)
    dana, subdistrict = somebody(town, "dana"), somebody(town, "subdistrict")
    with acting_as(dana):
        assert not reminding.approve(number, by=dana, at=MORNING)
    assert state(number) == "drafted"
    with acting_as(WORKER):
        assert not Delivery.objects.exists()
    with acting_as(subdistrict):
        assert reminding.approve(number, by=subdistrict, at=MORNING)
    assert state(number) == "going"
    with acting_as(WORKER):
        assert Delivery.objects.filter(reminder=number, state="waiting").exists()


def test_whoever_drafted_it_may_not_approve_it(town):
    reachable(town)
    dana = somebody(town, "dana")
    with acting_as(dana):
        number = reminding.draft(wish(MORNING), by=dana, at=MORNING)
        with pytest.raises(ReminderRefused, match="自己起草"):
            reminding.approve(number, by=dana, at=MORNING)


def test_nobody_approves_twice(town):
    number, dana = drafted(town, MORNING), somebody(town, "dana")
    with acting_as(dana):
        reminding.approve(number, by=dana, at=MORNING)
        with pytest.raises(ReminderRefused, match="只算一次"):
            reminding.approve(number, by=dana, at=MORNING)
    assert state(number) == "drafted"


def test_the_database_itself_lets_nothing_out_without_two_and_no_person_count_twice(town):
    number = drafted(town, MORNING)
    with acting_as(WORKER):
        with pytest.raises(IntegrityError, match="approval of two"), transaction.atomic():
            Reminder.objects.filter(pk=number).update(state="going")
        drafter = Step.objects.get(reminder=number).person_id
        with pytest.raises(IntegrityError, match="nobody_approves"), transaction.atomic():
            Step.objects.create(reminder_id=number, kind="approved", person_id=drafter, role="community", at=MORNING)
        with pytest.raises(IntegrityError, match="stay as they were"), transaction.atomic():
            Reminder.objects.filter(pk=number).update(words="别的话")
        with pytest.raises(ProgrammingError, match="permission"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM alerts_step")


@pytest.mark.parametrize("who", ["other_desk", "water", "eli"])
def test_who_does_not_answer_for_the_place_neither_sees_nor_approves_it(town, who):
    number, by = drafted(town, MORNING), somebody(town, who)
    with acting_as(by):
        assert queries.one(number) is None
        with pytest.raises(ReminderNotFound):
            reminding.approve(number, by=by, at=MORNING)


def test_a_grid_worker_drafts_and_does_not_approve(town):
    number, chen = drafted(town, MORNING, "dana"), somebody(town, "chen")
    with acting_as(chen), pytest.raises(ReminderRefused, match="不归您的岗位批准"):
        reminding.approve(number, by=chen, at=MORNING)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"kind": "party"}, "kind"),
        ({"words": " "}, "words"),
        ({"words": "水" * 501}, "words"),
        ({"words": "水" * 1_000_000}, "words"),
        ({"words": "点这里领补贴 http://evil.example"}, "words"),
        ({"words": "点这里 www.evil.top/x"}, "words"),
        ({"words": "点这里 ｗｗｗ．ｅｖｉｌ．ｃｏｍ"}, "words"),
        ({"words": "点这里 evil。com"}, "words"),
        ({"words": "点这里 ev\u200bil.vip/x"}, "words"),
        ({"words": "点这里 bit.ly/x"}, "words"),
        ({"until": MORNING}, "until"),
        ({"until": None}, "until"),
        ({"until": MORNING + timedelta(hours=73)}, "until"),
        ({"kind": "lost-child", "family": " ", "until": MORNING + timedelta(hours=3)}, "family"),
        ({"kind": "lost-child", "family": "母亲", "until": MORNING + timedelta(hours=25)}, "until"),
        ({"kind": "relay", "warning": "暴雨蓝色"}, "issuer"),
        ({"kind": "relay", "issuer": "示例区气象台"}, "warning"),
        ({"kind": "relay", "issuer": "台", "warning": "1 号", "issued_at": MORNING + timedelta(hours=1)}, "issued_at"),
        ({"kind": "relay", "issuer": "台", "warning": "1 号", "issued_at": MORNING, "source": "http://x"}, "source"),
        ({"area": "999"}, "area"),
        ({"area": "321102001002"}, "area"),
        ({"door": "NOSUCH", "metres": 50}, "door"),
        ({"door": "DOOR0001", "metres": 7}, "metres"),
        ({"drill": "loud"}, "drill"),
    ],
)
def test_what_may_not_be_said_is_refused_with_where_and_what_to_do(town, given, where):
    said = refused(town, **given)
    assert said.where == where and said.try_this is not None


def test_an_area_with_nobody_in_it_is_said_before_anybody_approves(town):
    dana = somebody(town, "dana")
    with acting_as(dana), pytest.raises(ReminderRefused, match="没有人能收到"):
        reminding.draft(wish(MORNING), by=dana, at=MORNING)


def test_ava_who_subscribed_gets_it_with_the_way_to_stop_it(town, texts):
    number = subscribed()
    reminder = approved(town, drafted(town, MORNING, door="DOOR0001", metres=50), MORNING)
    assert send_by("sms", lambda: MORNING, lines=0) == 2
    said = {each.message["to"]: each.message["text"] for each in texts.asked}
    assert set(said) == {"13900000000", "13800000001"}
    assert "水管爆裂" in said["13900000000"] and f"/reminders/{reminder}/" in said["13900000000"]
    assert stop_link(number) in said["13900000000"] and "/stop/" not in said["13800000001"]


def test_a_number_that_is_known_twice_gets_it_once(town, texts):
    subscribed("138 0000 0001")
    approved(town, drafted(town, MORNING), MORNING)
    send_by("sms", lambda: MORNING, lines=0)
    assert [each.message["to"] for each in texts.asked] == ["13800000001"]


def test_who_has_not_confirmed_or_has_stopped_gets_nothing(town, texts):
    subscribed(confirmed=False)
    stopped = subscribed("13900000001")
    assert subscribing.stop(stop_link(stopped).split("/")[-2], at=MORNING)
    approved(town, drafted(town, MORNING), MORNING)
    with acting_as(WORKER):
        assert not Subscription.objects.filter(pk=stopped).exists()
        assert Delivery.objects.exclude(phase="code").count() == 1


def test_a_circle_reaches_those_in_it_and_nobody_beyond(town):
    subscribed()
    near = drafted(town, MORNING, door="DOOR0001", metres=50)
    with acting_as(WORKER):
        Subscription.objects.update(lon=119.42)
    far = drafted(town, MORNING, door="DOOR0001", metres=500)
    with acting_as(WORKER):
        rows = {each: Reminder.objects.select_related("area").get(pk=each) for each in (near, far)}
    assert [each for each in queries.recipients(rows[far], MORNING.date()) if each.subscription] == []
    with acting_as(WORKER):
        Subscription.objects.update(lon=119.401)
    assert [each for each in queries.recipients(rows[near], MORNING.date()) if each.subscription] != []


def test_a_relay_is_marked_and_its_words_are_not_changed(town, texts):
    words = "预计未来 6 小时有 50 毫米以上降雨，详见 https://weather.example"
    number = drafted(
        town, MORNING, kind="relay", words=words, issuer="示例区气象台", warning="暴雨蓝色预警〔2026〕7 号",
        severity="蓝色", issued_at=MORNING - timedelta(minutes=5), source="https://weather.example/7",
    )  # fmt: skip
    approved(town, number, MORNING)
    send_by("sms", lambda: MORNING, lines=0)
    (said,) = (each.message["text"] for each in texts.asked)
    assert said.startswith("【转发】示例区气象台") and words in said


def test_what_is_too_long_for_a_text_message_stands_behind_the_link_and_is_not_cut(town, texts):
    approved(town, drafted(town, MORNING, words="水" * 480), MORNING)
    send_by("sms", lambda: MORNING, lines=0)
    said = texts.asked[0].message["text"]
    assert len(said) <= 300 and "水水" not in said and "/reminders/" in said


def test_cancelled_while_it_goes_out_the_rest_stays_unsent_and_those_reached_hear_it(town, texts):
    for n in range(5):
        subscribed(f"1390000000{n}")
    number = approved(town, drafted(town, MORNING), MORNING)
    with acting_as(WORKER):
        first = Delivery.objects.order_by("id").first()
        Delivery.objects.exclude(pk=first.pk).update(look_again_at=LATER)
    send_by("sms", lambda: MORNING, lines=0)
    dana = somebody(town, "dana")
    with acting_as(dana):
        stopped = reminding.cancel(number, "已修好，请放心。", by=dana, at=LATER)
    assert stopped >= 5
    reminding.look_again(LATER)
    texts.asked.clear()
    send_by("sms", lambda: LATER, lines=0)
    assert len(texts.asked) == 1 and "【解除】" in texts.asked[0].message["text"]
    assert "已修好" in texts.asked[0].message["text"]
    # Looked at again, nobody hears it twice.
    reminding.look_again(LATER + timedelta(minutes=1))
    assert send_by("sms", lambda: LATER + timedelta(hours=1), lines=0) == 0


def test_a_letter_in_hand_of_a_slow_line_stops_too(town, texts, monkeypatch):
    for n in range(3):
        subscribed(f"1390000000{n}")
    number, dana = approved(town, drafted(town, MORNING), MORNING), somebody(town, "dana")
    moments = iter(MORNING + timedelta(seconds=2 * n) for n in range(1000))

    def slow():
        at = next(moments)
        if texts.asked and state(number) == "going":
            with acting_as(dana):
                reminding.cancel(number, "解除。", by=dana, at=at)
        return at

    send_by("sms", slow, lines=0)
    assert len(texts.asked) == 1
    with acting_as(WORKER):
        assert Delivery.objects.filter(phase="word", state="stopped").count() == 3


@pytest.mark.parametrize(("channel", "then"), [("sms", "waiting"), ("email", "unclear")])
def test_what_a_killed_worker_had_in_hand_goes_again_only_where_it_counts_once(town, texts, post, channel, then):
    subscribed("ava@example.org" if channel == "email" else "13900000000")
    number = approved(town, drafted(town, MORNING), MORNING)
    with acting_as(WORKER):
        Delivery.objects.filter(reminder=number, channel=channel).update(
            state="handing", attempts=1, look_again_at=MORNING + IN_HAND_FOR
        )
    send_by(channel, lambda: MORNING + LOCKED_WITHIN - timedelta(seconds=1), lines=0)
    with acting_as(WORKER):
        assert set(Delivery.objects.filter(channel=channel).values_list("state", flat=True)) == {"handing"}
    send_by(channel, lambda: MORNING + IN_HAND_FOR, lines=0)
    with acting_as(WORKER):
        left = set(Delivery.objects.filter(channel=channel).values_list("state", flat=True))
    assert left == {"sent" if then == "waiting" else "unclear"}
    assert {each.headers.get("Idempotency-Key", each.headers.get("idempotency-key")) for each in texts.asked} == {
        f"reminder-{pk}" for pk in _ids("sms") if then == "waiting"
    }


def _ids(channel):
    with acting_as(WORKER):
        return list(Delivery.objects.filter(channel=channel).values_list("pk", flat=True))


def test_a_dead_channel_is_tried_later_and_holds_up_no_other(town, dead_gateway, post):
    subscribed("ava@example.org")
    subscribed("13900000000")
    approved(town, drafted(town, MORNING), MORNING)
    assert send_by("sms", lambda: MORNING, lines=0) == 2
    assert send_by("email", lambda: MORNING, lines=0) == 1
    assert post.letters[0]["To"] == "ava@example.org"
    with acting_as(WORKER):
        rows = list(Delivery.objects.filter(channel="sms"))
    assert {each.state for each in rows} == {"waiting"}
    assert all(each.look_again_at > MORNING for each in rows)


def test_a_drill_is_marked_and_goes_to_staff_and_who_agreed(town, texts):
    subscribed("13900000000")
    subscribed("13900000001", drills=True)
    number = approved(town, drafted(town, MORNING, drill="sent"), MORNING)
    send_by("sms", lambda: MORNING, lines=0)
    said = {each.message["to"]: each.message["text"] for each in texts.asked}
    assert set(said) == {"13900000001", "13800000001"}
    assert all(each.startswith("【演练】") and "不是真的" in each for each in said.values())
    with acting_as(ANONYMOUS):
        assert queries.public(MORNING) == [] and queries.one(number) is None


def test_a_drill_that_only_counts_sends_nothing(town, texts):
    subscribed(drills=True)
    approved(town, drafted(town, MORNING, drill="counted"), MORNING)
    assert send_by("sms", lambda: MORNING, lines=0) == 0 and texts.asked == []
    with acting_as(WORKER):
        assert Delivery.objects.filter(state="counted").count() == 2


def test_it_ends_by_itself_and_what_is_unsent_then_stays_unsent(town, texts):
    number = approved(town, drafted(town, MORNING), MORNING)
    over = MORNING + timedelta(hours=6)
    assert send_by("sms", lambda: over, lines=0) == 0
    reminding.look_again(over)
    assert state(number) == "over" and texts.asked == []
    with acting_as(ANONYMOUS):
        assert queries.public(over) == []


def test_a_draft_that_nobody_approved_in_time_lapses(town):
    number, dana = drafted(town, MORNING), somebody(town, "dana")
    over = MORNING + timedelta(hours=6)
    with acting_as(dana), pytest.raises(ReminderRefused):
        reminding.approve(number, by=dana, at=over)
    reminding.look_again(over)
    assert state(number) == "lapsed"


def test_of_a_lost_child_nothing_is_left_thirty_days_after_the_end(town):
    number = drafted(
        town, MORNING, kind="lost-child", family="母亲，电话确认", words="六岁男孩走失",
        until=MORNING + timedelta(hours=3),
    )  # fmt: skip
    approved(town, number, MORNING)
    with acting_as(WORKER):
        assert "母亲".encode() not in bytes(Family.objects.get(reminder=number).who)
    over = MORNING + timedelta(hours=3)
    reminding.look_again(over)
    reminding.look_again(over + reminding.KEPT_FOR)
    with acting_as(WORKER):
        row = Reminder.objects.get(pk=number)
        assert (row.words, row.look_again_at) == ("", None) and not Family.objects.exists()
        assert all(each.mark == str(each.pk) for each in Delivery.objects.filter(reminder=number))


def test_sent_back_with_a_reason_it_does_not_go_out(town):
    number, dana = drafted(town, MORNING), somebody(town, "dana")
    with acting_as(dana):
        with pytest.raises(ReminderRefused, match="为什么"):
            reminding.send_back(number, " ", by=dana, at=MORNING)
        reminding.send_back(number, "地点写错了", by=dana, at=MORNING)
    subdistrict = somebody(town, "subdistrict")
    with acting_as(subdistrict), pytest.raises(ReminderRefused):
        reminding.approve(number, by=subdistrict, at=MORNING)


def test_figures_by_channel_say_what_became_of_it(town, texts):
    number = approved(town, drafted(town, MORNING), MORNING)
    send_by("sms", lambda: MORNING, lines=0)
    by_channel = {each.channel: each for each in queries.tallies(number)}
    assert by_channel["sms"].sent == 1 and by_channel["sms"].waiting == 0


def test_whoever_is_not_signed_in_as_a_person_drafts_and_approves_nothing(town):
    number, dana = drafted(town, MORNING), town.actor("dana")
    with acting_as(dana):
        with pytest.raises(ReminderRefused, match="没有认出是谁"):
            reminding.draft(wish(MORNING), by=dana, at=MORNING)
        with pytest.raises(ReminderRefused, match="没有认出是谁"):
            reminding.approve(number, by=dana, at=MORNING)


def test_two_yeses_of_one_person_at_the_same_moment_count_as_one(town, monkeypatch):
    number, dana = drafted(town, MORNING), somebody(town, "dana")
    # The other request has written its yes after this one looked.
    monkeypatch.setattr(reminding, "_refuse_same", lambda row, person: None)
    with acting_as(dana):
        reminding.approve(number, by=dana, at=MORNING)
        with pytest.raises(ReminderRefused, match="只算一次"):
            reminding.approve(number, by=dana, at=MORNING)
    assert state(number) == "drafted"


def test_chen_takes_his_own_draft_back_but_not_danas(town):
    own, danas, chen = drafted(town, MORNING), drafted(town, MORNING, "dana"), somebody(town, "chen")
    with acting_as(chen):
        reminding.send_back(own, "写错了", by=chen, at=MORNING)
        with pytest.raises(ReminderRefused, match="不归您的岗位批准"):
            reminding.send_back(danas, "写错了", by=chen, at=MORNING)
        with pytest.raises(ReminderRefused, match="不能再这样做"):
            reminding.send_back(own, "写错了", by=chen, at=MORNING)
    assert (state(own), state(danas)) == ("sent-back", "drafted")


@pytest.mark.parametrize(("words", "why"), [(" ", "解除或更正"), ("好" * 301, "301")])
def test_an_all_clear_says_something_and_not_too_much(town, words, why):
    number, dana = approved(town, drafted(town, MORNING), MORNING), somebody(town, "dana")
    with acting_as(dana), pytest.raises(ReminderRefused, match=why):
        reminding.cancel(number, words, by=dana, at=MORNING)


def test_what_does_not_go_out_is_not_cancelled(town):
    number, dana = drafted(town, MORNING), somebody(town, "dana")
    with acting_as(dana), pytest.raises(ReminderRefused, match="不能再这样做"):
        reminding.cancel(number, "解除。", by=dana, at=MORNING)


def test_chen_cancels_what_he_drafted_and_nobody_elses(town):
    own, danas, chen = (
        approved(town, drafted(town, MORNING), MORNING),
        drafted(town, MORNING, "dana"),
        somebody(town, "chen"),
    )
    for who in ("subdistrict", "command"):
        by = somebody(town, who)
        with acting_as(by):
            reminding.approve(danas, by=by, at=MORNING)
    with acting_as(chen):
        reminding.cancel(own, "解除。", by=chen, at=MORNING)
        with pytest.raises(ReminderRefused, match="不归您的岗位批准"):
            reminding.cancel(danas, "解除。", by=chen, at=MORNING)


def test_the_all_clear_waits_for_letters_that_are_still_in_hand(town, texts):
    number, dana = approved(town, drafted(town, MORNING), MORNING), somebody(town, "dana")
    with acting_as(WORKER):
        Delivery.objects.filter(reminder=number).update(state="handing", look_again_at=LATER + IN_HAND_FOR)
    with acting_as(dana):
        reminding.cancel(number, "解除。", by=dana, at=LATER)
    reminding.look_again(LATER)
    with acting_as(WORKER):
        assert not Delivery.objects.filter(phase="all-clear").exists()
        Delivery.objects.filter(reminder=number).update(state="sent", look_again_at=None)
    reminding.look_again(LATER + timedelta(seconds=2))
    with acting_as(WORKER):
        assert Delivery.objects.filter(phase="all-clear", state="waiting").count() == 1


def test_a_reminder_that_is_looked_at_early_waits_for_its_end(town):
    number = approved(town, drafted(town, MORNING), MORNING)
    reminding.look_again(MORNING)
    with acting_as(WORKER):
        assert Reminder.objects.get(pk=number).look_again_at == MORNING + timedelta(hours=6)


@pytest.mark.parametrize("area", ["321102", "321102001", "321102001001", "32110200100100101"])
def test_it_reaches_whoever_subscribed_at_every_level_of_the_place(town, area):
    subscribed()
    command = somebody(town, "command")
    reachable(town)
    with acting_as(command):
        number = reminding.draft(wish(MORNING, area=area), by=command, at=MORNING)
        found = queries.recipients(queries.one(number), MORNING.date())
    assert any(each.subscription for each in found)


def test_a_reminder_to_one_building_reaches_nobody_of_the_next(town):
    subscribed()
    with acting_as(WORKER):
        row = Reminder.objects.select_related("area").get(pk=drafted(town, MORNING, door="DOOR0001", metres=0))
        assert [each for each in queries.recipients(row, MORNING.date()) if each.subscription]
        Subscription.objects.update(lon=119.41)
        assert not [each for each in queries.recipients(row, MORNING.date()) if each.subscription]


def test_a_draft_sent_twice_waits_once(town):
    first = drafted(town, MORNING)
    assert drafted(town, MORNING) == first
    assert drafted(town, MORNING, words="另一件事，请绕行。") != first
    assert drafted(town, MORNING, who="dana") != first


@pytest.mark.parametrize(
    "words", ["3.5 米内请勿停车，10:30 恢复。", "请拨 8755-0000。OK 后再上楼", "见单元门的 notice.pdf"]
)
def test_what_only_looks_a_little_like_a_link_may_be_said(town, words):
    assert drafted(town, MORNING, words=words)


def test_whoever_drafted_it_may_send_it_back_and_is_not_offered_a_yes(town):
    number, row = drafted(town, MORNING), None
    with acting_as(WORKER):
        row = Reminder.objects.get(pk=number)
    chen, dana, subdistrict = (somebody(town, who) for who in ("chen", "dana", "subdistrict"))
    asked = {who.role: (reminding.may_say_yes(row, who), reminding.may_take_back(row, who)) for who in (chen, dana)}
    assert asked == {chen.role: (False, True), dana.role: (True, True)}
    with acting_as(dana):
        reminding.approve(number, by=dana, at=MORNING)
    assert not reminding.may_say_yes(row, dana) and reminding.may_say_yes(row, subdistrict)
    eli = somebody(town, "eli")
    assert not reminding.may_take_back(row, eli)
