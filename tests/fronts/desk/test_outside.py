"""The desk gives an outside handler a link, sees what became of it, and takes it back; nobody else can."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.town import MORNING

from doorstep.cases.actions import calling
from doorstep.cases.models import Case, OutsideLink, Part
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.notices.tasks import send_due
from doorstep.staff.actions.duty import keep_duty
from doorstep.staff.duty import Duty
from doorstep.staff.models import Unit


@pytest.fixture
def firm(town) -> int:
    with acting_as(WORKER):
        return Unit.objects.create(kind="outside", name="示例维修公司", area_id=town.community).pk


@pytest.fixture
def number(town, reported, firm) -> str:
    """The number of the firm's part of a case."""
    whole, dana = reported(), town.actor("dana")
    with acting_as(dana):
        calling.call(whole.pk, [firm], "请修好三楼的水管", by=dana, at=MORNING)
    with acting_as(WORKER):
        return Part.objects.get(whole=whole.pk).number


def page(number: str, last: str = "") -> str:
    return f"/desk/cases/{number}/outside/{last}"


def address_in(shown: str) -> str:
    return re.search(r'value="http://testserver(/h/[^"]+/)"', shown)[1]


def link() -> OutsideLink:
    with acting_as(WORKER):
        return OutsideLink.objects.latest("id")


def test_the_link_is_shown_once_with_its_code_and_opens_the_part(sign_in, number):
    dana = sign_in("dana")
    shown = dana.post(page(number, "give/"), {"days": "7"}).content.decode()
    address = address_in(shown)
    assert "<svg" in shown and "只显示这一次" in shown
    assert Client().get(address).status_code == 200
    again = dana.get(page(number)).content.decode()
    assert address not in again and "已经打开" in again and "示例community_desk" in again


def test_the_desk_takes_it_back(sign_in, number):
    dana = sign_in("dana")
    address = address_in(dana.post(page(number, "give/"), {"days": "7"}).content.decode())
    answer = dana.post(page(number, "withdraw/"), {"link": link().pk})
    assert answer.status_code == 303
    assert "已收回" in dana.get(page(number)).content.decode()
    assert Client().get(address).status_code == 410
    assert dana.post(page(number, "withdraw/"), {"link": link().pk}).status_code == 409


@pytest.mark.parametrize("days", ["", "0", "5", "-1", "7.5", "９", "1" * 40])
def test_a_time_that_was_not_offered_is_refused(sign_in, number, days):
    answer = sign_in("dana").post(page(number, "give/"), {"days": days})
    assert answer.status_code == 409 and "没有这样的有效期" in answer.content.decode()


@pytest.mark.parametrize("who", ["other_desk", "water", "eli"])
def test_who_does_not_see_the_case_gives_no_link_and_takes_none_back(sign_in, number, who):
    stranger = sign_in(who)
    assert stranger.post(page(number, "give/"), {"days": "7"}).status_code == 404
    sign_in("dana").post(page(number, "give/"), {"days": "7"})
    assert stranger.post(page(number, "withdraw/"), {"link": link().pk}).status_code == 404
    assert link().ended_at is None


def test_a_case_whose_holder_signs_in_offers_no_link(sign_in, reported):
    case = reported()
    dana = sign_in("dana")
    assert "不用给链接" in dana.get(page(case.number)).content.decode()
    assert dana.post(page(case.number, "give/"), {"days": "7"}).status_code == 409


def test_the_way_to_the_link_stands_on_the_part_and_beside_the_call(sign_in, number):
    dana = sign_in("dana")
    assert page(number) in dana.get(f"/desk/cases/{number}/").content.decode()
    with acting_as(WORKER):
        whole = Case.objects.get(pk=Part.objects.get(number=number).whole_id).number
    assert page(number) in dana.get(f"/desk/cases/{whole}/together/").content.decode()


def test_what_was_done_by_the_link_is_shown_as_an_outside_handlers(sign_in, number):
    dana = sign_in("dana")
    address = address_in(dana.post(page(number, "give/"), {"days": "7"}).content.decode())
    Client().post(f"{address}do/take/", {})
    assert "示例维修公司（外部处理人）" in dana.get(f"/desk/cases/{number}/").content.decode()


def test_a_firm_is_offered_by_name_with_what_it_needs(sign_in, reported, firm):
    shown = sign_in("dana").get(f"/desk/cases/{reported().number}/together/").content.decode()
    assert "示例维修公司（没有账号" in shown


# Sent, rather than passed on by hand ----------------------------------------------------------------------------------


@pytest.fixture
def with_duty(firm) -> int:
    with acting_as(WORKER):
        keep_duty(firm, Duty("13800001234", "duty@firm.example.org"))
    return firm


def test_the_desk_chooses_among_the_contacts_of_the_duty_and_sees_only_their_ends(sign_in, number, with_duty):
    shown = sign_in("dana").get(page(number)).content.decode()
    assert "138****1234" in shown and "d***@firm.example.org" in shown
    assert "13800001234" not in shown and "duty@firm" not in shown


def test_what_is_sent_is_shown_on_its_way_and_sent_again_once_it_went_out(sign_in, number, with_duty):
    dana = sign_in("dana")
    shown = dana.post(page(number, "give/"), {"days": "7", "send": "sms"}).content.decode()
    assert "正在发到值班联系方式" in shown and "短信发到 值班联系方式" in shown and "正在发送" in shown
    early = dana.post(page(number, "again/"), {"link": link().pk})
    assert early.status_code == 409 and "正在发送，没有再发" in early.content.decode()
    send_due(clock.now())
    shown = dana.get(page(number)).content.decode()
    # Nobody runs a gateway here: the desk reads that it did not go out, and why.
    assert "没有发出" in shown and "再发一次" in shown
    assert dana.post(page(number, "again/"), {"link": link().pk}).status_code == 303
    assert "正在发送" in dana.get(page(number)).content.decode()


def test_a_typed_number_is_shown_by_its_ends_alone(sign_in, number):
    dana = sign_in("dana")
    given = {"days": "7", "send": "other", "to": "13900005678"}
    for shown in (dana.post(page(number, "give/"), given), dana.get(page(number))):
        assert "139****5678" in shown.content.decode() and "13900005678" not in shown.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"send": "sms"}, "没有填值班手机"),
        ({"send": "other"}, "没有填号码"),
        ({"send": "other", "to": "12"}, "电话"),
        ({"to": "13900005678"}, "没有选发送"),
        ({"send": "<b>"}, "没有这种送达方式"),
    ],
)
def test_what_would_reach_nobody_is_refused_beside_the_form(sign_in, number, given, said):
    answer = sign_in("dana").post(page(number, "give/"), {"days": "7", **given})
    assert answer.status_code == 409 and said in answer.content.decode()


@pytest.mark.parametrize("who", ["other_desk", "water", "eli"])
def test_who_does_not_see_the_case_sends_nothing_again(sign_in, number, with_duty, who):
    sign_in("dana").post(page(number, "give/"), {"days": "7", "send": "sms"})
    assert sign_in(who).post(page(number, "again/"), {"link": link().pk}).status_code == 404
