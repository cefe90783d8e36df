"""Lin keeps the catalogue at the county's desk: finds, edits, tries, publishes, takes files in and out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.town import Town
from tests.visiting import Visitor, signed_in

from doorstep.catalogue import columns, in_force
from doorstep.catalogue.actions import editing
from doorstep.catalogue.kept import read_folder
from doorstep.catalogue.models import Version
from doorstep.core.access import acting_as
from doorstep.core.time import clock

LIGHT = "items/street-light"
DESK = "/desk/catalogue/"
PAGE = f"{DESK}{LIGHT}/"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    in_force.forget()
    yield
    in_force.forget()


@pytest.fixture
def lin(town: Town) -> Visitor:
    return signed_in(town, "command")


def form(name: str = LIGHT, **changes: Any) -> dict[str, Any]:
    """The form of an item as a browser would send it."""
    said = read_folder()[name]
    sent: dict[str, Any] = {
        **columns.item_cells(said),
        "who": said["who"],
        "together_with": said.get("together_with", []),
    }
    for number, question in enumerate(said.get("question", ())):
        sent |= {f"q{number}_{key}": cell for key, cell in columns.question_cells(question).items()}
    return {**sent, "why": "", **changes}


def seen(town: Town, name: str = LIGHT) -> str:
    with acting_as(town.actor("command")):
        return editing.seen_of(name)


def save(lin: Visitor, town: Town, **changes: Any) -> Any:
    return lin.post(f"{PAGE}edit/", {**form(), "seen": seen(town), **changes})


@pytest.mark.parametrize("part", ["items", "classes", "whole"])
def test_the_list_shows_what_there_is(lin, part):
    answer = lin.get(DESK, {"part": part})
    assert answer.status_code == 200
    assert {"items": "路灯不亮", "classes": "公共设施", "whole": "办理时限"}[part] in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"q": "street-light"}, "street-light", "wasp-nest"),
        ({"class": "0202"}, "street-light", "wasp-nest"),
        ({"state": "admitted"}, "网格准入", "wasp-nest"),
        ({"state": "retired"}, "没有符合条件", "street-light/"),
        ({"q": "nothing has this name"}, "没有符合条件", "street-light/"),
    ],
)
def test_items_are_found_by_name_class_and_state(lin, asked, there, gone):
    said = lin.get(DESK, asked).content.decode()
    assert there in said and gone not in said


def test_what_is_saved_is_a_draft_that_the_list_and_the_page_show(lin, town):
    answer = save(lin, town, name_zh="路灯、景观灯不亮", why="城管〔2026〕8号")
    assert answer.status_code == 303
    said = lin.get(PAGE).content.decode()
    assert "路灯、景观灯不亮" in said and "城管〔2026〕8号" in said
    assert "street-light" in lin.get(DESK, {"state": "draft"}).content.decode()


def test_a_form_that_nobody_touched_changes_nothing(lin, town):
    answer = save(lin, town)
    assert answer.status_code == 422 and "相同" in answer.content.decode()


def test_published_from_today_it_serves_the_next_page(lin, town):
    save(lin, town, name_zh="路灯、景观灯不亮")
    answer = lin.post(f"{PAGE}publish/", {"seen": seen(town), "from_on": clock.today().isoformat()})
    assert answer.status_code == 303
    in_force.look_again(clock.now(), now=True)
    assert "路灯、景观灯不亮" in lin.get("/report/").content.decode()


def test_published_from_a_later_day_it_waits_and_can_be_taken_back(lin, town):
    save(lin, town, retired="yes")
    later = clock.today() + timedelta(days=2)
    lin.post(f"{PAGE}publish/", {"seen": seen(town), "from_on": later.isoformat()})
    assert "待生效" in lin.get(PAGE).content.decode()
    with acting_as(town.actor("command")):
        version = Version.objects.filter(name=LIGHT).latest("id").pk
    assert lin.post(f"{PAGE}take-back/", {"version": version}).status_code == 303
    assert "已撤回" in lin.get(PAGE).content.decode()


@pytest.mark.parametrize("day", ["", "2020-01-01", "yesterday"])
def test_a_day_that_cannot_be_is_refused_and_the_draft_stays(lin, town, day):
    save(lin, town, name_zh="灯")
    assert lin.post(f"{PAGE}publish/", {"seen": seen(town), "from_on": day}).status_code == 422
    assert "放弃草稿" in lin.get(PAGE).content.decode()


def test_a_draft_is_undone(lin, town):
    save(lin, town, name_zh="灯")
    assert lin.post(f"{PAGE}undo/", {"seen": seen(town)}).status_code == 303
    assert "放弃草稿" not in lin.get(PAGE).content.decode()


def test_who_was_overtaken_is_told_and_their_words_are_still_there(lin, town):
    before = seen(town)
    save(lin, town, name_zh="先到的名称")
    answer = save(lin, town, name_zh="后到的名称", seen=before)
    said = answer.content.decode()
    assert answer.status_code == 409 and "有同事保存" in said and "后到的名称" in said
    assert "先到的名称" in lin.get(PAGE).content.decode()


def test_what_cannot_stand_is_refused_beside_its_field(lin, town):
    answer = save(lin, town, finish="soon", first_contact="1 h", name_en="")
    said = answer.content.decode()
    assert answer.status_code == 422 and 'href="#field-finish"' in said and 'href="#field-name_en"' in said


def test_a_new_item_begins_with_an_id_that_nobody_has(lin, town):
    assert lin.post(f"{DESK}new/", {"id": "street-light"}).status_code == 422
    assert lin.post(f"{DESK}new/", {"id": "Straße"}).status_code == 422
    answer = lin.post(f"{DESK}new/", {"id": "shared-umbrella"})
    assert answer.url == f"{DESK}items/shared-umbrella/edit/"
    assert lin.get(answer.url).status_code == 200
    sent = {**form(), "class": "0608", "seen": seen(town, "items/shared-umbrella"), "name_zh": "借伞"}
    assert lin.post(answer.url, sent).status_code == 303
    assert "借伞" in lin.get(f"{DESK}items/shared-umbrella/").content.decode()


def test_questions_are_shown_as_the_resident_sees_them_with_their_conditions(lin):
    said = lin.get(f"{DESK}items/leak-between-flats/try/").content.decode()
    assert "仅当" in said and 'type="radio"' in said


def test_what_a_text_would_be_taken_for_is_said_with_the_words_that_decide(lin):
    said = lin.get(f"{PAGE}try/", {"text": "楼下的路灯坏了好几天，晚上一片漆黑"}).content.decode()
    assert "路灯不亮" in said and "就是本项" in said


def test_a_class_is_renamed_and_given_one_more_sub_class(lin, town):
    page = f"{DESK}classes/02/edit/"
    rows = columns.class_cells(read_folder()["classes/02"])
    sent = {"name_zh": "公用设施", "name_en": "Facilities", "seen": seen(town, "classes/02"), "why": ""}
    rows.append({"code": "0299", "name_zh": "其他设施", "name_en": "Others", "retired": ""})
    for number, row in enumerate(rows[1:]):
        sent |= {f"s{number}_{key}": cell for key, cell in row.items()}
    assert lin.post(page, sent).status_code == 303
    assert "其他设施" in lin.get(f"{DESK}classes/02/").content.decode()


def test_limits_are_edited_each_in_its_own_field(lin, town):
    page = f"{DESK}limits/edit/"
    cells = columns.limit_cells(read_folder()["limits"])
    sent = {**cells, "urgent.finish": "20 h", "seen": seen(town, "limits"), "why": ""}
    assert lin.post(page, sent).status_code == 303
    assert lin.post(page, {**sent, "seen": seen(town, "limits"), "urgent.finish": "soon"}).status_code == 422


def test_lists_that_are_seldom_edited_are_edited_as_files(lin, town):
    page = f"{DESK}departments/edit/"
    said = lin.get(page).content.decode()
    assert "[[department]]" in said
    sent = {"toml": "[[department]\ncode = 1", "seen": seen(town, "departments"), "why": ""}
    assert lin.post(page, sent).status_code == 422


def test_two_versions_are_compared(lin, town):
    save(lin, town, name_zh="灯")
    lin.post(f"{PAGE}publish/", {"seen": seen(town), "from_on": clock.today().isoformat()})
    with acting_as(town.actor("command")):
        first, second = Version.objects.filter(name=LIGHT).order_by("id").values_list("pk", flat=True)
    said = lin.get(f"{PAGE}compare/", {"a": first, "b": second}).content.decode()
    assert "路灯不亮" in said and ">灯<" in said
    assert lin.get(f"{PAGE}compare/", {"a": first, "b": first}).status_code in (200, 409)
    assert lin.get(f"{PAGE}compare/", {"a": first}).status_code == 409


def exported(lin: Visitor) -> Any:
    return load_workbook(io.BytesIO(lin.get(f"{DESK}catalogue.xlsx").content))


def upload(book: Any) -> SimpleUploadedFile:
    whole = io.BytesIO()
    book.save(whole)
    return SimpleUploadedFile("目录.xlsx", whole.getvalue())


def test_a_workbook_that_was_only_exported_would_change_nothing(lin):
    said = lin.post(f"{DESK}import/", {"file": upload(exported(lin))}).content.decode()
    assert "没有改动" in said


def test_what_a_workbook_would_change_is_shown_then_done(lin, town):
    book = exported(lin)
    sheet = book["items"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "street-light")
    sheet.cell(row, heads["name_zh"]).value = "路灯、景观灯不亮"
    tried = lin.post(f"{DESK}import/", {"file": upload(book)})
    said = tried.content.decode()
    assert tried.status_code == 200 and "路灯、景观灯不亮" in said
    with acting_as(town.actor("command")):
        assert not Version.objects.filter(name=LIGHT, said__name__zh="路灯、景观灯不亮").exists()
    kept = said.split('name="kept" value="')[1].split('"')[0]
    sent = {"kept": kept, "file_name": "x.xlsx", "from_on": clock.today().isoformat(), "why": "年度修订"}
    assert lin.post(f"{DESK}import/", sent).status_code == 303
    assert "年度修订" in lin.get(PAGE).content.decode()


def test_a_workbook_with_faults_names_each_and_changes_nothing(lin):
    book = exported(lin)
    sheet = book["items"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["urgency"]).value = "soon"
    sheet.cell(3, heads["class"]).value = "9999"
    answer = lin.post(f"{DESK}import/", {"file": upload(book)})
    said = answer.content.decode()
    assert answer.status_code == 422 and "soon" in said and "9999" in said and "什么都没有导入" in said


def test_a_file_that_is_none_is_refused(lin):
    for sent in ({}, {"kept": "%%"}, {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04nothing")}):
        assert lin.post(f"{DESK}import/", sent).status_code == 422


@pytest.mark.parametrize("who", ["chen", "dana", "subdistrict", "water", "ben", "system"])
def test_nobody_else_keeps_the_catalogue(town, who):
    visitor = signed_in(town, who)
    for address in (DESK, PAGE, f"{PAGE}edit/", f"{DESK}import/", f"{DESK}catalogue.xlsx"):
        assert visitor.get(address).status_code == 403
    for move in ("publish", "undo", "take-back", "edit"):
        assert visitor.post(f"{PAGE}{move}/", {}).status_code == 403


def test_the_pages_ask_few_statements(lin, django_queries):
    lin.get(DESK)
    for address, most in ((DESK, 10), (PAGE, 12), (f"{PAGE}edit/", 12)):
        with django_queries() as asked:
            lin.get(address)
        assert len(asked) <= most, [query["sql"][:90] for query in asked.captured_queries]


@pytest.fixture
def django_queries() -> object:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)
