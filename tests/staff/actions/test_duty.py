"""How a unit's duty is reached: kept sealed, read by those who may send it a case, and forgotten when it ends."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import override_settings
from tests.town import MORNING

from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.core.contacts import ContactRefused
from doorstep.core.crypto import seal
from doorstep.staff.actions.duty import keep_duty
from doorstep.staff.actions.units import Told, begin_unit, change_unit, end_unit
from doorstep.staff.duty import Duty, duty_of, readable_duty
from doorstep.staff.models import DutyContact, Unit

SYSTEM = Actor(Role.SYSTEM_ADMIN)
DUTY = Duty("13800001234", "duty@firm.example.org")


@pytest.fixture
def firm(town) -> int:
    with acting_as(SYSTEM):
        told = Told("示例维修公司", phone="0511-8555 0101 转 2", duty=DUTY)
        return begin_unit("outside", town.community, told, set(), by=SYSTEM, at=MORNING)


def change(firm: int, told: Told) -> None:
    with acting_as(SYSTEM):
        change_unit(firm, told, set(), by=SYSTEM, at=MORNING)


def seen_by(actor: Actor, firm: int) -> Duty:
    with acting_as(actor):
        return duty_of(firm)


def test_it_is_sealed_and_the_audit_says_only_that_it_changed(firm):
    change(firm, Told("示例维修公司", duty=Duty("13900005678")))
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(d)::text, encode(phone, 'escape') FROM staff_duty_contact d")
        assert "5678" not in "".join(cursor.fetchone())
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        facts = list(Deed.objects.filter(subject=f"unit {firm}").order_by("id").values_list("facts", flat=True))
    assert [each["is_duty_changed"] for each in facts] == [True, True]
    assert "1380000" not in str(facts) and "5678" not in str(facts) and "@" not in str(facts)


@pytest.mark.parametrize("who", ["dana", "subdistrict", "command", "chen", "water", "other_desk"])
def test_whoever_may_send_it_a_case_reads_it(town, firm, who):
    assert seen_by(town.actor(who), firm) == DUTY


@pytest.mark.parametrize("who", ["dana", "subdistrict", "command", "chen", "water"])
def test_nobody_of_another_county_does(town, firm, who):
    from doorstep.areas.models import Area

    with acting_as(WORKER):
        county = Area.objects.create(code="321103", level="county", name="示例二区")
        there = Area.objects.create(
            code="321103001", level="subdistrict", name="示例二街道", parent=county, county=county
        )
        Unit.objects.filter(pk=firm).update(area=there)
    assert seen_by(town.actor(who), firm) == Duty()


def test_what_is_not_said_stays_and_what_is_emptied_goes(town, firm):
    change(firm, Told("示例维修公司"))
    with acting_as(SYSTEM):
        assert (Unit.objects.get(pk=firm).phone, duty_of(firm)) == ("0511-8555 0101 转 2", DUTY)
    change(firm, Told("示例维修公司", phone="", duty=Duty()))
    with acting_as(SYSTEM):
        assert (Unit.objects.get(pk=firm).phone, DutyContact.objects.count()) == ("", 0)


def test_it_goes_when_the_unit_ends(firm):
    with acting_as(SYSTEM):
        end_unit(firm, by=SYSTEM, at=MORNING)
        assert not DutyContact.objects.exists()


def test_the_same_again_is_no_change_and_another_secret_opens_nothing(firm):
    with acting_as(SYSTEM):
        assert not keep_duty(firm, DUTY)
        assert keep_duty(firm, Duty(DUTY.phone))
    with override_settings(SECRET_KEY="another"), acting_as(SYSTEM):
        assert duty_of(firm) == Duty()
        DutyContact.objects.update(phone=seal(b"13800000000"))
        assert duty_of(firm) == Duty("13800000000")


@pytest.mark.parametrize(
    ("phone", "email", "where"),
    [
        ("12345", "", "duty_phone"),
        ("值班", "", "duty_phone"),
        ("", "nobody", "duty_email"),
        ("", "a@b c.d", "duty_email"),
    ],
)
def test_a_contact_that_cannot_be_right_is_refused_with_its_field(phone, email, where):
    with pytest.raises(ContactRefused) as refused:
        readable_duty(phone, email)
    assert refused.value.where == where


@pytest.mark.parametrize("phone", ["打电话", "12", "1" * 31, "0511/85550101", "<b>1234567</b>", "=1234567"])
def test_a_public_telephone_that_nobody_could_dial_is_refused(firm, phone):
    with pytest.raises(ContactRefused, match="公开电话"):
        change(firm, Told("示例维修公司", phone=phone))


@pytest.mark.parametrize(
    "phone", ["12345", "0511-8555 0101", "（0511）85550101", "+86 511 8555 0101", "85550101转8001"]
)
def test_a_public_telephone_is_kept_as_it_is_said(firm, phone):
    change(firm, Told("示例维修公司", phone=phone))
    with acting_as(SYSTEM):
        assert Unit.objects.get(pk=firm).phone == phone.replace("（", "(").replace("）", ")")
