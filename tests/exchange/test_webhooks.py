"""Subscribers: told in order, signed after the standard, again until they have it; against real servers on loopback."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tests.committed import committed_town as committed_town
from tests.exchange.receiver import (
    Receiver,
    behind_a_certificate_of_its_own,
    drop_by_drop,
    endless,
    receiver,
    slow,
    status,
)
from tests.notices.outside import free_port
from tests.town import MORNING, Town
from tests.visiting import open_account

from doorstep.cases.actions import act, close, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Case
from doorstep.cases.queries import catalogue
from doorstep.core import outward
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.core.ids import CaseId
from doorstep.exchange import delivering, subscriptions
from doorstep.exchange.actions import subscribing
from doorstep.exchange.actions.subscribing import SubscriptionRefused, SubscriptionUnknown, Wanted
from doorstep.exchange.delivering import CLAIMED_FOR, Courier
from doorstep.exchange.models import Attempt, Delivery, Subscription
from doorstep.exchange.rules.delivering import MOST_RECEIVERS, STOPS_AFTER

SYSTEM = Actor(Role.SYSTEM_ADMIN)


@pytest.fixture(autouse=True)
def loopback(monkeypatch) -> None:
    monkeypatch.setattr(settings, "CALL_INSIDE", ["127.0.0.0/8"])


@pytest.fixture
def city() -> Iterator[Receiver]:
    with receiver() as server:
        yield server


def subscribed(city: Receiver, **wanted: object) -> int:
    with acting_as(SYSTEM):
        said = Wanted(**{"name": "市数据局", "url": city.url, **wanted})  # type: ignore[arg-type]
        made = subscribing.subscribe(said, catalogue().classes, by=SYSTEM, at=MORNING)
    city.secret = made.secret
    return made.subscription


def a_case(town: Town, words: str = "楼道里堆满了杂物") -> CaseId:
    """Reported, and carried on until Chen's team has it."""
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    case = report(Report(words, place), at=MORNING).case
    advance(at=MORNING)
    return case


def taken(town: Town, case: CaseId) -> None:
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(case, by=chen, at=MORNING)


def carried(at=MORNING, courier: Courier | None = None, rounds: int = 400) -> Courier:  # type: ignore[no-untyped-def]
    """Rounds of the worker, until nothing is under way."""
    courier = courier or Courier()
    for _ in range(rounds):
        if not courier.deliver(at) and not courier._under_way:
            break
    return courier


def states(subscription: int) -> list[str]:
    with acting_as(WORKER):
        found = Delivery.objects.filter(subscription=subscription).order_by("pk")
        return list(found.values_list("state", flat=True))


def standing(subscription: int) -> subscriptions.Row:
    with acting_as(SYSTEM):
        row = subscriptions.one(subscription)
    assert row is not None
    return row


def test_what_happens_is_told_in_order_signed_and_once(city, committed_town):
    made = subscribed(city)
    case = a_case(committed_town)
    taken(committed_town, case)
    carried()
    assert [each.type for each in city.heard] == ["case.reported.v1", "case.dispatched.v1", "case.taken.v1"]
    assert city.refused == [] and len({each.id for each in city.heard}) == 3
    data = city.heard[-1].data
    with acting_as(WORKER):
        row = Case.objects.get(pk=case)
    assert (data["number"], data["state"], data["community"]) == (row.number, "taken", "321102001001")
    assert data["holder"] == "示例grid_team"
    assert states(made) == ["taken"] * 3
    carried()
    assert len(city.heard) == 3


def test_nothing_personal_is_told(city, committed_town):
    subscribed(city)
    a_case(committed_town, "三楼张伟家漏水，电话 13912345678")
    carried()
    told = b"".join(each.body for each in city.heard).decode()
    assert city.heard and not any(word in told for word in ("张伟", "13912345678", "漏水", "DOOR0001", "1 号楼"))


def test_whoever_asked_for_less_hears_less(committed_town):
    with receiver() as closed_only, receiver() as elsewhere, receiver() as everything:
        subscribed(closed_only, kinds=("case.taken.v1",))
        subscribed(elsewhere, area_code="321102001002")
        subscribed(everything, area_code="321102", case_class=next(iter(catalogue().classes)))
        case = a_case(committed_town)
        taken(committed_town, case)
        with acting_as(WORKER):
            its_class = Case.objects.get(pk=case).case_class
        subscribed(everything, area_code="321102", case_class=its_class)
        taken(committed_town, a_case(committed_town))
        carried()
        assert {each.type for each in closed_only.heard} == {"case.taken.v1"} and elsewhere.calls == 0
        assert everything.heard and {each.data["case_class"] for each in everything.heard} == {its_class}


