"""Ava says it instead of writing it: kept as it was said, heard by whoever may see the case, gone when she wishes."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cases.rules.test_sound import mp4, webm
from tests.fronts.resident.test_reporting import a_picture
from tests.visiting import signed_in

from doorstep.cases.actions import act, withdraw
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.erase import erase, erase_due
from doorstep.cases.models import Case, Said, Sound
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.access.links import follow_token
from doorstep.core.ids import CaseId
from doorstep.core.time import clock
from doorstep.fronts import limits


@pytest.fixture(autouse=True)
def nobody_has_reported_yet(monkeypatch):
    for name in ("_devices", "_addresses"):
        monkeypatch.setattr(limits, name, limits.Allowance(1000))


def a_note(content: bytes = b"", name: str = "note") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or webm(4), content_type="audio/webm")


def sent(words: str = "", note: SimpleUploadedFile | None = None, **more: object):
    return Client().post("/report/", {"words": words, "seen": "yes", "sound": note or a_note(), **more})


def the_note() -> Sound:
    with acting_as(WORKER):
        return Sound.objects.get()


def told_at_the_door(town) -> Case:
    sent("楼道堆满了杂物", door="DOOR0001", item="stairwell-rubbish")
    advance(at=clock.now())
    with acting_as(WORKER):
        return Case.objects.get()


def test_a_spoken_note_needs_no_words(town):
    assert sent().status_code == 303
    assert (the_note().kind, the_note().length_s, bytes(the_note().content)) == ("audio/webm", 4, webm(4))
    with acting_as(WORKER):
        assert "请听录音" in Said.objects.get().words


def test_without_scripts_what_was_attached_is_asked_for_once_more_where_it_is_attached(town):
    """Nothing is kept of a report that was not sent yet; the page says so, and takes both."""
    page = Client().post("/report/", {"words": "楼道灯不亮了", "sound": a_note(), "photo": a_picture()})
    shown = page.content.decode()
    assert "语音没有保留下来" in shown and "照片没有保留下来" in shown
    assert 'name="sound"' in shown and 'name="photo"' in shown and 'name="seen" value="yes"' in shown
    with acting_as(WORKER):
        assert not Sound.objects.exists() and not Case.objects.exists()
    plain = Client().post("/report/", {"words": "楼道灯不亮了"}).content.decode()
    assert "没有保留下来" not in plain and 'name="sound"' in plain
    assert sent("楼道灯不亮了", photo=a_picture()).status_code == 303
    assert the_note().length_s == 4


def test_a_spoken_note_without_words_is_asked_for_again_and_not_refused(town):
    page = Client().post("/report/", {"words": "", "sound": a_note()})
    assert page.status_code == 200 and "语音没有保留下来" in page.content.decode()


def test_a_refusal_says_that_what_was_attached_is_to_be_attached_again(town):
    page = sent("楼道灯不亮了", email="nobody", photo=a_picture())
    assert page.status_code == 422 and "语音没有保留下来" in page.content.decode()
    assert "照片没有保留下来" in page.content.decode()


def test_words_need_no_spoken_note(town):
    assert Client().post("/report/", {"words": "灯不亮了", "seen": "yes"}).status_code == 303
    with acting_as(WORKER):
        assert not Sound.objects.exists()


@pytest.mark.parametrize(
    "content", [b"<script>alert(1)</script>", webm(181), webm() + b"more", webm(track=1), b"\x1a\x45\xdf\xa3" * 900_000]
)
def test_what_is_no_spoken_note_is_refused_and_the_words_stay(town, content):
    answer = sent("灯不亮了", a_note(content, "note.webm"))
    assert answer.status_code == 422 and "灯不亮了" in answer.content.decode()
    with acting_as(WORKER):
        assert not Case.objects.exists()


def test_the_name_of_a_file_says_nothing(town):
    assert sent(note=SimpleUploadedFile("evil.html", mp4(5), content_type="text/html")).status_code == 303
    assert the_note().kind == "audio/mp4"


def test_a_double_tap_with_a_note_is_one_case(town):
    form = {"form": "x" * 24}
    assert sent(note=a_note(), **form)["Location"] == sent(note=a_note(), **form)["Location"]
    assert the_note()


def test_whoever_may_see_the_case_hears_it_and_nobody_else_does(town):
    case = told_at_the_door(town)
    name = the_note().name
    link = follow_token(case.pk, at=clock.now())
    assert f"/c/{link}/sounds/{name}/" in Client().get(f"/c/{link}/").content.decode()
    heard = Client().get(f"/c/{link}/sounds/{name}/")
    assert heard.content == webm(4) and heard["Content-Type"] == "audio/webm"
    for who in ("chen", "dana", "subdistrict", "command"):
        assert signed_in(town, who).get(f"/sounds/{name}/").status_code == 200
    for who in ("eli", "other_desk", "water"):
        assert signed_in(town, who).get(f"/sounds/{name}/").status_code == 404
    assert signed_in(town, "ben").get(f"/sounds/{name}/").status_code == 403
    assert Client().get(f"/sounds/{name}/").status_code == 302
    sent("别的事")
    with acting_as(WORKER):
        other = Case.objects.latest("id")
    assert Client().get(f"/c/{follow_token(other.pk, at=clock.now())}/sounds/{name}/").status_code == 404


def test_the_desk_and_the_field_show_a_player(town):
    case = told_at_the_door(town)
    for who, page in (("dana", "desk"), ("chen", "field")):
        shown = signed_in(town, who).get(f"/{page}/cases/{case.number}/").content.decode()
        assert f'src="/sounds/{the_note().name}/"' in shown and "4 秒" in shown


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("bytes=0-1", 206, webm(4)[:2]),
        ("bytes=10-", 206, webm(4)[10:]),
        ("bytes=999999999-", 200, webm(4)),
        ("x", 200, webm(4)),
    ],
)
def test_a_phone_may_fetch_it_in_parts(town, wanted, status, part):
    case = told_at_the_door(town)
    address = f"/c/{follow_token(case.pk, at=clock.now())}/sounds/{the_note().name}/"
    answer = Client().get(address, headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (status, part)


def test_it_goes_with_the_words_when_ava_erases(town):
    case = told_at_the_door(town)
    ava, number, at = follower_of(case.pk), CaseId(case.pk), clock.now()
    with acting_as(ava):
        withdraw.withdraw(number, by=ava, at=at)
        erase(number, by=ava, at=at)
    with acting_as(WORKER):
        assert not Sound.objects.exists()


def test_it_stays_while_somebody_acts_on_it_and_is_in_her_own_copy(town):
    case = told_at_the_door(town)
    ava = follower_of(case.pk)
    with acting_as(ava):
        erase(CaseId(case.pk), by=ava, at=clock.now())
    erase_due(clock.now())
    assert the_note()
    copy = Client().get(f"/c/{follow_token(case.pk, at=clock.now())}/own.json")
    assert the_note().name in copy.content.decode()


def test_whoever_heard_it_writes_a_line_as_a_note(town):
    case = told_at_the_door(town)
    chen = town.actor("chen")
    with acting_as(chen):
        act.note(CaseId(case.pk), "她说三楼堆了旧家具", by=chen, at=clock.now())
    shown = Client().get(f"/c/{follow_token(case.pk, at=clock.now())}/").content.decode()
    assert "三楼堆了旧家具" in shown


def test_the_field_and_the_counter_take_a_spoken_note_too(town):
    assert signed_in(town, "chen").post("/field/report", {"words": "", "sound": a_note()}).status_code == 303
    slip = signed_in(town, "dana").post("/desk/counter/", {"words": "", "sound": a_note(mp4(6))})
    assert "请听录音" in slip.content.decode()
    with acting_as(WORKER):
        assert list(Sound.objects.order_by("id").values_list("kind", flat=True)) == ["audio/webm", "audio/mp4"]
    refused = signed_in(town, "dana").post("/desk/counter/", {"words": "灯", "sound": a_note(b"no sound")})
    assert refused.status_code == 422


def test_only_the_page_that_records_may_ask_for_the_microphone(town):
    assert "microphone=(self)" in Client().get("/report/")["Permissions-Policy"]
    assert "microphone=()" in Client().get("/find/")["Permissions-Policy"]
