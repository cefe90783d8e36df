"""A program of another city: without a key, and with that of a partner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.town import LAT, LON, SQUARE_DEG, Town
from tests.visiting import Visitor

from doorstep.areas import published
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report
from doorstep.cases.actions.report import report as write_report
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.exchange.actions.partners import open_partner

HERE = {"lat": str(LAT - SQUARE_DEG / 2), "long": str(LON + SQUARE_DEG / 2)}
LIGHT = {"service_code": "street-light", "description": "3号楼王阿姨家门口的路灯不亮", **HERE}


@dataclass
class City:
    """Calls our Open311 with the key it has, if it has one."""

    key: str = ""
    lang: str = "en"
    client: Visitor = field(default_factory=Visitor)

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        given = {**query, **({"api_key": self.key} if self.key else {})}
        return self.client.get(f"/open311/{path}", given, headers={"Accept-Language": self.lang, **(headers or {})})

    def post(self, path: str, sent: Any = None, **more: Any) -> Any:
        body = {**(sent or {}), **({"api_key": self.key} if self.key else {})}
        return self.client.post(f"/open311/{path}", body, headers={"Accept-Language": self.lang}, **more)

    def raw(self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Any:
        return self.client.generic(
            "POST", f"/open311/{path}", body, content_type=kind, headers={"Accept-Language": self.lang}
        )


@pytest.fixture(autouse=True)
def fresh_areas() -> None:
    """Each test has a town of its own; none finds that of another."""
    published._published = None


@pytest.fixture
def stranger(town: Town) -> City:
    return City()


@pytest.fixture
def partner(town: Town) -> Callable[..., City]:
    """A platform to which the desk has given a key."""

    def made(name: str = "other-city", *, unit: int | None = None, org: str = "dana", wants_all: bool = False) -> City:
        by = town.actor(org)
        with acting_as(by):
            keys = open_partner(
                name, source="hotline-12345", unit=unit, address="", wants_all=wants_all, by=by, at=clock.now()
            )
        return City(keys.key)

    return made


@pytest.fixture
def reported(town: Town) -> Callable[..., Case]:
    """A case that the machine has carried as far as it goes by itself."""

    def made(
        item: str = "street-light", words: str = "3号楼王阿姨家门口的路灯不亮", *, nth: int = 0, **given: Any
    ) -> Case:
        at = given.pop("at", clock.now())
        place = Place(LON + SQUARE_DEG * (nth + 0.5), LAT - SQUARE_DEG / 2, community=town.community,
                      subdistrict=town.subdistrict, county=town.county)  # fmt: skip
        receipt = write_report(Report(words, place, item=item, **given), at=at)
        advance(at=at)
        with acting_as(WORKER):
            return Case.objects.get(pk=receipt.case)

    return made
