"""The page of one case: who may open it, what it shows, and every move from it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from tests.town import MORNING

from doorstep.cases.actions import act, looking
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.objecting import object_to_ending
from doorstep.cases.actions.report import Place
from doorstep.cases.models import Case
from doorstep.cases.queries import catalogue, ledger_of
from doorstep.core.access import WORKER, Actor, Role, acting_as, follower_of
from doorstep.core.time import clock


def the(case: Case) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case.pk)


def moves_of(case: Case) -> list[str]:
    with acting_as(WORKER):
        return [event.move for event in ledger_of(case.pk)]


def traces(what: str, subject: int) -> list[tuple[str, str]]:
    with acting_as(Actor(Role.AUDIT_ADMIN)), connection.cursor() as cursor:
        cursor.execute("SELECT role, because FROM access_read WHERE what = %s AND subject = %s", [what, subject])
        return cursor.fetchall()


def page(browser, case: Case) -> str:
    answer = browser.get(f"/desk/cases/{case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def make(browser, case: Case, move: str, **form):
    return browser.post(f"/desk/cases/{case.number}/{move}/", {"seen": the(case).seq, **form})


def test_dana_sees_why_it_came_and_under_which_name(sign_in, reported):
    case = reported()
    shown = page(sign_in("dana"), case)
    assert "示例grid_team" in shown and "王小明" not in shown and "13800000000" not in shown


def test_dana_reads_when_such_a_case_is_taken_on_and_when_it_is_done(sign_in, reported):
    case = reported()
    shown = page(sign_in("dana"), case)
    item = catalogue().items[the(case).item]
    assert "办结标准" in shown
    assert escape(item.accept.zh) in shown and escape(item.done.zh) in shown


def test_no_grid_is_offered_for_what_may_not_be_given_to_one(town, sign_in, reported):
    case = reported()
    dana = sign_in("dana")
    grid, hint = f'name="unit" value="{town.units["other_grid_team"]}"', "不在网格准入事项清单内"
    shown = page(dana, case)
    assert grid in shown and hint not in shown
    # Whoever has it already is not offered: sent once more, its clock would begin anew.
    assert f'name="unit" value="{town.units["grid_team"]}"' not in shown
    make(dana, case, "classify", item="street-light")
    shown = page(dana, case)
    assert grid not in shown and hint in shown


def test_opening_a_case_leaves_a_trace(sign_in, reported):
    case = reported()
    page(sign_in("dana"), case)
    assert traces("case", case.pk) == [("community", "")]


def test_no_page_is_shown_without_its_trace_even_after_a_refused_move(sign_in, reported):
    case = reported()
    answer = make(sign_in("dana"), case, "close", outcome="explained", words="短")
    assert "现在可以做的" in answer.content.decode()
    assert traces("case", case.pk) == [("community", "")]


@pytest.mark.parametrize("who", ["eli", "other_desk", "water"])
def test_whoever_does_not_cover_the_case_finds_no_such_case(who, sign_in, reported):
    case = reported()
    stranger = sign_in(who)
    assert stranger.get(f"/desk/cases/{case.number}/").status_code == 404
    assert stranger.get(f"/desk/cases/{case.number}/print/").status_code == 404
    assert make(stranger, case, "note", words="看过了").status_code == 404
    assert stranger.post(
        f"/desk/cases/{case.number}/contact/", {"purpose": "visit", "because": "约定上门"}
    ).status_code in (404, 409)
    assert traces("case", case.pk) == [] and moves_of(case)[-1] == "dispatch"


@pytest.mark.parametrize("who", ["ben", "audit"])
def test_neighbours_and_administrators_open_no_case(who, sign_in, reported):
    case = reported()
    someone = sign_in(who)
    assert someone.get(f"/desk/cases/{case.number}/").status_code == 403
    assert make(someone, case, "note", words="看过了").status_code == 403
    assert (
        someone.post(f"/desk/cases/{case.number}/contact/", {"purpose": "visit", "because": "约定上门"}).status_code
        == 403
    )
    assert someone.get(f"/desk/map/{case.number}/place.geojson").status_code == 403


def test_a_form_from_elsewhere_is_refused(sign_in, reported):
    case = reported()
    dana = sign_in("dana")
    dana.handler.enforce_csrf_checks = True
    assert make(dana, case, "note", words="看过了").status_code == 403


@pytest.mark.parametrize("number", ["261123-000001-00", "x", "0", "%00", "261123-999999-99"])
def test_a_number_that_nobody_has_is_no_page(number, sign_in, reported):
    reported()
    assert sign_in("dana").get(f"/desk/cases/{number}/").status_code == 404


def test_a_move_that_does_not_exist_is_no_page(sign_in, reported):
    assert make(sign_in("dana"), reported(), "delete").status_code == 404


def test_words_that_look_like_a_page_stay_words(sign_in, reported):
    case, dana = reported("<img src=x onerror=alert(1)> 堆物"), sign_in("dana")
    make(dana, case, "note", words="<script>alert(2)</script>")
    shown = page(dana, case)
    assert "<img src=x" not in shown and "<script>alert(2)" not in shown
    assert "&lt;script&gt;alert(2)" in shown


def test_chen_takes_it_and_does_it_from_the_same_page(sign_in, reported):
    case, chen = reported(), sign_in("chen")
    assert make(chen, case, "take").status_code == 303
    assert make(chen, case, "do", words="清理干净了", outcome="solved").status_code == 303
    assert moves_of(case)[-2:] == ["take", "do"]


WHY = "属于小区内部管道，应由物业承办"


def test_chen_objects_on_a_basis_and_keeps_the_case_until_a_desk_decides(sign_in, reported):
    case, chen = reported(), sign_in("chen")
    assert "依据" in make(chen, case, "decline", words=WHY).content.decode()
    assert "不在本单位管辖区域内" in page(chen, case)
    answer = make(chen, case, "decline", words=WHY, basis="place")
    assert answer.status_code == 303 and the(case).question == "objection"
    assert the(case).holder_unit_id == case.holder_unit_id


def test_an_objection_is_shown_with_its_basis_with_who_decides_and_with_what_came_of_it(sign_in, reported, town):
    case = reported("自来水管爆了，路上都是水", item="water-outage")
    water, office = sign_in("water"), sign_in("subdistrict")
    make(water, case, "decline", words=WHY, basis="duties")
    for reader in (water, office):
        shown = page(reader, case)
        assert "不在本单位权责清单（职责规定）内" in shown and "等待镇街受理台审核" in shown and WHY in shown
        assert "须在" in shown
        assert "正等镇街受理台答复，应在" in shown
    for desk in ("dana", "subdistrict"):
        assert "等镇街受理台答复，还剩" in sign_in(desk).get("/desk/?tab=asked").content.decode()
    assert "/reject/" in page(office, case) and "/reject/" not in page(water, case)
    make(office, case, "reject", words="管道由供水单位养护。")
    shown = page(water, case)
    assert "不成立，仍由原单位承办" in shown and "管道由供水单位养护。" in shown
    assert "示例subdistrict_office决定" in shown
    make(water, case, "decline", words=WHY, basis="duties")
    make(sign_in("command"), case, "dispatch", unit=str(town.units["subdistrict_office"]))
    shown = page(office, case)
    assert "成立，改由其他单位承办" in shown and "上级裁定，不得再退" in shown


def test_a_desk_that_is_not_asked_rejects_no_objection(sign_in, reported):
    case = reported("自来水管爆了，路上都是水", item="water-outage")
    make(sign_in("water"), case, "decline", words=WHY, basis="duties")
    for who in ("dana", "water"):
        refused = make(sign_in(who), case, "reject", words="应由贵单位承办。")
        assert refused.status_code in (200, 403, 409, 422)
        assert the(case).question == "objection"


def test_dana_corrects_place_item_and_unit_by_hand(sign_in, reported, town):
    case, dana = reported(), sign_in("dana")
    with acting_as(WORKER):
        from doorstep.areas.models import Area

        code = Area.objects.get(pk=town.microgrids[1]).code
    make(dana, case, "locate", microgrid=code)
    assert the(case).microgrid_id == town.microgrids[1]
    make(dana, case, "classify", item="street-light", urgency="urgent")
    assert (the(case).item, the(case).urgency) == ("street-light", "urgent")
    make(dana, case, "dispatch", unit=str(town.units["community_desk"]), words="请先看现场")
    assert the(case).holder_unit_id == town.units["community_desk"]
    make(dana, case, "take")
    assert the(case).state == "taken"


@pytest.mark.parametrize("code", ["", "0", "abc", "32110200100100199", "\x00"])
def test_a_place_that_does_not_exist_is_refused_in_words(code, sign_in, reported):
    answer = make(sign_in("dana"), reported(), "locate", microgrid=code)
    assert answer.status_code == 200 and "请从列表或地图上选择" in answer.content.decode()


def test_no_place_is_chosen_for_a_desk_that_has_not_chosen(town, sign_in, reported):
    of = {"community": town.community, "subdistrict": town.subdistrict, "county": town.county}
    case, dana = reported(place=Place(words="三号楼", **of)), sign_in("dana")
    assert case.microgrid_id is None
    offered = page(dana, case).partition('name="microgrid"')[2].partition("</select>")[0]
    assert offered.index('<option value=""') < offered.index('<option value="3')
    assert "还没有选择微网格" in make(dana, case, "locate", microgrid="").content.decode()
    assert the(case).microgrid_id is None


@pytest.mark.parametrize("unit", ["", "0", "abc", "-1", "99999999999999999999", "٣"])
def test_a_unit_that_does_not_exist_is_refused_in_words(unit, sign_in, reported):
    answer = make(sign_in("dana"), reported(), "dispatch", unit=unit)
    assert answer.status_code == 200 and "请从列表中选择" in answer.content.decode()


def test_what_was_written_is_kept_when_a_move_is_refused(sign_in, reported):
    case = reported()
    shown = make(sign_in("dana"), case, "close", outcome="solved", words="已经答复来电人了").content.decode()
    assert "已经答复来电人了" in shown and "还没有办理记录" in shown


def test_whoever_was_second_is_told_and_keeps_the_words(sign_in, reported):
    case, dana, chen = reported(), sign_in("dana"), sign_in("chen")
    seen = the(case).seq
    make(chen, case, "take")
    shown = dana.post(
        f"/desk/cases/{case.number}/dispatch/", {"seen": seen, "unit": "1", "words": "请尽快上门"}
    ).content.decode()
    assert "刚刚有了新的进展" in shown and "请尽快上门" in shown
    assert moves_of(case)[-1] == "take"


def test_whoever_takes_second_is_told(sign_in, reported):
    case, dana, chen = reported(), sign_in("dana"), sign_in("chen")
    seen = the(case).seq
    make(dana, case, "note", words="电话里又催了一次")
    shown = [chen.post(f"/desk/cases/{case.number}/take/", {"seen": seen}).content.decode()]
    make(chen, case, "take")
    shown.append(chen.post(f"/desk/cases/{case.number}/take/", {"seen": seen}).content.decode())
    for each in shown:
        assert "刚刚有了新的进展" in each and each.count('role="alert"') == 1
    assert moves_of(case).count("take") == 1


def test_words_of_a_form_that_is_gone_are_given_back(sign_in, reported):
    case, chen = reported(), sign_in("chen")
    seen = the(case).seq
    make(chen, case, "do", words="清理干净了", outcome="solved")
    shown = chen.post(
        f"/desk/cases/{case.number}/decline/", {"seen": seen, "words": "这件事应由物业来办"}
    ).content.decode()
    assert "这件事应由物业来办" in shown and "没有保存" in shown


def test_two_who_write_at_the_same_moment_are_told_apart_by_the_ledger(sign_in, reported, town, monkeypatch):
    case, dana = reported(), sign_in("dana")
    found = looking.find_numbered

    def found_before_chen_came(number, *, seen=None):
        return found(number)

    # Chen's row is written between the moment at which Dana's case was read and the one at which hers is written.
    from doorstep.cases.actions import ledger

    write = ledger._add_entries

    def chen_was_first(helds):
        monkeypatch.setattr(ledger, "_add_entries", write)
        with acting_as(town.actor("chen")):
            act.take(case.pk, by=town.actor("chen"), at=MORNING)
        write(helds)

    monkeypatch.setattr(looking, "find_numbered", found_before_chen_came)
    monkeypatch.setattr(ledger, "_add_entries", chen_was_first)
    shown = make(dana, case, "note", words="已电话联系").content.decode()
    assert "刚刚有了新的进展" in shown and "已电话联系" in shown


def test_dana_verifies_reopens_and_closes(sign_in, reported):
    case, dana, chen = reported(), sign_in("dana"), sign_in("chen")
    make(chen, case, "do", words="清理干净了", outcome="solved")
    make(dana, case, "redo", words="二楼还堆着")
    assert the(case).state == "taken"
    make(chen, case, "do", words="二楼也清理了", outcome="solved")
    make(dana, case, "verify", words="到现场看过")
    make(dana, case, "close", outcome="solved", words="")
    assert the(case).state == "closed"
    make(dana, case, "reopen", words="又堆起来了")
    assert the(case).is_open


def test_dana_closes_what_is_not_ours_in_words_the_resident_can_use(sign_in, reported):
    case = reported()
    make(sign_in("dana"), case, "close", outcome="out-of-scope", words="此事由车管所办理，电话 12123，可线上申请。")
    assert (the(case).state, the(case).outcome) == ("closed", "out-of-scope")


def test_a_likely_twin_is_offered_and_merged_into_the_earlier(sign_in, reported):
    first = reported(at=MORNING - timedelta(hours=1))
    second, dana = reported(), sign_in("dana")
    assert first.number in page(dana, second)
    assert "把那一件并入本件" in page(dana, first)
    make(dana, second, "merge", into=first.number)
    assert (the(second).state, the(second).merged_into_id) == ("merged", first.pk)
    assert first.number in page(dana, second)
    assert second.number in page(dana, first)


def test_a_merge_is_taken_back_with_one_press_and_both_go_on(sign_in, reported):
    first = reported(at=MORNING - timedelta(hours=1))
    second, dana = reported(), sign_in("dana")
    make(dana, second, "merge", into=first.number)
    assert f"/desk/cases/{second.number}/unmerge/" in page(dana, second)
    make(dana, second, "unmerge")
    assert (the(second).state, the(second).merged_into_id) == ("classified", None)
    assert "恢复单独办理" in page(dana, second)


def test_the_grid_neither_merges_nor_takes_back(sign_in, reported):
    case, chen = reported(), sign_in("chen")
    make(chen, case, "unmerge")
    assert the(case).state == "dispatched"


def test_a_closed_case_to_which_a_neighbour_objects_lies_on_the_desk_until_it_is_answered(sign_in, reported):
    first = reported(at=MORNING - timedelta(hours=1))
    second, dana = reported(), sign_in("dana")
    make(dana, second, "merge", into=first.number)
    make(dana, first, "close", outcome="explained", words="这是邻居家的装修垃圾，已约定清运时间。")
    ben = follower_of(second.pk)
    with acting_as(ben):
        object_to_ending(second.pk, "还堆在那里", by=ben, at=clock.now())
    assert first.number in dana.get("/desk/?tab=asked").content.decode()
    shown = page(dana, first)
    assert "邻居说还没有解决" in shown and "维持办结" in shown and "还堆在那里" in shown
    assert make(dana, first, "uphold", words="").status_code == 200
    make(dana, first, "uphold", words="去看过，已经清走。")
    assert (the(first).state, the(first).question) == ("closed", "")
    assert first.number not in dana.get("/desk/?tab=asked").content.decode()


def test_the_queue_tells_how_many_asked(sign_in, reported):
    first = reported(at=MORNING - timedelta(hours=1))
    second, dana = reported(), sign_in("dana")
    make(dana, second, "merge", into=first.number)
    assert "共 2 人反映" in dana.get("/desk/").content.decode()


@pytest.mark.parametrize("into", ["", "abc", "261123-000001-00"])
def test_merging_into_nothing_is_refused_in_words(into, sign_in, reported):
    answer = make(sign_in("dana"), reported(), "merge", into=into)
    assert answer.status_code in (200, 404)
    assert 'role="alert"' in answer.content.decode()


def test_the_contact_opens_for_a_purpose_which_is_kept(sign_in, reported):
    case, dana = reported(), sign_in("dana")
    address = f"/desk/cases/{case.number}/contact/"
    for wanting in ({"purpose": "visit", "because": " "}, {"purpose": "", "because": "约定上门时间"}, {"because": "x"}):
        refused = dana.post(address, wanting).content.decode()
        assert "13800000000" not in refused and traces("contact", case.pk) == []
    answer = dana.post(address, {"purpose": "visit", "because": "约定上门时间"})
    shown = answer.content.decode()
    assert "13800000000" in shown and "王小明" in shown
    assert answer["Cache-Control"] == "no-store" and answer["Refresh"].startswith(f"{15 * 60}; url=/desk/cases/")
    assert traces("contact", case.pk) == [("community", "visit: 约定上门时间")]


def test_what_was_revealed_is_shown_again_to_her_alone_and_ends_by_itself(sign_in, reported, monkeypatch):
    case, dana = reported(), sign_in("dana")
    address = f"/desk/cases/{case.number}/contact/"
    assert dana.get(address).status_code == 303
    dana.post(address, {"purpose": "visit", "because": "约定上门时间"})
    assert "13800000000" in dana.get(address).content.decode()
    assert len(traces("contact", case.pk)) == 2, "each look is kept"
    assert sign_in("chen").get(address).status_code == 303
    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(minutes=14, seconds=59))
    assert dana.get(address)["Refresh"].startswith("1; ")
    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(minutes=15))
    assert dana.get(address).status_code == 303


def test_a_photo_opens_with_its_case_only(sign_in, reported):
    from PIL import Image

    case, chen, eli = reported(), sign_in("chen"), sign_in("eli")
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    upload = SimpleUploadedFile("a.png", out.getvalue(), "image/png")
    assert make(chen, case, "note", words="现场照片", photo=upload).status_code == 303
    with acting_as(WORKER):
        name = case.photos.get().name
    assert name in page(chen, case)
    for address in (f"/photos/{name}/", f"/photos/{name}/?small"):
        assert chen.get(address)["Content-Type"] == "image/webp"
        assert eli.get(address).status_code == 404


def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(sign_in, reported):
    upload = SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", "image/png")
    shown = make(sign_in("chen"), reported(), "note", words="现场照片在这里", photo=upload).content.decode()
    assert "不是我们能读取的图片" in shown and "现场照片在这里" in shown


def test_the_printed_page_has_the_whole_life_and_no_forms(sign_in, reported):
    case = reported()
    shown = sign_in("dana").get(f"/desk/cases/{case.number}/print/").content.decode()
    assert case.number in shown and "/note/" not in shown and "13800000000" not in shown
    assert traces("case", case.pk) == [("community", "")]


def test_danger_is_shown_with_the_numbers_to_dial(sign_in, reported):
    case = reported("电线掉下来漏电了，冒火花", item="")
    assert the(case).urgency == "critical"
    assert 'href="tel:119"' in page(sign_in("dana"), case)


def test_the_page_in_english_has_no_chinese_of_ours(sign_in, reported):
    case, dana = reported("The street light is out", item="street-light"), sign_in("dana")
    dana.cookies["lang"] = "en"
    shown = page(dana, case)
    assert "Why it came here" in shown and "为什么来到这里" not in shown


def test_the_case_page_takes_few_statements_however_long_its_life(sign_in, reported):
    for _ in range(10):
        reported(at=MORNING - timedelta(hours=1))
    case, dana = reported(), sign_in("dana")
    for turn in range(20):
        make(dana, case, "note", words=f"第 {turn} 次联系")
    page(dana, case)
    with CaptureQueriesContext(connection) as statements:
        page(dana, case)
    assert len([each for each in statements if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 13


def test_the_reporters_silence_lets_dana_verify_and_the_machine_close(sign_in, reported):
    case, dana, chen = reported(), sign_in("dana"), sign_in("chen")
    make(chen, case, "do", words="清理干净了", outcome="solved")
    make(dana, case, "verify", words="到现场看过，已清理")
    advance(at=MORNING)
    assert the(case).state == "closed"


def test_a_county_desk_answers_where_a_report_lies_that_nobody_could_place(sign_in, reported, town):
    case = reported("路灯不亮", item="street-light", place=Place())
    command = sign_in("command")
    assert case.question == "where" and "在哪里" in page(command, case)
    with acting_as(WORKER):
        from doorstep.areas.models import Area

        code = Area.objects.get(pk=town.microgrids[0]).code
    make(command, case, "locate", microgrid=code)
    assert the(case).community_id == town.community
