"""The county writes its dispatch table on the desk: rows, sheets, rehearsals, publishing."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.town import Town

from doorstep.cases import tables
from doorstep.cases.actions.rehearsing import work_on_next
from doorstep.core.access import acting_as
from doorstep.core.time import clock

ROW = {"what": ["stairwell-rubbish"], "holder": "community", "reason": "本社区统一清运楼道杂物"}


@pytest.fixture
def command(sign_in) -> Client:
    client = sign_in("command")
    client.post("/desk/tables/draft/do/begin/")
    return client


def draft(town: Town):
    with acting_as(town.actor("command")):
        found = tables.draft(town.county)
        assert found is not None
        return found


def rows(town: Town):
    return tables.rows_of(draft(town))


def shown(response) -> str:
    return response.content.decode()


def do(client: Client, name: str, **given):
    return client.post(f"/desk/tables/draft/do/{name}/", given)


def test_a_draft_is_begun_and_its_first_row_added(town, command):
    page = shown(command.get("/desk/tables/"))
    assert "打开草稿（第 1 版）" in page
    answer = command.post("/desk/tables/draft/rows/", ROW)
    assert (answer.status_code, answer.url) == (303, "/desk/tables/1/?told=add")
    page = shown(command.get(answer.url))
    assert "本社区统一清运楼道杂物" in page and "所在社区" in page
    assert rows(town)[0].what == ("stairwell-rubbish",)


def test_every_column_of_the_form_comes_back_as_it_was(town, command):
    whole = ROW | {
        "places": "321102001", "urgencies": ["urgent", "ordinary"], "days": ["off"], "hours": "18:00-08:00",
        "begins": "2026-01-01", "ends": "2027-01-01", "limit": "1 working day", "helpers": ["subdistrict"],
    }  # fmt: skip
    assert command.post("/desk/tables/draft/rows/", whole).status_code == 303
    page = shown(command.get("/desk/tables/draft/rows/1/"))
    for part in ('value="321102001"', "18:00-08:00", "2027-01-01", 'value="community" selected'):
        assert part in page
    changed = command.post("/desk/tables/draft/rows/1/", whole | {"hours": "20:00-06:00", "seen": "0"})
    assert changed.url == "/desk/tables/1/?told=change"
    assert tables.words_of(rows(town)[0]).hours == "20:00-06:00"
    listed = shown(command.get("/desk/tables/1/"))
    assert "休息日" in listed and "1 个工作日" in listed


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"what": ["manhole-cover"], "holder": "grid"}, "国办函〔2025〕66号"),
        ({"reason": ""}, "请写明理由"),
        ({"holder": ""}, "没有填承办单位"),
        ({"places": "110101"}, "现行的区域代码"),
        ({"hours": "25:00"}, "看不懂"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_written_is_kept(town, command, changed, words):
    answer = command.post("/desk/tables/draft/rows/", ROW | {"limit": "2 working days"} | changed)
    assert answer.status_code == 422
    assert words in shown(answer) and "2 个工作日" in shown(answer)
    assert rows(town) == ()


def test_rows_are_moved_duplicated_removed_and_taken_back(town, command):
    for reason in ("第一条规则", "第二条规则"):
        command.post("/desk/tables/draft/rows/", ROW | {"reason": reason})
    assert do(command, "move", row=2, where="up").url == "/desk/tables/1/?told=move"
    assert [row.id for row in rows(town)] == [2, 1]
    do(command, "move", row=2, where="down")
    assert do(command, "duplicate", row=1).url == "/desk/tables/draft/rows/3/?told=duplicate"
    assert [row.id for row in rows(town)] == [1, 3, 2]
    do(command, "remove", row=3, seen=0)
    assert [row.id for row in rows(town)] == [1, 2]
    page = shown(command.get("/desk/tables/1/"))
    assert "撤销：删除第 3 号" in page and "轮不到" in page
    do(command, "undo", seen=draft(town).seq)
    assert [row.id for row in rows(town)] == [1, 3, 2]
    assert do(command, "undo", seen=1).status_code == 422


def test_whoever_was_second_is_told_and_loses_nothing_that_was_written(town, command):
    command.post("/desk/tables/draft/rows/", ROW)
    command.post("/desk/tables/draft/rows/1/", ROW | {"seen": "0"})
    late = command.post("/desk/tables/draft/rows/1/", ROW | {"seen": "0", "reason": "我写的另一句话"})
    assert late.status_code == 422
    assert "刚被别人改过" in shown(late) and "我写的另一句话" in shown(late)
    gone = do(command, "remove", row=1, seen=0)
    assert gone.status_code == 422 and "刚被别人改过" in shown(gone)


def test_what_is_published_rules_and_is_not_changed_any_more(town, command):
    command.post("/desk/tables/draft/rows/", ROW)
    assert do(command, "publish", seen=1, from_on="").status_code == 422
    assert do(command, "publish", seen=1, from_on="2020-01-01").status_code == 422
    today = clock.now().date().isoformat()
    assert do(command, "publish", seen=1, from_on="2099-01-01").url == "/desk/tables/1/?told=publish"
    page = shown(command.get("/desk/tables/"))
    assert "待生效" in page and "起草新的一版" in page
    do(command, "begin")
    command.post("/desk/tables/draft/rows/", ROW)
    assert do(command, "publish", seen=1, from_on=today).status_code in (303, 422)
    assert command.post("/desk/tables/draft/rows/1/", ROW).status_code == 404


def test_a_draft_is_laid_aside(town, command):
    assert do(command, "discard").url == "/desk/tables/?told=discard"
    assert command.get("/desk/tables/1/").status_code == 200
    assert do(command, "undo", seen=0).status_code == 404
    assert do(command, "nonsense").status_code == 404
    assert command.get("/desk/tables/7/").status_code == 404
    assert command.get("/desk/tables/draft/rows/").status_code == 404


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_written_out_is_read_in_again(town, command, ending):
    command.post("/desk/tables/draft/rows/", ROW | {"places": "321102001001", "hours": "18:00-08:00", "days": ["sat"]})
    before = [tables.words_of(row) for row in rows(town)]
    sheet = command.get(f"/desk/tables/1/sheet.{ending}")
    upload = SimpleUploadedFile(f"table.{ending}", sheet.content)
    answer = command.post("/desk/tables/draft/sheet/", {"sheet": upload, "seen": draft(town).seq})
    assert answer.status_code == 303, shown(answer)
    assert [tables.words_of(row) for row in rows(town)] == before


def test_a_sheet_in_words_is_understood_and_every_fault_of_every_row_told(town, command):
    heads = "事项或类别,地点,紧急程度,哪些天,时段,自,至,承办单位,协办,办理时限,理由\n"
    good = "楼道堆放杂物,,一般、紧急,休息日,,,,所在社区,,2个工作日,本社区统一清运\n"
    sheet = SimpleUploadedFile("t.csv", (heads + good).encode("gb18030"))
    command.post("/desk/tables/draft/sheet/", {"sheet": sheet, "seen": 0})
    name = rows(town)
    assert (tables.words_of(name[0]).limit, tables.words_of(name[0]).holder) == ("2 working days", "community")
    bad = "井盖,,,,,,,所在网格,,,\n=cmd(),,,,,,,所在社区,,,本社区统一清运\n"
    sheet = SimpleUploadedFile("t.csv", (heads + good + bad).encode())
    answer = command.post("/desk/tables/draft/sheet/", {"sheet": sheet, "seen": draft(town).seq})
    assert answer.status_code == 422
    assert "没有导入任何一条" in shown(answer) and "公式" in shown(answer) and "请写明理由" in shown(answer)
    assert rows(town) == name


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2 个工作日", "2 working days"),
        ("4个工作小时", "4 working hours"),
        ("1 小时", "1 h"),
        ("3 working days", "3 working days"),
    ],
)
def test_a_limit_is_said_as_people_say_it_and_shown_so_again(town, command, said, kept):
    command.post("/desk/tables/draft/rows/", ROW | {"limit": said})
    assert tables.words_of(rows(town)[0]).limit == kept
    page = shown(command.get("/desk/tables/draft/rows/1/"))
    assert 'name="limit"' in page and "working" not in page.split('name="limit"')[1][:200]
    answer = command.post("/desk/tables/draft/rows/", ROW | {"limit": "两三天"})
    assert "看不懂" in shown(answer) and "两三天" in shown(answer)


def test_areas_are_picked_by_name_and_finer_ones_by_code(town, command):
    given = ROW | {"area": ["321102001001"], "places": "321102001002、32110200100100102"}
    command.post("/desk/tables/draft/rows/", given)
    assert rows(town)[0].places == ("321102001001", "321102001002", "32110200100100102")
    page = shown(command.get("/desk/tables/draft/rows/1/"))
    assert 'value="32110200100100102"' in page and "示例2社区" in page
    assert page.count("checked") >= 3
    command.post("/desk/tables/draft/rows/1/", given | {"places": "", "seen": "0"})
    assert rows(town)[0].places == ("321102001001",)


@pytest.mark.parametrize(
    ("name", "content"),
    [("t.csv", b""), ("t.xlsx", b"PK\x03\x04broken"), ("t.pdf", b"%PDF-1.4"), ("t.csv", b"\xff\x81")],
)
def test_a_file_that_is_no_table_is_refused_in_words(town, command, name, content):
    answer = command.post("/desk/tables/draft/sheet/", {"sheet": SimpleUploadedFile(name, content), "seen": 0})
    assert answer.status_code == 422
    assert 'role="alert"' in shown(answer)
    assert rows(town) == ()


def test_no_file_and_too_much_of_it(town, command, monkeypatch):
    assert command.post("/desk/tables/draft/sheet/", {"seen": 0}).status_code == 422
    monkeypatch.setattr("doorstep.fronts.desk.table.sheets.LARGEST", 3)
    large = SimpleUploadedFile("t.csv", b"a,b,c,d")
    assert "太大" in shown(command.post("/desk/tables/draft/sheet/", {"sheet": large, "seen": 0}))


def test_the_draft_is_rehearsed_by_the_worker_and_its_moves_downloaded(town, command, reported):
    reported()
    command.post("/desk/tables/draft/rows/", ROW)
    assert command.get("/desk/tables/draft/rehearse/").status_code == 200
    refused = command.post("/desk/tables/draft/rehearse/", {"since": "", "until": ""})
    assert refused.status_code == 422
    answer = command.post("/desk/tables/draft/rehearse/", {"since": "2026-11-01", "until": "2026-11-30"})
    if answer.status_code == 422:
        day = clock.now().date().isoformat()
        answer = command.post("/desk/tables/draft/rehearse/", {"since": "2025-01-01", "until": day})
    waiting = command.get(answer.url)
    assert "排队等候" in shown(waiting) and waiting["Refresh"] == "2"
    assert command.get(f"{answer.url}moves.csv").status_code == 404
    work_on_next(now=clock.now)
    done = shown(command.get(answer.url))
    assert "谁多了，谁少了" in done or "这段时间没有诉求" in done
    csv = b"".join(command.get(f"{answer.url}moves.csv").streaming_content).decode()
    assert csv.startswith("\ufeff社区,事项")
    command.post("/desk/tables/draft/rows/", ROW)
    assert "草稿又改过" in shown(command.get(answer.url))
    assert command.get("/desk/tables/rehearsals/999999/").status_code == 404


@pytest.mark.parametrize("who", ["dana", "chen", "water"])
def test_nobody_else_opens_it(sign_in, who):
    assert sign_in(who).get("/desk/tables/").status_code == 403


def test_a_subdistrict_sees_the_draft_and_writes_its_own_rows_only(town, command, sign_in):
    command.post("/desk/tables/draft/rows/", ROW)
    office = sign_in("subdistrict")
    page = shown(office.get("/desk/tables/1/"))
    assert "/desk/tables/draft/rows/1/" not in page and "table-publish" not in page and ">发布<" not in page
    assert "本辖区" in shown(office.post("/desk/tables/draft/rows/", ROW))
    assert office.post("/desk/tables/draft/rows/", ROW | {"places": "321102001001"}).status_code == 303
    assert "/desk/tables/draft/rows/2/" in shown(office.get("/desk/tables/1/"))
    assert do(office, "publish", seen=2, from_on="2099-01-01").status_code in (403, 422)
    assert "起草新的一版" not in shown(office.get("/desk/tables/"))


def test_an_excel_file_holds_codes_as_text(town, command):
    from openpyxl import load_workbook

    command.post("/desk/tables/draft/rows/", ROW | {"places": "32110200100100101"})
    book = load_workbook(io.BytesIO(command.get("/desk/tables/1/sheet.xlsx").content))
    assert book.worksheets[0]["B2"].value == "32110200100100101"