def test_a_delivery_that_fails_holds_back_its_own_case_and_no_other(city, committed_town):
    subscribed(city)
    city.answers = [500]
    first, second = a_case(committed_town), a_case(committed_town, "路灯不亮了")
    carried(rounds=200)
    heard = [number for number, _ in city.numbers()]
    with acting_as(WORKER):
        by_pk = dict(Case.objects.values_list("pk", "number"))
    held_back = {by_pk[first], by_pk[second]} - set(heard)
    assert len(held_back) == 1 and len(heard) == 2
    carried(MORNING + timedelta(seconds=6))
    assert [seq for number, seq in city.numbers() if number in held_back] == sorted(
        seq for number, seq in city.numbers() if number in held_back
    )
    assert len(city.heard) == 4 and len({each.id for each in city.heard}) == 4


def test_what_is_tried_again_keeps_its_id_and_its_words_and_is_signed_anew(city, committed_town):
    made = subscribed(city, kinds=("case.dispatched.v1",))
    bodies: list[tuple[str, bytes]] = []

    def broken(handler) -> None:  # type: ignore[no-untyped-def]
        bodies.append((handler.headers["webhook-id"], b""))
        handler.connection.close()

    city.answers = [broken]
    a_case(committed_town)
    carried()
    assert states(made) == ["waiting"] and city.heard == []
    carried(MORNING + timedelta(seconds=4))
    assert city.calls == 1, "not before its time"
    carried(MORNING + timedelta(seconds=6))
    assert [each.id for each in city.heard] == [bodies[0][0]]
    with acting_as(SYSTEM):
        delivery = Delivery.objects.get()
        calls = subscriptions.calls(delivery.pk)
    assert [call.status for call in calls] == [200, None] and calls[0].answer == "thank you"
    assert "连不上" in str(calls[1].trouble)


def test_two_secrets_sign_while_a_receiver_changes_over(city, committed_town):
    made = subscribed(city)
    old = city.secret
    with acting_as(SYSTEM):
        new = subscribing.renew_secret(made, by=SYSTEM, at=MORNING).secret
    a_case(committed_town)
    carried()
    assert len(city.heard) == 2 and city.refused == [], "the old one still verifies"
    headers, body = city.heard[0].headers, city.heard[0].body
    assert len(headers["webhook-signature"].split()) == 2
    assert Webhook(new).verify(body, headers) and Webhook(old).verify(body, headers)
    city.secret = new
    later = MORNING + timedelta(days=2)
    with acting_as(SYSTEM):
        subscribing.ping(made, by=SYSTEM, at=later)
    carried(later)
    assert len(city.heard[-1].headers["webhook-signature"].split()) == 1 and city.refused == []


@pytest.mark.parametrize("forged", ["body", "id", "timestamp", "signature"])
def test_what_was_changed_on_the_way_does_not_verify(city, committed_town, forged):
    subscribed(city, kinds=("case.dispatched.v1",))
    a_case(committed_town)
    carried()
    heard = city.heard[0]
    headers, body = dict(heard.headers), heard.body
    if forged == "body":
        body = body.replace(b"dispatched", b"closed....")
    else:
        changed = {"id": "msg_9_9", "timestamp": str(int(time.time()) - 1000), "signature": "v1,AAAA"}[forged]
        headers[f"webhook-{forged}"] = changed
    with pytest.raises(WebhookVerificationError):
        Webhook(city.secret).verify(body, headers)


def test_a_slow_and_a_dead_receiver_hold_up_nobody(committed_town):
    with receiver() as quick, receiver() as sluggish:
        subscribed(sluggish)
        sluggish.answers = [slow(2)] * 6
        with acting_as(SYSTEM):
            dead = Wanted("没开机", f"http://127.0.0.1:{free_port()}/")
            subscribing.subscribe(dead, (), by=SYSTEM, at=MORNING)
        subscribed(quick)
        for _ in range(3):
            a_case(committed_town)
        began, courier = time.monotonic(), Courier()
        while len(quick.heard) < 6 and time.monotonic() - began < 20:
            courier.deliver(MORNING)
        assert len(quick.heard) == 6 and not sluggish.heard
        courier.finish(lambda: MORNING)


