"""Many reports at once are what they would have been one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from tests.town import MORNING, Town

from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.actions.report_many import report_many
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as

TABLES = (
    "cases_case:id",
    "cases_said:case_id",
    "cases_contact:case_id",
    "cases_event:case_id",
    "cases_likeness:case_id",
)
# What is another for each case, or drawn by chance.
OWN = {"id", "case_id", "number", "report_key", "salt", "said_hash", "hash"}


def rows(case: int) -> list[Any]:
    found: list[Any] = []
    with acting_as(WORKER), connection.cursor() as cursor:
        for table in TABLES:
            name, column = table.split(":")
            cursor.execute(f"SELECT * FROM {name} WHERE {column} = %s", [case])
            heads = [each.name for each in cursor.description]
            found += [{k: v for k, v in zip(heads, row, strict=True) if k not in OWN} for row in cursor.fetchall()]
    return found


def some(town: Town) -> list[Report]:
    place = Place(119.401, 32.199, 12.4, town.door, town.community, town.subdistrict, town.county, "三号楼")
    return [
        Report("路灯不亮了，电话 13800000000"),
        Report("楼道里堆满了杂物", place, Contact("王小明", "13800000000", "a@example.org", "en"), "stairwell-rubbish"),
        Report("🔦\t<b>灯</b> = ‮", Place(door=town.door, community=town.community), source="station", urgency="urgent"),
    ]


def test_many_are_what_they_would_be_one_by_one(town):
    happened = MORNING - timedelta(hours=1)
    single = [report(each, at=MORNING, happened_at=happened).case for each in some(town)]
    many = [receipt.case for receipt in report_many([(each, happened) for each in some(town)], at=MORNING)]
    for one, other in zip(many, single, strict=True):
        assert rows(one) == rows(other)
    assert len({*single, *many}) == 6


def test_none_are_none(town):
    assert report_many([], at=MORNING) == []


def test_all_or_none(town):
    key = uuid4()
    with pytest.raises(IntegrityError):
        report_many(
            [(Report("灯"), MORNING), (Report("灯一", key=key), MORNING), (Report("灯二", key=key), MORNING)],
            at=MORNING,
        )
    connection.needs_rollback = False
    with acting_as(WORKER):
        assert not Case.objects.exists()
