"""A list leaves the house for a purpose, with another person's yes, marked, and for three days."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, connection, transaction
from openpyxl import load_workbook
from tests.town import MORNING
from tests.visiting import signed_in

from doorstep.cases import queue
from doorstep.cases.actions.exporting import KEPT_FOR, fetch_export, forget_exports
from doorstep.cases.models import Export
from doorstep.cases.rules.exporting import OPEN_FOR, ExportRefused
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.time import clock

PURPOSE = "三月份楼道堆物专题分析，会后销毁"


def ask(browser, query: str = "tab=open", form: str = "csv", because: str = PURPOSE) -> int:
    assert browser.post(f"/desk/exports/ask/?{query}", {"because": because, "form": form}).status_code == 303
    with acting_as(WORKER):
        return Export.objects.latest("pk").pk


def approve(browser, export: int, decision: str = "approved", words: str = ""):
    return browser.post(f"/desk/exports/{export}/decide/", {"decision": decision, "words": words})


def fetch(browser, export: int):
    return browser.get(f"/desk/exports/{export}/file/")


def lines(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    mark, _, table = text[1:].partition("\n")
    assert PURPOSE in mark and "示例dana" in mark and "2026-11-23 09:30" in mark
    rows = list(csv.DictReader(StringIO(table)))
    assert all(row["导出标记"] == mark.strip() for row in rows), "no row loses its mark"
    return rows


def approved(sign_in, **asked) -> tuple:
    dana = sign_in("dana")
    export = ask(dana, **asked)
    assert approve(sign_in("subdistrict"), export).status_code == 303
    return dana, export


def traces(what: str) -> list[tuple]:
    with acting_as(Actor(Role.AUDIT_ADMIN)), connection.cursor() as cursor:
        cursor.execute("SELECT subject, because FROM access_read WHERE what = %s", [what])
        return cursor.fetchall()


def test_dana_takes_the_filtered_list_home_once_somebody_else_has_said_yes(sign_in, reported):
    case = reported()
    dana, export = approved(sign_in)
    rows = lines(fetch(dana, export))
    assert [row["受理编号"] for row in rows] == [case.number]
    assert "13800000000" not in str(rows) and "王小明" not in str(rows) and rows[0]["反映人（化名）"]
    assert traces("cases-exported") == [(export, PURPOSE)]
    fetch(dana, export)
    assert len(traces("cases-exported")) == 2, "each download is kept"


def test_whoever_asks_and_whoever_decides_read_in_words_which_cases_go_out(town, sign_in, reported):
    reported()
    wanted = {"tab": "all", "q": "杂物", "urgency": "urgent", "holder": town.units["water"], "until": "2026-11-30"}
    query = urlencode({**wanted, "area": town.community, "only": "三件"})
    dana = sign_in("dana")
    assert "杂物" in dana.get(f"/desk/exports/ask/?{query}").content.decode()
    ask(dana, query)
    shown = sign_in("subdistrict").get("/desk/exports/").content.decode()
    told = shown.partition('<dl class="pairs">')[2].partition("</dl>")[0]
    for each in ("全部", "杂物", "紧急", "2026年11月30日", "示例water", "示例1社区"):
        assert each in told, each
    assert "三件" not in told, "what bounds nothing is not told as if it did"
    assert 'href="/desk/?tab=all&amp;q=' in shown


def test_nobody_approves_what_they_asked_for_themselves(sign_in, reported):
    dana = sign_in("dana")
    export = ask(dana)
    assert "另一个人批准" in approve(dana, export).content.decode()
    assert fetch(dana, export).status_code == 409
    with acting_as(WORKER):
        found = Export.objects.get(pk=export)
    with pytest.raises(IntegrityError, match="by_another_person"), transaction.atomic(), acting_as(dana_at(sign_in)):
        Export.objects.filter(pk=export).update(decided_by=found.asked_by, decision="approved")


def dana_at(sign_in) -> Actor:
    with acting_as(WORKER):
        export = Export.objects.latest("pk")
    return Actor(Role.COMMUNITY, org=export.community, account=export.asked_by)


def test_a_colleague_of_the_same_desk_may_approve_and_a_stranger_sees_nothing_of_it(town, sign_in, reported):
    export = ask(sign_in("dana"))
    stranger = sign_in("other_desk")
    assert "申请" in stranger.get("/desk/exports/").content.decode()
    assert PURPOSE not in stranger.get("/desk/exports/").content.decode()
    assert "没有这份申请" in approve(stranger, export).content.decode()
    assert fetch(stranger, export).status_code == 409
    assert PURPOSE in sign_in("command").get("/desk/exports/").content.decode()


def test_the_file_is_for_whoever_asked_alone(sign_in, reported):
    _, export = approved(sign_in)
    assert fetch(sign_in("subdistrict"), export).status_code == 409
    assert traces("cases-exported") == []


def test_a_second_wider_seat_takes_nothing_under_the_yes_for_the_first(town, sign_in, reported):
    reported()
    _, export = approved(sign_in)
    with acting_as(WORKER):
        dana = Export.objects.get(pk=export)
    wider = Actor(Role.SUBDISTRICT, org=town.subdistrict, unit=town.units["subdistrict_office"],
                  post=town.posts["subdistrict"], account=dana.asked_by)  # fmt: skip
    with acting_as(wider), pytest.raises(ExportRefused):
        fetch_export(export, by=wider, at=MORNING)
    narrow = Actor(Role.COMMUNITY, org=town.community, unit=town.units["community_desk"], post=dana.asked_post,
                   account=dana.asked_by)  # fmt: skip
    with acting_as(narrow):
        assert fetch_export(export, by=narrow, at=MORNING).pk == export


def test_a_refusal_says_why_and_is_final(sign_in, reported):
    dana, above = sign_in("dana"), sign_in("subdistrict")
    export = ask(dana)
    assert "说明原因" in approve(above, export, "refused").content.decode()
    assert approve(above, export, "refused", "范围太大").status_code == 303
    assert "范围太大" in dana.get("/desk/exports/").content.decode()
    assert "已经有人作出决定" in approve(above, export).content.decode()
    assert fetch(dana, export).status_code == 409


def test_after_three_days_it_is_over_and_later_it_is_forgotten(sign_in, reported, monkeypatch):
    dana, export = approved(sign_in)
    monkeypatch.setattr(clock, "now", lambda: MORNING + OPEN_FOR)
    with acting_as(WORKER):
        Export.objects.filter(pk=export).first()
    dana = sign_in_again(dana)
    assert fetch(dana, export).status_code == 409
    assert "已失效" in dana.get("/desk/exports/").content.decode()
    assert forget_exports(MORNING + KEPT_FOR) == 0
    assert forget_exports(MORNING + KEPT_FOR + timedelta(days=1)) == 1


def sign_in_again(browser):
    from tests.visiting import begin_session, session_of

    from doorstep.fronts.entering import COOKIE

    browser.cookies[COOKIE] = begin_session(session_of(browser).account, second_factor=True, at=clock.now())
    return browser


def test_without_a_purpose_nothing_is_asked_for(sign_in, reported):
    dana = sign_in("dana")
    answer = dana.post("/desk/exports/ask/?tab=open", {"because": "看看", "form": "csv"})
    assert "请用一句话写明用途" in answer.content.decode()
    with acting_as(WORKER):
        assert Export.objects.count() == 0


def test_the_export_goes_on_past_one_batch(sign_in, reported, monkeypatch):
    for _ in range(5):
        reported()
    monkeypatch.setattr(queue.all_rows, "__kwdefaults__", {"batch": 2})
    dana, export = approved(sign_in)
    assert len(lines(fetch(dana, export))) == 5


def test_no_cell_becomes_a_formula_in_either_file(sign_in, reported):
    reported('=HYPERLINK("http://evil","x") 楼道堆物')
    dana, export = approved(sign_in)
    (row,) = lines(fetch(dana, export))
    assert row["内容"].startswith("'=HYPERLINK")
    dana, export = approved(sign_in, form="xlsx")
    book = load_workbook(BytesIO(fetch(dana, export).content))
    cells = [cell for line in book["cases"].iter_rows() for cell in line]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    assert PURPOSE in book["cases"]["A1"].value and PURPOSE in book.properties.title
    assert PURPOSE in book["cases"].oddFooter.center.text


@pytest.mark.parametrize("who", ["chen", "ben", "security", "audit", "system"])
def test_whoever_has_no_queue_has_no_exports(who, sign_in, reported):
    someone = sign_in(who)
    for address in ("/desk/exports/", "/desk/exports/ask/", "/desk/exports/1/file/"):
        assert someone.get(address).status_code == 403


def test_a_department_asks_for_what_it_holds(town, sign_in, reported):
    water = signed_in(town, "water")
    export = ask(water)
    assert approve(sign_in("command"), export).status_code == 303
    answer = fetch(water, export)
    assert answer.status_code == 200
    assert PURPOSE in b"".join(answer.streaming_content).decode()