def test_a_receiver_that_fails_in_a_row_is_spared_and_found_again(city, committed_town):
    made = subscribed(city)
    city.answers = [503] * 12
    for _ in range(8):
        a_case(committed_town)
    carried()
    assert city.calls < 12, "it rests"
    assert standing(made).state == "failing"
    before, rests_until = city.calls, standing(made).rest_until
    assert rests_until is not None
    carried(rests_until - timedelta(seconds=1))
    assert city.calls == before
    carried(rests_until)
    assert city.calls == before + 1, "one finds out whether it is back"
    at = MORNING
    for _ in range(40):
        at += timedelta(hours=1)
        carried(at)
    assert len({each.id for each in city.heard}) == 16 and standing(made).state == "working"


def test_after_days_it_is_stopped_the_administrator_is_told_and_nothing_is_lost(city, committed_town):
    open_account(committed_town, "system")
    with acting_as(WORKER):
        from doorstep.staff.models import Person

        Person.objects.filter(account__username="system").update(email="system@example.org")
    made = subscribed(city)
    city.answers = [500] * 1000
    a_case(committed_town)
    at = MORNING
    while at < MORNING + STOPS_AFTER + timedelta(days=2):
        carried(at)
        at += timedelta(hours=1)
    assert standing(made).stopped_because == "failing"
    with acting_as(WORKER):
        from doorstep.notices.models import StaffNotice

        assert StaffNotice.objects.filter(page=f"/staff/webhooks/{made}/").count() >= 1
    calls = city.calls
    carried(at + timedelta(days=1))
    assert city.calls == calls, "nobody calls it any more"
    city.answers = []
    with acting_as(SYSTEM):
        subscribing.go_on(made, by=SYSTEM, at=at)
    carried(at)
    assert states(made) == ["taken", "taken"] and [seq for _, seq in city.numbers()] == sorted(
        seq for _, seq in city.numbers()
    )


def test_who_says_gone_is_called_no_more(city, committed_town):
    made = subscribed(city)
    city.answers = [410]
    a_case(committed_town)
    carried()
    assert standing(made).stopped_because == "gone" and states(made)[0] == "waiting"
    carried(MORNING + timedelta(days=1))
    assert city.calls == 1


def test_who_asks_to_wait_is_given_the_time(city, committed_town):
    subscribed(city)
    city.answers = [status(429, Retry_After="600")]
    a_case(committed_town)
    carried()
    carried(MORNING + timedelta(seconds=590))
    assert city.calls == 1
    carried(MORNING + timedelta(seconds=601))
    assert len(city.heard) == 2


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(city, committed_town, code):
    with receiver() as elsewhere:
        made = subscribed(city, kinds=("case.dispatched.v1",))
        city.answers = [status(code, Location=elsewhere.url)]
        a_case(committed_town)
        carried()
        assert elsewhere.calls == 0 and states(made) == ["waiting"]
    with acting_as(SYSTEM):
        (call,) = subscriptions.calls(Delivery.objects.get().pk)
    assert call.status == code and "跳转" in str(call.trouble)


def test_an_endless_answer_is_read_as_far_as_it_is_kept(city, committed_town):
    made = subscribed(city, kinds=("case.dispatched.v1",))
    city.answers = [endless]
    a_case(committed_town)
    carried()
    with acting_as(WORKER):
        attempt = Attempt.objects.get()
    assert states(made) == ["taken"] and attempt.answer == "x" * 500


def test_whoever_answers_drop_by_drop_is_not_waited_for(city, committed_town, monkeypatch):
    monkeypatch.setattr(delivering, "CALL_TAKES_S", 0.5)
    made = subscribed(city, kinds=("case.dispatched.v1",))
    city.answers = [drop_by_drop]
    a_case(committed_town)
    began = time.monotonic()
    carried()
    assert states(made) == ["waiting"] and time.monotonic() - began < 8


