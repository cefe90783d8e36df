"""By a link and nothing else: one case is seen and answered, and every wrong use of it has its own clear answer."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.fronts.outside.conftest import ASKED, WHOLE_WORDS, send
from tests.visiting import signed_in

from doorstep.cases.actions import dispatch, outside
from doorstep.cases.models import Case, Event, Photo, Said
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import follow_token, outside_token
from doorstep.core.access.models import Read
from doorstep.core.time import clock
from doorstep.fronts import limits


@pytest.fixture
def hand(db) -> Client:
    """A phone of the firm's: no account, no cookie."""
    return Client()


def moves(case: int) -> list[str]:
    with acting_as(WORKER):
        return list(Event.objects.filter(case=case).order_by("seq").values_list("move", flat=True))


def words(case: int) -> list[str]:
    with acting_as(WORKER):
        return list(Said.objects.filter(case=case).order_by("seq").values_list("words", flat=True))


def seq(case: int) -> int:
    with acting_as(WORKER):
        return Case.objects.get(pk=case).seq


def test_the_page_says_what_where_until_when_and_who_gave_it(hand, sent):
    answer = hand.get(sent.address)
    shown = answer.content.decode()
    assert answer.status_code == 200
    for told in (ASKED, "1 号楼", "示例维修公司", "示例community_desk", "前办完", "我们来办", "不归我们办"):
        assert told in shown
    assert answer["Cache-Control"] == "private, no-cache" and answer["X-Robots-Tag"] == "noindex"


def test_it_shows_nobody_and_nothing_of_the_case_that_the_part_belongs_to(hand, sent):
    shown = hand.get(sent.address).content.decode()
    for hidden in ("王小明", "13800000000", WHOLE_WORDS):
        assert hidden not in shown


def test_that_it_was_opened_is_kept(hand, sent):
    hand.get(sent.address)
    with acting_as(WORKER):
        assert Read.objects.filter(role="outside", what="case", subject=sent.case).count() == 1


def test_the_firm_takes_it_says_when_it_comes_and_reports_it_done(hand, sent):
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    assert hand.post(f"{sent.address}do/take/", {"seen": seq(sent.case)}).status_code == 303
    coming = {"comes_on": tomorrow, "comes_time": "14:30", "words": "带两个人来"}
    assert hand.post(f"{sent.address}do/note/", coming).url == f"{sent.address}?done=note"
    assert hand.post(f"{sent.address}do/do/", {"words": "换了阀门，不漏了"}).status_code == 303
    assert moves(sent.case)[-3:] == ["take", "note", "do"]
    assert "14:30 到场。\n带两个人来" in words(sent.case)[-2]
    assert "正在等待核实" in hand.get(sent.address).content.decode()


def test_only_when_they_come_is_enough_and_nothing_at_all_is_not(hand, sent):
    day = (clock.now() + timedelta(days=2)).date().isoformat()
    assert hand.post(f"{sent.address}do/note/", {"comes_on": day}).status_code == 303
    assert hand.post(f"{sent.address}do/note/", {}).status_code == 409


@pytest.mark.parametrize("day", ["2020-01-01", "2999-01-01"])
def test_a_day_that_cannot_be_meant_is_refused_and_the_words_are_kept(hand, sent, day):
    answer = hand.post(f"{sent.address}do/note/", {"comes_on": day, "words": "我们上午到"})
    assert answer.status_code == 409
    assert "我们上午到" in answer.content.decode()


def test_that_it_is_not_theirs_needs_a_reason(hand, sent):
    assert hand.post(f"{sent.address}do/decline/", {"words": ""}).status_code == 409
    assert hand.post(f"{sent.address}do/decline/", {"words": "水管归自来水公司"}).status_code == 303
    assert moves(sent.case)[-1] == "decline"
    assert "不归我们办" not in hand.get(sent.address).content.decode()


