"""Chen's phone: what it shows, what it lets him do, and what it never asks for."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests.visiting import EVERYBODY, signed_in

from doorstep.cases.actions import act, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case
from doorstep.cases.queries import ledger_of
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.time import clock


def reported(town, words="楼道里堆满了杂物", *, ago=timedelta()):
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    at = clock.now() - ago
    case = report(Report(words, place, Contact(phone="13800000000"), item="stairwell-rubbish"), at=at).case
    advance(at=at)
    return the(case)


def the(case):
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def moves_of(case):
    with acting_as(WORKER):
        return [event.move for event in ledger_of(case.pk)]


def shown(answer):
    return answer.content.decode()


def a_picture():
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", out.getvalue(), content_type="image/jpeg")


@pytest.fixture
def chen(town):
    return signed_in(town, "chen")


def test_chen_finds_what_was_sent_to_him(town, chen):
    case = reported(town)
    page = shown(chen.get("/field/"))
    assert "楼道里堆满了杂物" in page
    assert f"/field/cases/{case.number}/" in page
    assert "新来的" in page


def test_a_day_without_cases_is_said_to_be_a_good_one(chen):
    assert "没有诉求的一天，就是好的一天" in shown(chen.get("/field/"))


def test_eli_of_another_grid_sees_neither_the_list_nor_the_case(town):
    case = reported(town)
    eli = signed_in(town, "eli")
    assert "楼道里堆满了杂物" not in shown(eli.get("/field/"))
    assert eli.get(f"/field/cases/{case.number}/").status_code == 404
    assert eli.post(f"/field/cases/{case.number}/take/", {"seen": case.seq}).status_code == 404
    assert moves_of(case)[-1] == "dispatch"


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in ("chen", "eli")])
@pytest.mark.parametrize("address", ["/field/", "/field/report", "/field/cases/261123-000001-00/"])
def test_the_field_is_for_grids_alone(town, who, address):
    assert signed_in(town, who).get(address).status_code == 403


def test_chen_takes_it_does_it_and_the_resident_is_asked(town, chen):
    case = reported(town)
    answer = chen.post(f"/field/cases/{case.number}/take/", {"seen": case.seq})
    assert (answer.status_code, answer.url) == (303, f"/field/cases/{case.number}/?done=take")
    form = {"seen": case.seq + 1, "outcome": "solved", "words": "杂物已清走，楼道可以通行。"}
    assert chen.post(f"/field/cases/{case.number}/do/", form).status_code == 303
    assert moves_of(case)[-2:] == ["take", "do"]
    assert the(case.pk).outcome == "solved"


def test_a_picture_is_welcome_and_never_needed(town, chen):
    case = reported(town)
    assert "required" not in shown(chen.get(f"/field/cases/{case.number}/")).split('type="file"')[1].split(">")[0]
    form = {"seen": case.seq, "outcome": "solved", "words": "杂物已清走，楼道可以通行。", "photo": a_picture()}
    assert chen.post(f"/field/cases/{case.number}/do/", form).status_code == 303
    assert "<img" in shown(chen.get(f"/field/cases/{case.number}/"))


def test_more_pictures_than_are_kept_are_refused_and_none_is_dropped_silently(town, chen):
    case = reported(town)
    form = {"seen": case.seq, "outcome": "solved", "words": "杂物已清走。", "photo": [a_picture() for _ in range(4)]}
    page = shown(chen.post(f"/field/cases/{case.number}/do/", form))
    assert "最多 3 张照片" in page and "杂物已清走。" in page
    assert moves_of(case)[-1] == "dispatch"


def test_what_is_no_picture_is_refused_and_the_words_are_kept(town, chen):
    case = reported(town)
    words = "杂物已清走，楼道可以通行。"
    form = {"seen": case.seq, "outcome": "solved", "words": words, "photo": SimpleUploadedFile("a.jpg", b"not one")}
    page = chen.post(f"/field/cases/{case.number}/do/", form)
    assert words in shown(page)
    assert moves_of(case)[-1] == "dispatch"


def test_chen_objects_with_a_basis_and_a_reason_and_not_without(town, chen):
    case = reported(town)
    refused = chen.post(f"/field/cases/{case.number}/decline/", {"seen": case.seq, "words": ""})
    assert 'role="alert"' in shown(refused)
    sent = {"seen": case.seq, "words": "这是物业的公共区域，应由物业公司处理。"}
    assert "请从列表中选一项依据" in shown(chen.post(f"/field/cases/{case.number}/decline/", sent))
    assert chen.post(f"/field/cases/{case.number}/decline/", sent | {"basis": "place"}).url == "/field/?done=decline"
    assert moves_of(case)[-1] == "decline"
    page = shown(chen.get(f"/field/cases/{case.number}/"))
    assert "不在本单位管辖区域内" in page and "等待镇街受理台审核" in page and 'id="move-decline"' not in page


def test_a_note_is_told_to_the_resident_or_kept_among_colleagues(town, chen):
    case = reported(town)
    chen.post(f"/field/cases/{case.number}/note/", {"seen": case.seq, "words": "下午去看。", "for_reporter": "yes"})
    chen.post(f"/field/cases/{case.number}/note/", {"seen": case.seq + 1, "words": "门禁要找物业。"})
    from doorstep.cases.models import Said

    with acting_as(WORKER):
        said = dict(Said.objects.filter(case=case.pk, seq__gt=case.seq).values_list("words", "for_reporter"))
    assert said == {"下午去看。": True, "门禁要找物业。": False}


def test_whoever_takes_what_has_just_moved_on_is_told(town, chen):
    case = reported(town)
    chen.post(f"/field/cases/{case.number}/note/", {"seen": case.seq, "words": "下午去看。"})
    late = chen.post(f"/field/cases/{case.number}/take/", {"seen": case.seq})
    assert 'role="alert"' in shown(late) and "刚刚有了新的进展" in shown(late)


def test_whoever_pressed_on_an_old_page_is_told_that_somebody_was_first(town, chen):
    case = reported(town)
    chen.post(f"/field/cases/{case.number}/take/", {"seen": case.seq})
    late = chen.post(f"/field/cases/{case.number}/decline/", {"seen": case.seq, "words": "不归我们管，应由物业处理。"})
    assert moves_of(case)[-1] == "take"
    assert 'role="alert"' in shown(late)


def test_moves_that_belong_to_the_desk_are_not_to_be_had_here(town, chen):
    case = reported(town)
    for name in ("close", "dispatch", "classify", "report", "nonsense"):
        assert chen.post(f"/field/cases/{case.number}/{name}/", {"seen": case.seq}).status_code == 404


def test_a_resident_who_says_not_solved_waits_for_chens_word(town, chen):
    case = reported(town)
    holder = town.actor("chen")
    with acting_as(holder):
        act.do(case.pk, "清走了。", by=holder, at=clock.now())
    ava = follower_of(case.pk)
    with acting_as(ava):
        verify.say_not_solved(case.pk, "还有一半", by=ava, at=clock.now())
    page = shown(chen.get("/field/"))
    assert 'id="word"' in page


def test_a_report_that_is_tapped_twice_is_one_case(town, chen):
    form = re.search(r'name="form" value="([^"]+)"', chen.get("/field/report").content.decode())[1]
    twice = [chen.post("/field/report", {"words": "路灯不亮", "form": form})["Location"] for _ in range(2)]
    assert twice[0] == twice[1]


def test_an_address_that_could_be_no_case_is_no_page(town, chen):
    assert chen.get("/field/cases/%00/").status_code == 404


def test_chen_reports_what_he_saw_with_one_sentence(town, chen):
    answer = chen.post("/field/report", {"words": "单元门口的井盖松动"})
    assert answer.status_code == 303
    with acting_as(WORKER):
        case = Case.objects.get()
    assert (case.source, case.community_id, case.door_id, case.lon) == ("grid-worker", town.community, None, None)
    assert case.number in shown(chen.get(answer.url))


def test_a_door_of_his_grid_places_it_and_a_door_elsewhere_does_not(town, chen):
    chen.post("/field/report", {"words": "楼道里堆满了杂物", "door": town.door})
    advance(at=clock.now())
    with acting_as(WORKER):
        assert Case.objects.get().grid_id == town.grid
    signed_in(town, "eli").post("/field/report", {"words": "楼道里堆满了杂物", "door": town.door})
    with acting_as(WORKER):
        assert Case.objects.order_by("-id").first().door_id is None


@pytest.mark.parametrize(
    ("lon", "lat", "kept"),
    [("119.401", "32.199", True), ("nan", "32", False), ("1e999", "2", False), ("", "32", False), ("x", "y", False)],
)
def test_a_position_is_kept_when_it_was_given_and_only_then(town, chen, lon, lat, kept):
    assert (
        chen.post("/field/report", {"words": "井盖松动", "lon": lon, "lat": lat, "accuracy": "12"}).status_code == 303
    )
    with acting_as(WORKER):
        assert (Case.objects.get().lon is not None) is kept


@pytest.mark.parametrize("words", ["", "   ", "\x00", "长" * 2001])
def test_a_report_without_words_or_with_far_too_many_is_refused(town, chen, words):
    page = chen.post("/field/report", {"words": words, "place": "3 号楼北侧"})
    assert "3 号楼北侧" in shown(page)
    with acting_as(WORKER):
        assert not Case.objects.exists()


def test_the_page_of_the_day_asks_the_database_the_same_few_times_however_much_there_is(town, chen):
    reported(town)
    with CaptureQueriesContext(connection) as few:
        chen.get("/field/")
    for n in range(12):
        reported(town, f"楼道里堆满了杂物 {n}")
    with CaptureQueriesContext(connection) as many:
        chen.get("/field/")
    # The catalogue is looked at again every few seconds, whoever asks.
    counted = [sum("catalogue_" not in asked["sql"] for asked in each) for each in (few, many)]
    assert counted[0] == counted[1] <= 8


def test_the_page_of_a_case_asks_the_database_few_times(town, chen):
    case = reported(town)
    with CaptureQueriesContext(connection) as asked:
        chen.get(f"/field/cases/{case.number}/")
    assert len(asked) <= 12