def test_a_name_that_leads_inside_since_it_was_entered_is_not_called(city, committed_town, monkeypatch):
    made = subscribed(city, kinds=("case.dispatched.v1",))
    monkeypatch.setattr(settings, "CALL_INSIDE", [])
    a_case(committed_town)
    carried()
    assert city.calls == 0 and states(made) == ["waiting"]
    with acting_as(SYSTEM):
        assert subscriptions.calls(Delivery.objects.get().pk)[0].trouble


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "https://localhost/", "http://10.1.2.3/x", "http://[::1]/", "http://169.254.169.254/"]
)
def test_addresses_inside_are_refused_from_the_start(town, monkeypatch, url):
    monkeypatch.setattr(settings, "CALL_INSIDE", [])
    with acting_as(SYSTEM), pytest.raises(outward.AddressRefused) as refused:
        subscribing.subscribe(Wanted("里面", url), (), by=SYSTEM, at=MORNING)
    assert refused.value.where == "url"


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ({"name": " "}, "name"),
        ({"url": "https://8.8.8.8/" + "x" * 500}, "url"),
        ({"url": "https://8.8.8.8/#part"}, "url"),
        ({"kinds": ("case.exploded.v1",)}, "kinds"),
        ({"area_code": "999"}, "area"),
        ({"case_class": "zz"}, "case_class"),
        ({"partner": 99}, "partner"),
        ({"secret": "whsec_" + "QUJD"}, "secret"),
        ({"secret": "whsec_" + "QUJD" * 40}, "secret"),
        ({"secret": "QUJD" * 10}, "secret"),
        ({"secret": "whsec_no base64 at all, but long enough to be one"}, "secret"),
    ],
)
def test_what_cannot_be_subscribed_to_is_refused_by_its_field(town, wanted, where):
    said = Wanted(**{"name": "市数据局", "url": "https://8.8.8.8/", **wanted})
    with acting_as(SYSTEM), pytest.raises(SubscriptionRefused) as refused:
        subscribing.subscribe(said, catalogue().classes, by=SYSTEM, at=MORNING)
    assert refused.value.where == where and refused.value.try_this is not None


def test_a_secret_of_their_own_is_kept(city, committed_town):
    theirs = "whsec_" + "QUJD" * 10
    subscribed(city, secret=theirs)
    assert city.secret == theirs
    a_case(committed_town)
    carried()
    assert len(city.heard) == 2 and city.refused == []


def test_ten_thousand_subscribers_are_refused(town):
    with acting_as(SYSTEM):
        made = 0
        with pytest.raises(SubscriptionRefused) as refused:
            for made in range(10_000):
                subscribing.subscribe(Wanted(f"第{made}个", "https://8.8.8.8/"), (), by=SYSTEM, at=MORNING)
        assert made == MOST_RECEIVERS and str(MOST_RECEIVERS) in str(refused.value.message)


def test_a_pause_keeps_what_happens_and_the_end_does_not(city, committed_town):
    made = subscribed(city)
    with acting_as(SYSTEM):
        subscribing.pause(made, by=SYSTEM, at=MORNING)
    a_case(committed_town)
    carried()
    assert city.calls == 0 and states(made) == ["waiting", "waiting"]
    with acting_as(SYSTEM):
        subscribing.go_on(made, by=SYSTEM, at=MORNING)
    carried()
    assert len(city.heard) == 2
    with acting_as(SYSTEM):
        subscribing.end(made, by=SYSTEM, at=MORNING)
        with pytest.raises(SubscriptionUnknown):
            subscribing.ping(made, by=SYSTEM, at=MORNING)
    a_case(committed_town)
    assert len(states(made)) == 2


def test_one_is_replayed_by_hand_and_all_since_a_time_under_the_same_ids(city, committed_town):
    made = subscribed(city)
    a_case(committed_town)
    carried()
    ids = [each.id for each in city.heard]
    with acting_as(SYSTEM):
        subscribing.replay(made, Delivery.objects.latest("pk").pk, by=SYSTEM, at=MORNING)
    carried()
    assert [each.id for each in city.heard] == [*ids, ids[-1]]
    with acting_as(SYSTEM):
        assert subscribing.replay_since(made, MORNING, by=SYSTEM, at=MORNING) == 2
    carried()
    assert [each.id for each in city.heard][3:] == ids
    with acting_as(SYSTEM):
        for since in (MORNING - timedelta(days=31), MORNING + timedelta(minutes=1)):
            with pytest.raises(SubscriptionRefused):
                subscribing.replay_since(made, since, by=SYSTEM, at=MORNING)
        with pytest.raises(SubscriptionUnknown):
            subscribing.replay(made, 10**9, by=SYSTEM, at=MORNING)


def test_what_a_killed_worker_had_in_hand_is_sent_by_the_next(city, committed_town):
    made = subscribed(city, kinds=("case.dispatched.v1",))
    a_case(committed_town)
    from collections import Counter

    assert len(delivering.claim(MORNING, Counter(), 6)) == 1, "and then the worker was killed"
    carried()
    assert city.calls == 0
    carried(MORNING + CLAIMED_FOR)
    assert len(city.heard) == 1 and states(made) == ["taken"]


