"""Somebody at a desk, signed in with a real session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town
from tests.visiting import Visitor, signed_in

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock

RUBBISH = "楼道里堆满了杂物，请清理"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A Monday morning for whoever comes in by a door."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    return MORNING


@pytest.fixture
def sign_in(town: Town, now: datetime) -> Callable[[str], Visitor]:
    """A browser in which whoever sits in this post has signed in with both factors."""
    return lambda who: signed_in(town, who)


@pytest.fixture
def reported(town: Town) -> Callable[..., Case]:
    """A case that the machine has carried as far as it goes by itself."""

    def reported_case(words: str = RUBBISH, item: str = "stairwell-rubbish", at: datetime = MORNING, **given) -> Case:  # type: ignore[no-untyped-def]
        place = Place(
            lon=LON + SQUARE_DEG / 2, lat=LAT - SQUARE_DEG / 2, door=town.door, community=town.community,
            subdistrict=town.subdistrict, county=town.county,
        )  # fmt: skip
        contact = Contact(name="王小明", phone="13800000000")
        receipt = report(Report(words, given.pop("place", place), contact, item=item, **given), at=at)
        advance(at=at)
        with acting_as(WORKER):
            return Case.objects.get(pk=receipt.case)

    return reported_case
