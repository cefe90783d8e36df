"""A firm from outside with one part of a case, and the page that its link opens."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from tests.town import Town

from doorstep.cases.actions import calling, outside
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case, Part
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts import limits
from doorstep.staff.models import Unit

ASKED = "请修好三楼的水管"
WHOLE_WORDS = "楼道里堆满了杂物，请清理"


class Sent(NamedTuple):
    """A part, whose it is, and the link to it."""

    case: int
    number: str
    unit: int
    link: int
    address: str


@pytest.fixture(autouse=True)
def nobody_has_guessed(monkeypatch):
    """Each test begins with a clean count of wrong links."""
    monkeypatch.setattr(limits, "_wrong_links", limits.Allowance(limits.WRONG_LINKS_PER_HOUR))


@pytest.fixture
def sent(town: Town) -> Sent:
    return send(town)


def send(town: Town, name: str = "示例维修公司") -> Sent:
    """Report a case, call the firm to it, and give the firm a link."""
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    said = Report(WHOLE_WORDS, place, Contact(name="王小明", phone="13800000000"), item="stairwell-rubbish")
    whole, at, dana = report(said, at=clock.now()).case, clock.now(), town.actor("dana")
    advance(at=at)
    with acting_as(WORKER):
        firm = Unit.objects.create(kind="outside", name=name, area_id=town.community).pk
    with acting_as(dana):
        calling.call(whole, [firm], ASKED, by=dana, at=at)
    with acting_as(WORKER):
        part = Case.objects.get(pk=Part.objects.get(whole=whole).case_id)
    with acting_as(dana):
        given = outside.give(part.pk, 7, by=dana, at=at)
    return Sent(part.pk, part.number, firm, given.id, f"/h/{given.token}/")