def test_whose_claim_ran_out_marks_nothing(city, committed_town):
    made = subscribed(city, kinds=("case.dispatched.v1",))
    a_case(committed_town)
    from collections import Counter

    (late,) = delivering.claim(MORNING, Counter(), 6)
    (now,) = delivering.claim(MORNING + CLAIMED_FOR, Counter(), 6)
    delivering.mark([(late, delivering.Called(500, "", None, 0, 1))], MORNING + CLAIMED_FOR)
    delivering.mark([(now, delivering.Called(200, "", None, 0, 1))], MORNING + CLAIMED_FOR)
    assert states(made) == ["taken"]


def test_an_event_that_is_rolled_back_is_never_told(city, committed_town):
    made = subscribed(city)
    case = a_case(committed_town)
    chen = committed_town.actor("chen")
    with pytest.raises(ZeroDivisionError), acting_as(chen):
        act.take(case, by=chen, at=MORNING)
        raise ZeroDivisionError
    assert len(states(made)) == 2


def test_a_kept_complaint_and_a_part_are_nobodys_matter(city, committed_town):
    made = subscribed(city)
    case = a_case(committed_town)
    with acting_as(WORKER):
        Case.objects.filter(pk=case).update(kept_from=1)
    dana = committed_town.actor("dana")
    with acting_as(dana):
        close.close_by_hand(case, "explained", "已经和您当面说明了情况", by=dana, at=MORNING)
    other = a_case(committed_town)
    with acting_as(WORKER):
        Case.objects.filter(pk=other).update(source="part")
    taken(committed_town, other)
    assert len(states(made)) == 4, "only what was told before"


def test_what_is_old_and_over_is_forgotten(city, committed_town):
    made = subscribed(city)
    a_case(committed_town)
    carried()
    with acting_as(WORKER):
        Delivery.objects.filter(pk=Delivery.objects.latest("pk").pk).update(state="waiting")
    later = MORNING + subscriptions.KEPT_FOR + timedelta(hours=1)
    assert subscriptions.forget(later) == 1
    assert states(made) == ["waiting"]
    with acting_as(WORKER):
        assert Attempt.objects.count() == 1


def test_the_administrator_never_reads_a_secret_and_leaves_a_trace(city, committed_town):
    made = subscribed(city)
    with acting_as(SYSTEM):
        subscribing.renew_secret(made, by=SYSTEM, at=MORNING)
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError), acting_as(SYSTEM):
        list(Subscription.objects.values_list("secret", flat=True))
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        assert set(Deed.objects.values_list("what", flat=True)) == {"webhook-made", "webhook-secret-renewed"}


def test_a_case_that_is_solved_is_told_to_its_end(city, committed_town):
    subscribed(city)
    case = a_case(committed_town)
    taken(committed_town, case)
    chen, dana = committed_town.actor("chen"), committed_town.actor("dana")
    with acting_as(chen):
        act.do(case, "清理完了", by=chen, at=MORNING)
    with acting_as(dana):
        verify.verify_by_hand(case, "看过了，已经清理干净", by=dana, at=MORNING)
    advance(at=MORNING)
    carried()
    told = [each.type for each in city.heard]
    assert told == [f"case.{name}.v1" for name in ("reported", "dispatched", "taken", "answered", "closed")]
    assert city.heard[-1].data["outcome"] == "solved"


def test_a_certificate_that_nobody_vouches_for_is_no_receiver(city, committed_town, tmp_path):
    with behind_a_certificate_of_its_own(city, tmp_path) as url:
        made = subscribed(city, kinds=("case.dispatched.v1",), url=url)
        a_case(committed_town)
        carried()
    assert city.calls == 0 and states(made) == ["waiting"]
    with acting_as(SYSTEM):
        (call,) = subscriptions.calls(Delivery.objects.get().pk)
    assert call.status is None and "连不上" in str(call.trouble)


def test_the_same_subscriber_sent_twice_is_refused_and_told_where_it_is(city, committed_town):
    subscribed(city)
    with pytest.raises(SubscriptionRefused) as refused:
        subscribed(city)
    assert refused.value.message.key == "webhooks-there-already"
    subscribed(city, kinds=("case.closed.v1",))
