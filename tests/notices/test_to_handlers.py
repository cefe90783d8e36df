"""The link of an outside handler goes out by text message or e-mail, is seen on its way, and stops with the link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.cases.test_life import reported
from tests.town import MORNING

from doorstep.cases.actions import calling, outside
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.ledger import CaseNotFound
from doorstep.cases.models import Event, OutsideLink, Part
from doorstep.cases.rules.outside import OutsideRefused
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.core.contacts import ContactRefused
from doorstep.notices import tasks
from doorstep.notices.actions.handlers import send_again
from doorstep.notices.models import LinkNotice
from doorstep.notices.to_handlers import sent_of
from doorstep.staff.actions.duty import keep_duty
from doorstep.staff.duty import Duty
from doorstep.staff.models import Unit

PHONE, EMAIL = "13800001234", "duty@firm.example.org"
OTHER = "13900005678"


@pytest.fixture
def firm(town) -> int:
    with acting_as(WORKER):
        made = Unit.objects.create(kind="outside", name="示例维修公司", area_id=town.community).pk
        keep_duty(made, Duty(PHONE, EMAIL))
    return made


@pytest.fixture
def part(town, firm) -> int:
    whole, dana = reported(town), town.actor("dana")
    advance(at=MORNING)
    with acting_as(dana):
        calling.call(whole, [firm], "请修好三楼的水管", by=dana, at=MORNING)
    with acting_as(WORKER):
        tasks.send_due(MORNING)
        return Part.objects.get(whole=whole, unit=firm).case_id


def give(town, part: int, send: str, to: str = "", by: str = "dana", at=MORNING) -> outside.Given:
    giver = town.actor(by)
    with acting_as(giver):
        return outside.give(part, 7, by=giver, at=at, send=send, to=to)


def again(town, link: int, by: str = "dana", at=MORNING) -> None:
    with acting_as(town.actor(by)):
        send_again(link, by=town.actor(by), at=at)


def kept() -> LinkNotice:
    with acting_as(WORKER):
        return LinkNotice.objects.get()


def texts_to(texts, number: str) -> list[str]:
    return [each.message["text"] for each in texts.asked if each.message["to"] == number]


# How it gets there ----------------------------------------------------------------------------------------------------


def test_the_duty_gets_the_link_as_a_text_message_that_says_nothing_of_the_case(town, part, texts):
    given = give(town, part, "sms")
    tasks.send_due(MORNING)
    (said,) = texts_to(texts, PHONE)
    assert f"/h/{given.token}/" in said and "示例维修公司" in said and "示例community_desk" in said
    assert "水管" not in said and len(said) <= 300
    with acting_as(WORKER):
        assert outside.enter(given.token, at=MORNING).case == part


def test_the_duty_gets_the_link_as_a_letter(town, part, post):
    given = give(town, part, "email")
    tasks.send_due(MORNING)
    (letter,) = post.letters
    assert letter["To"] == EMAIL and letter["Subject"] == "示例community_desk请示例维修公司办理一件事"
    assert f"https://door.example.org/h/{given.token}/" in letter.get_content()


@pytest.mark.parametrize("typed", [OTHER, "139-0000-5678", "１３９００００５６７８"])
def test_another_number_is_used_for_this_once_and_never_shown_again(town, part, texts, typed):
    link = give(town, part, "other", typed).id
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(n)::text FROM notices_link_notice n")
        assert OTHER not in cursor.fetchone()[0]
    tasks.send_due(MORNING)
    assert len(texts_to(texts, OTHER)) == 1 and texts_to(texts, PHONE) == []
    with acting_as(town.actor("dana")):
        assert sent_of([link])[link].hint == "139****5678"


def test_another_address_is_known_by_its_sign(town, part, post):
    give(town, part, "other", "boss@firm.example.org")
    tasks.send_due(MORNING)
    assert [letter["To"] for letter in post.letters] == ["boss@firm.example.org"]


def test_whoever_is_on_duty_by_then_is_told(town, part, firm, texts):
    give(town, part, "sms")
    with acting_as(WORKER):
        keep_duty(firm, Duty("13700000000", ""))
    tasks.send_due(MORNING)
    assert len(texts_to(texts, "13700000000")) == 1 and texts_to(texts, PHONE) == []


def test_a_duty_that_is_gone_by_then_is_seen_as_unsent(town, part, firm, texts):
    link = give(town, part, "sms").id
    with acting_as(WORKER):
        keep_duty(firm, Duty())
    tasks.send_due(MORNING)
    with acting_as(town.actor("dana")):
        sent = sent_of([link])[link]
    assert sent.state == "unsent" and "没有填值班联系方式" in str(sent.trouble_told)
    assert texts_to(texts, PHONE) == []


def test_nobody_is_sent_what_the_desk_passes_on_itself(town, part, texts, post):
    give(town, part, "")
    tasks.send_due(MORNING)
    assert texts.asked == [] and post.letters == []
    with acting_as(WORKER):
        assert not LinkNotice.objects.exists()


# Retries, and once more -----------------------------------------------------------------------------------------------


def test_a_gateway_that_is_down_is_tried_again_with_the_same_key(town, part, texts):
    texts.answers[:] = [503]
    link = give(town, part, "sms").id
    tasks.send_due(MORNING)
    with acting_as(town.actor("dana")):
        waits = sent_of([link])[link]
    assert waits.is_under_way and waits.trouble and waits.look_again_at == MORNING + timedelta(minutes=1)
    tasks.send_due(MORNING + timedelta(minutes=1))
    assert len({each.headers["Idempotency-Key"] for each in texts.asked}) == 1
    assert len(texts_to(texts, PHONE)) == 2
    assert kept().state == "sent" and kept().sent_at == MORNING + timedelta(minutes=1)


def test_what_was_refused_for_good_is_sent_again_by_hand_with_the_same_link(town, part, texts):
    texts.answers[:] = [400]
    given = give(town, part, "sms")
    tasks.send_due(MORNING)
    assert kept().state == "failed"
    again(town, given.id, at=MORNING + timedelta(minutes=5))
    tasks.send_due(MORNING + timedelta(minutes=5))
    assert kept().state == "sent"
    assert [f"/h/{given.token}/" in said for said in texts_to(texts, PHONE)] == [True, True]
    assert len({each.headers["Idempotency-Key"] for each in texts.asked}) == 2


def test_what_is_on_its_way_is_not_doubled(town, part, texts):
    link = give(town, part, "sms").id
    with pytest.raises(OutsideRefused, match="正在发送"):
        again(town, link)
    tasks.send_due(MORNING)
    tasks.send_due(MORNING + timedelta(days=1))
    assert len(texts_to(texts, PHONE)) == 1


def test_a_link_that_was_not_sent_is_not_sent_again(town, part):
    link = give(town, part, "").id
    with pytest.raises(OutsideRefused, match="没有用短信或邮件发过"):
        again(town, link)


@pytest.mark.parametrize("who", ["other_desk", "water", "eli"])
def test_a_stranger_sends_nothing_and_sees_nothing_of_it(town, part, texts, who):
    link = give(town, part, "sms").id
    with acting_as(town.actor(who)):
        assert sent_of([link]) == {}
    with pytest.raises(CaseNotFound):
        again(town, link, by=who)
    with pytest.raises(CaseNotFound):
        give(town, part, "sms", by=who)


# What stops it --------------------------------------------------------------------------------------------------------


def test_a_link_that_is_taken_back_is_not_sent_and_where_it_was_to_go_is_forgotten(town, part, texts):
    link, dana = give(town, part, "other", OTHER).id, town.actor("dana")
    with acting_as(dana):
        outside.withdraw(link, by=dana, at=MORNING)
    tasks.send_due(MORNING + timedelta(minutes=1))
    assert texts.asked == []
    assert (kept().state, kept().secret, kept().to) == ("stopped", None, None)
    with pytest.raises(OutsideRefused, match="已经不能用"):
        again(town, link)


def test_a_link_that_was_replaced_while_its_message_waited_is_not_sent(town, part, texts):
    texts.answers[:] = [503]
    give(town, part, "sms")
    tasks.send_due(MORNING)
    second = give(town, part, "sms", at=MORNING + timedelta(minutes=1))
    tasks.send_due(MORNING + timedelta(minutes=1))
    assert f"/h/{second.token}/" in texts_to(texts, PHONE)[-1]
    assert len(texts_to(texts, PHONE)) == 2
    with acting_as(WORKER):
        assert list(LinkNotice.objects.order_by("pk").values_list("state", flat=True)) == ["stopped", "sent"]


@pytest.mark.parametrize(("answer", "state"), [(202, "sent"), (400, "failed")])
def test_when_its_time_is_over_nothing_is_left_by_which_it_could_be_opened(town, part, texts, answer, state):
    texts.answers[:] = [answer]
    give(town, part, "other", OTHER)
    tasks.send_due(MORNING)
    assert kept().secret is not None
    tasks.send_due(MORNING + timedelta(days=7))
    assert (kept().state, kept().secret, kept().to, kept().look_again_at) == (state, None, None, None)
    assert len(texts_to(texts, OTHER)) == 1


# Who reads what -------------------------------------------------------------------------------------------------------


def test_ledger_and_audit_say_by_what_channel_and_nothing_of_where_it_went(town, part):
    link = give(town, part, "other", OTHER).id
    with acting_as(WORKER):
        facts = [event.facts for event in Event.objects.filter(move="note").order_by("pk") if "link_for" in event.facts]
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        deeds = list(Deed.objects.filter(subject=f"link {link}").values_list("facts", flat=True))
    assert [each["sent"] for each in facts] == ["sms"]
    assert OTHER not in str(facts) and "5678" not in str(facts) and "5678" not in str(deeds)


@pytest.mark.parametrize("column", ["secret", "to"])
def test_nobody_but_the_machine_reads_what_opens_the_link_or_where_it_went(town, part, column):
    give(town, part, "sms")
    with (
        acting_as(town.actor("dana")),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        LinkNotice.objects.values_list(column).first()


# Bad input ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("send", "to", "said"),
    [
        ("other", "", "没有填号码或邮箱"),
        ("other", "   ", "没有填号码或邮箱"),
        ("", OTHER, "没有选发送"),
        ("pigeon", "", "没有这种送达方式"),
        ("SMS", "", "没有这种送达方式"),
    ],
)
def test_a_way_that_reaches_nobody_is_refused_and_no_link_is_given(town, part, send, to, said):
    with pytest.raises(OutsideRefused, match=said):
        give(town, part, send, to)
    with acting_as(WORKER):
        assert not OutsideLink.objects.exists()


@pytest.mark.parametrize(
    "typed", ["12345", "不是号码", "1" * 40, "a@b", "a@b\r\nBcc: c@d.example", "+", "a@@b.example"]
)
def test_a_number_or_address_that_cannot_be_right_is_refused(town, part, typed):
    with pytest.raises(ContactRefused) as refused:
        give(town, part, "other", typed)
    assert refused.value.where == "to"
    with acting_as(WORKER):
        assert not OutsideLink.objects.exists() and not LinkNotice.objects.exists()


@pytest.mark.parametrize(("left", "send"), [(Duty(), "sms"), (Duty(), "email"), (Duty(PHONE), "email")])
def test_a_unit_without_such_a_contact_is_sent_nothing(town, part, firm, left, send):
    with acting_as(WORKER):
        keep_duty(firm, left)
    with pytest.raises(OutsideRefused, match="没有填值班手机或值班邮箱"):
        give(town, part, send)
