"""Partners that gave an address: told in order, signed, again until they have it; against a real server on loopback."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta

import orjson
import pytest
from tests.committed import committed_town as committed_town
from tests.notices.outside import Gateway, free_port, gateway
from tests.town import MORNING, Town

from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.exchange.actions.messages import Message, hear
from doorstep.exchange.actions.partners import Keys, end_partner, open_partner
from doorstep.exchange.actions.receiving import receive
from doorstep.exchange.models import Link, Partner
from doorstep.exchange.orders import Order
from doorstep.exchange.queries import Known, with_key
from doorstep.exchange.tasks import IDLE, tell_due


@pytest.fixture
def province() -> Iterator[Gateway]:
    with gateway() as server:
        yield server


def opened(town: Town, address: str, *, wants_all: bool = False, name: str = "province") -> Keys:
    by = town.actor("command")
    with acting_as(by):
        return open_partner(
            name, source="from-above", unit=None, address=address, wants_all=wants_all, by=by, at=MORNING
        )


def known(keys: Keys) -> Known:
    found = with_key(keys.key)
    assert found is not None
    return found


def handed_over(town: Town, keys: Keys, number: str = "JS-1") -> CaseId:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    receive(known(keys), Order(number, Report("楼道里堆满了杂物", place)), at=MORNING)
    advance(at=MORNING)
    with acting_as(WORKER):
        return CaseId(Link.objects.get(number=number).case_id)


def told(province: Gateway) -> list[dict]:
    return [update for asked in province.asked for update in orjson.loads(asked.body)["updates"]]


def test_what_happens_is_told_signed_and_once(province, town):
    keys = opened(town, province.url)
    case = handed_over(town, keys)
    assert tell_due(MORNING) == 1 and tell_due(MORNING + IDLE) == 0
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(case, by=chen, at=MORNING)
    assert tell_due(MORNING + 2 * IDLE) == 1
    assert [(each["position"], each["kind"], each["number"]) for each in told(province)] == [
        (1, "dispatched", "JS-1"),
        (2, "taken", "JS-1"),
    ]
    asked = province.asked[0]
    signed = hmac.new(
        keys.secret.encode(), asked.headers["X-Doorstep-Time"].encode() + b"." + asked.body, hashlib.sha256
    )
    assert asked.headers["X-Doorstep-Signature"] == f"sha256={signed.hexdigest()}"


@pytest.mark.parametrize("answer", [500, 400, 302])
def test_what_was_not_taken_is_told_again_later_and_nothing_overtakes_it(province, town, answer):
    keys = opened(town, province.url)
    case = handed_over(town, keys)
    province.answers = [answer]
    assert tell_due(MORNING) == 0
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(case, by=chen, at=MORNING)
    assert tell_due(MORNING + IDLE) == 0, "not before its time"
    with acting_as(WORKER):
        assert Partner.objects.get().trouble
    assert tell_due(MORNING + timedelta(minutes=2)) == 2
    _, again = province.asked
    assert [each["kind"] for each in orjson.loads(again.body)["updates"]] == ["dispatched", "taken"]
    with acting_as(WORKER):
        assert (Partner.objects.get().trouble, Partner.objects.get().attempts) == ("", 0)


def test_a_partner_that_had_it_before_has_it(province, town):
    handed_over(town, opened(town, province.url))
    province.answers = [409]
    assert tell_due(MORNING) == 1


def test_a_partner_that_is_not_there_holds_up_no_other(province, town):
    for name, address in (("gone", f"http://127.0.0.1:{free_port()}/"), ("there", province.url)):
        handed_over(town, opened(town, address, name=name), f"{name}-1")
    assert tell_due(MORNING) == 1
    assert [each["number"] for each in told(province)] == ["there-1"]


def test_nobody_is_told_after_the_end(province, town):
    keys = opened(town, province.url)
    handed_over(town, keys)
    by = town.actor("command")
    with acting_as(by):
        end_partner(keys.partner, by=by, at=MORNING)
    assert tell_due(MORNING + IDLE) == 0 and province.asked == []


def test_one_entry_means_one_whoever_wants_all_hears_of_everything_but_its_own_words(province, town):
    keys = opened(town, province.url, wants_all=True)
    hotline = opened(town, "", name="hotline")
    handed_over(town, hotline, "HL-1")
    case = handed_over(town, keys, "JS-9")
    hear(known(keys), "JS-9", Message("add", 1, "还有一堆纸箱。"), at=MORNING)
    tell_due(MORNING)
    seen = told(province)
    assert [(each["kind"], each["came_in"]) for each in seen] == [("dispatched", False), ("dispatched", True)]
    assert seen[0]["known_as"] == [{"partner": "hotline", "number": "HL-1"}]
    assert seen[0]["first_words"] == "楼道里堆满了杂物" and seen[1]["first_words"] == ""
    with acting_as(WORKER):
        assert Link.objects.get(case=case).heard == 1


def test_what_is_told_while_another_transaction_is_open_is_never_passed_over(committed_town, province):
    """Two workers write at once; the one that began first ends last."""
    import threading

    from django.db import connection, transaction

    town = committed_town
    keys = opened(town, "")
    first, second = handed_over(town, keys, "A"), handed_over(town, keys, "B")
    chen = town.actor("chen")
    written, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with acting_as(chen), transaction.atomic():
            act.take(first, by=chen, at=MORNING)
            written.set()
            may_end.wait(10)
        connection.close()

    from doorstep.exchange.queries import updates

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    with acting_as(chen):
        act.take(second, by=chen, at=MORNING)
    seen = updates(known(keys), 0)
    may_end.set()
    thread.join()
    later = updates(known(keys), seen[-1]["position"])
    assert [each["number"] for each in seen] == ["A", "B", "B"] and [each["number"] for each in later] == ["A"]
