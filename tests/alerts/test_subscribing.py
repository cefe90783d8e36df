"""Ava asks to be reminded, proves that the number is hers, and stops it; nothing reaches whoever did not confirm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.alerts.test_reminding import subscribed
from tests.town import MORNING

from doorstep.alerts import queries
from doorstep.alerts.actions import subscribing
from doorstep.alerts.actions.subscribing import CODE_LASTS, CODES_A_DAY, TRIES, SubscriptionRefused
from doorstep.alerts.letters import code_of, subscription_of
from doorstep.alerts.models import Delivery, Subscription
from doorstep.alerts.tasks import jobs, send_by
from doorstep.core.access import WORKER, acting_as


def row(number):
    with acting_as(WORKER):
        return Subscription.objects.get(pk=number)


def other_than(code):
    return "000000" if code != "000000" else "000001"


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"contact": ""}, "contact"), ({"contact": "not a number"}, "contact"), ({"contact": "a@b"}, "contact"),
        ({"agreed": False}, "agreed"), ({"door": "NOSUCH"}, "door"), ({"community": "999", "door": ""}, "community"),
    ],
)  # fmt: skip
def test_what_cannot_be_subscribed_is_refused_with_where_and_what_to_do(town, given, where):
    asked = {"contact": "13900000000", "community": "321102001001", "door": "DOOR0001", "agreed": True, **given}
    with pytest.raises(SubscriptionRefused) as error:
        subscribing.ask(**asked, with_drills=False, language="zh", at=MORNING)
    assert error.value.where == where and error.value.try_this is not None
    with acting_as(WORKER):
        assert not Subscription.objects.exists()


def test_a_code_is_sent_to_the_number_and_to_nobody_else(town, texts):
    number = subscribed(confirmed=False)
    assert send_by("sms", lambda: MORNING, lines=0) == 1
    (asked,) = texts.asked
    assert asked.message["to"] == "13900000000"
    assert code_of(number, row(number).code_until) in asked.message["text"]


def test_asked_again_at_once_no_second_code_goes_out(town):
    number = subscribed(confirmed=False)
    assert subscribed("139-0000-0000", confirmed=False) == number
    with acting_as(WORKER):
        assert Delivery.objects.filter(phase="code").count() == 1


def test_a_wrong_code_is_counted_and_after_some_none_is_looked_at(town):
    number = subscribed(confirmed=False)
    right = code_of(number, row(number).code_until)
    for _ in range(TRIES):
        with pytest.raises(SubscriptionRefused, match="确认码不对"):
            subscribing.confirm(number, other_than(right), at=MORNING)
    with pytest.raises(SubscriptionRefused, match="过期"):
        subscribing.confirm(number, right, at=MORNING)
    assert row(number).confirmed_at is None


def test_a_code_that_is_too_old_confirms_nothing(town):
    number = subscribed(confirmed=False)
    right = code_of(number, row(number).code_until)
    with pytest.raises(SubscriptionRefused, match="过期"):
        subscribing.confirm(number, right, at=MORNING + CODE_LASTS + timedelta(seconds=1))


def test_a_number_that_is_not_there_confirms_nothing(town):
    with pytest.raises(SubscriptionRefused):
        subscribing.confirm(10**9, "123456", at=MORNING)


def test_what_was_never_confirmed_goes_after_a_day_and_the_rest_after_two_years(town):
    subscribed(confirmed=False)
    kept = subscribed("13900000001")
    assert subscribing.forget(MORNING + timedelta(hours=25)) == 1
    assert row(kept).confirmed_at == MORNING
    assert subscribing.forget(MORNING + timedelta(days=732)) == 1
    with acting_as(WORKER):
        assert not Subscription.objects.exists()


def test_a_link_of_somebody_elses_making_stops_nothing(town):
    kept = subscribed()
    assert subscription_of(f"{kept}.forged") is None
    assert not subscribing.stop(f"{kept}.forged", at=MORNING)
    assert row(kept)


def test_a_whole_communitys_subscription_has_no_door(town):
    number = subscribed(door="")
    assert (row(number).door, row(number).lon) == ("", None)


def test_the_worker_has_a_job_for_every_channel_and_each_runs(town):
    for _, work, _, _ in jobs():
        assert work(MORNING) == 0


def test_one_number_is_not_flooded_with_codes_whoever_asks_for_however_many_doors(town, texts):
    for nth in range(CODES_A_DAY):
        subscribed(confirmed=False, at=MORNING + nth * timedelta(minutes=3))
        assert send_by("sms", lambda nth=nth: MORNING + nth * timedelta(minutes=3), lines=0) == 1
    with pytest.raises(SubscriptionRefused) as error:
        subscribed(confirmed=False, door="", at=MORNING + timedelta(hours=1))
    assert error.value.where == "contact" and len(texts.asked) == CODES_A_DAY
    subscribed("13900000001", confirmed=False, at=MORNING + timedelta(hours=1))
    subscribed(confirmed=False, door="", at=MORNING + timedelta(days=1, minutes=20))


def test_the_outbox_of_the_demo_shows_codes_and_reminders_that_nobody_took(town):
    number = subscribed(confirmed=False)
    send_by("sms", lambda: MORNING, lines=0)
    (code,) = queries.outbox()
    assert code.letter.to == "13900000000" and code_of(number, row(number).code_until) in code.letter.body