@pytest.mark.parametrize(
    ("move", "given"),
    [
        ("take", {}),
        ("note", {"words": "带两个人来", "form": "f" * 24}),
        ("do", {"words": "换了阀门"}),
        ("decline", {"words": "归自来水公司"}),
    ],
)
def test_the_same_form_sent_twice_is_one_answer(hand, sent, move, given):
    before, form = moves(sent.case), {**given, "seen": seq(sent.case)}
    answers = [hand.post(f"{sent.address}do/{move}/", form) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert moves(sent.case) == [*before, move]


def test_a_second_answer_from_an_older_page_is_refused_with_what_there_is_now(hand, sent):
    hand.post(f"{sent.address}do/do/", {"words": "换了阀门"})
    answer = hand.post(f"{sent.address}do/do/", {"words": "换了阀门", "seen": seq(sent.case)})
    assert answer.status_code == 409 and "正在等待核实" in answer.content.decode()


@pytest.mark.parametrize("move", ["close", "raise", "pause", "dispatch", "verify", "nothing"])
def test_nothing_else_can_be_sent(hand, sent, move):
    before = moves(sent.case)
    assert hand.post(f"{sent.address}do/{move}/", {"words": "试试看"}).status_code == 404
    assert moves(sent.case) == before


def test_a_form_is_sent_and_never_opened(hand, sent):
    assert hand.get(f"{sent.address}do/take/").status_code == 405


# What cannot be taken -------------------------------------------------------------------------------------------------


def test_a_megabyte_of_words_is_refused_and_leaves_nothing(hand, sent):
    before = moves(sent.case)
    answer = hand.post(f"{sent.address}do/do/", {"words": "好" * 350_000})
    assert answer.status_code in (409, 413)
    assert moves(sent.case) == before


def test_markup_and_signs_without_a_shape_are_only_words(hand, sent):
    hand.post(f"{sent.address}do/note/", {"words": "<script>alert(1)</script>\u202e=1+1\x00"})
    shown = hand.get(sent.address).content.decode()
    assert "<script>alert(1)" not in shown and "&lt;script&gt;alert(1)" in shown
    assert "\u202e" not in shown and "\x00" not in words(sent.case)[-1]


def picture(*, with_page: bool = False) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    hidden = b"<script>alert('polyglot')</script>" if with_page else b""
    return SimpleUploadedFile("page.html", out.getvalue() + hidden, "text/html")


def test_a_picture_is_made_anew_so_that_nothing_rides_in_it(hand, sent):
    hand.post(f"{sent.address}do/do/", {"words": "换了阀门", "photo": picture(with_page=True)})
    with acting_as(WORKER):
        kept = Photo.objects.get(case=sent.case)
    assert b"polyglot" not in bytes(kept.image) + bytes(kept.thumbnail)
    answer = hand.get(f"{sent.address}photos/{kept.name}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")


def test_what_is_no_picture_is_refused_and_the_work_is_not_reported(hand, sent):
    upload = SimpleUploadedFile("photo.jpg", b"<html>", "image/jpeg")
    answer = hand.post(f"{sent.address}do/do/", {"words": "换了阀门", "photo": upload})
    assert answer.status_code == 409 and "do" not in moves(sent.case)


# Whose link it is -----------------------------------------------------------------------------------------------------


def test_the_link_of_another_case_opens_that_one_and_its_pictures_alone(hand, town, sent):
    other = send(town, "另一家维修公司")
    hand.post(f"{other.address}do/do/", {"words": "换了灯", "photo": picture()})
    with acting_as(WORKER):
        name = Photo.objects.get(case=other.case).name
    assert sent.number not in hand.get(other.address).content.decode()
    assert hand.get(f"{sent.address}photos/{name}/").status_code == 404
    assert hand.get(f"{other.address}photos/{name}/").status_code == 200


@pytest.mark.parametrize("who", ["dana", "water", "chen", "audit", "ben"])
def test_whoever_is_signed_in_is_by_the_link_nobody_but_its_holder(town, sent, who):
    visitor = signed_in(town, who)
    assert ASKED in visitor.get(sent.address).content.decode()
    assert visitor.post(f"{sent.address}do/take/", {}).status_code == 303
    with acting_as(WORKER):
        row = Event.objects.filter(case=sent.case).order_by("-seq").first()
    assert (row.by_unit, row.by_post, row.facts["link"]) == (sent.unit, None, sent.link)


def test_the_link_opens_nothing_at_any_other_door(hand, sent):
    token = sent.address.split("/")[2]
    assert hand.get(f"/c/{token}/").status_code == 404
    assert hand.get(f"/desk/cases/{sent.number}/").status_code == 302
    assert hand.get(f"/h/{follow_token(sent.case, at=clock.now())}/").status_code == 404


def answers(hand: Client, address: str) -> set[tuple[int, str]]:
    found = [hand.get(address), hand.post(f"{address}do/take/", {}), hand.get(f"{address}photos/any/")]
    return {(each.status_code, _said(each)) for each in found}


def _said(answer) -> str:
    shown = answer.content.decode()
    return shown[shown.index("<main") : shown.index("</main>")].split("csrf")[0]


def test_a_wrong_link_says_the_same_whether_it_ever_was_one(hand, sent):
    token = sent.address.split("/")[2]
    wrong = [token[:-1], token[1:], outside_token(), "x", "’ OR 1=1 --", "0" * 5000]
    pages = [hand.get(f"/h/{each}/") for each in wrong]
    assert {each.status_code for each in pages} == {404}
    assert len({each.content.decode().count("这个链接不对") for each in pages}) == 1
    assert "这个链接不对" in pages[0].content.decode()


def test_a_link_that_was_taken_back_says_so_and_shows_nothing(hand, town, sent):
    dana = town.actor("dana")
    with acting_as(dana):
        outside.withdraw(sent.link, by=dana, at=clock.now())
    for status, said in answers(hand, sent.address):
        assert status == 410 and "已经被收回" in said and ASKED not in said
    assert "take" not in moves(sent.case)


def test_a_link_to_a_case_that_went_elsewhere_says_so(hand, town, sent):
    dana = town.actor("dana")
    with acting_as(dana):
        dispatch.dispatch_by_hand(sent.case, town.units["water"], by=dana, at=clock.now())
    for status, said in answers(hand, sent.address):
        assert status == 410 and "已经不在您单位办理" in said and ASKED not in said


def test_an_expired_link_says_so(hand, sent, monkeypatch):
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    for status, said in answers(hand, sent.address):
        assert status == 410 and "过了有效期" in said and ASKED not in said


def test_whoever_guesses_is_stopped_and_neighbours_with_a_right_link_are_not(hand, sent, monkeypatch):
    monkeypatch.setattr(limits, "_wrong_links", limits.Allowance(3))
    for _ in range(3):
        assert hand.get(f"/h/{outside_token()}/").status_code == 404
    stopped = hand.get(f"/h/{outside_token()}/")
    assert stopped.status_code == 429 and "次数太多" in stopped.content.decode()
    assert hand.get(f"/h/{outside_token()}/", REMOTE_ADDR="10.1.2.3").status_code == 404
    assert hand.get(sent.address).status_code == 200
