"""Units from a file: taken whole, told row by row, and never doubled."""

from __future__ import annotations

import pytest
from tests.town import MORNING

from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.staff.actions.appointing import add_post
from doorstep.staff.actions.units import ImportedUnits, UnitsRefused, import_units
from doorstep.staff.duty import Duty, duty_of
from doorstep.staff.models import Unit
from doorstep.staff.units_file import read_units

SUBJECTS = {"water", "housing"}


@pytest.fixture
def units_csv(town, tmp_path):
    """Write a file of units; `{code}` in a row is the town's community."""

    def write(*rows: str):
        path = tmp_path / "units.csv"
        lines = ["kind,name,area,subject,on_call", *(row.format(code="321102001001") for row in rows)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return read_units(path, SUBJECTS)

    return write


def named(name: str) -> list[Unit]:
    with acting_as(WORKER):
        return list(Unit.objects.filter(name=name))


def test_a_department_and_a_property_company_begin(units_csv):
    read = units_csv("department,供水公司,{code},water,yes", "物业公司,安心物业,{code},,")
    assert import_units(read, at=MORNING) == ImportedUnits(2, 0, 0)
    [water] = named("供水公司")
    assert (water.kind, water.subject, water.is_on_call) == ("department", "water", True)


def test_the_same_file_again_doubles_nothing_and_a_changed_row_changes(units_csv):
    import_units(units_csv("department,供水公司,{code},water,yes"), at=MORNING)
    assert import_units(units_csv("department,供水公司,{code},water,yes"), at=MORNING) == ImportedUnits(0, 0, 1)
    assert import_units(units_csv("department,供水公司,{code},water,"), at=MORNING) == ImportedUnits(0, 1, 0)
    assert [unit.is_on_call for unit in named("供水公司")] == [False]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("grid_team,一网格,{code},,", "kind"),
        ("department,供水公司,{code},weather,", "subject"),
        ("property_company,,{code},,", "name"),
        ("property_company,安心物业,here,,", "area"),
        ("community_desk,一社区,321102001,,", "area"),
        ("command_centre,指挥中心,{code},,", "area"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_of_the_file_is_taken(units_csv, row, field):
    read = units_csv("物业公司,安心物业,{code},,", row)
    assert [(each.row, each.field) for each in read.findings.problems] == [(3, field)]
    with pytest.raises(UnitsRefused):
        import_units(read, at=MORNING)
    assert named("安心物业") == []


def test_an_area_that_is_not_there_is_refused(units_csv):
    with pytest.raises(UnitsRefused):
        import_units(units_csv("property_company,安心物业,999999999999,,"), at=MORNING)


def test_a_property_company_gets_seats_as_a_department_does(town, units_csv):
    import_units(units_csv("物业公司,安心物业,{code},,"), at=MORNING)
    [company] = named("安心物业")
    system = Actor(Role.SYSTEM_ADMIN)
    with acting_as(system):
        assert add_post("department", company.area_id, unit=company.pk, by=system, at=MORNING)


def test_a_file_says_how_units_are_reached_and_what_it_has_no_column_for_stays(town, tmp_path, units_csv):
    def write(head: str, row: str):
        (path := tmp_path / "reached.csv").write_text(f"{head}\n{row}", encoding="utf-8")
        return read_units(path, SUBJECTS)

    full = write(
        "种类,名称,区域,公开电话,值班手机,值班邮箱",
        "外部单位,维修公司,321102001001,0511-85550101,13800001234,a@b.example",
    )
    assert import_units(full, at=MORNING) == ImportedUnits(1, 0, 0)
    assert import_units(full, at=MORNING) == ImportedUnits(0, 0, 1)
    [firm] = named("维修公司")
    assert (firm.phone, duty(firm)) == ("0511-85550101", Duty("13800001234", "a@b.example"))
    mobile = write("种类,名称,区域,值班手机", "外部单位,维修公司,321102001001,13900005678")
    assert import_units(mobile, at=MORNING) == ImportedUnits(0, 1, 0)
    assert (named("维修公司")[0].phone, duty(firm)) == ("0511-85550101", Duty("13900005678", "a@b.example"))
    emptied = write("种类,名称,区域,值班手机,值班邮箱", "外部单位,维修公司,321102001001,,")
    assert import_units(emptied, at=MORNING) == ImportedUnits(0, 1, 0) and duty(firm) == Duty()


def duty(unit: Unit) -> Duty:
    with acting_as(WORKER):
        return duty_of(unit.pk)


@pytest.mark.parametrize(("column", "wrong"), [("phone", "call me"), ("duty_phone", "12"), ("duty_email", "nobody")])
def test_a_wrong_number_in_a_file_is_named(town, tmp_path, column, wrong):
    (path := tmp_path / "wrong.csv").write_text(f"kind,name,area,{column}\noutside,维修公司,321102001001,{wrong}")
    read = read_units(path, SUBJECTS)
    assert [(each.row, each.field) for each in read.findings.problems] == [(2, column)]
