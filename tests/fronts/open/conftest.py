"""Programs at the open interface, each with the key of somebody's session or with none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.town import LAT, LON, SQUARE_DEG, Town
from tests.visiting import Visitor, begin_session, open_account

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report
from doorstep.cases.actions.report import report as write_report
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import follow_token
from doorstep.core.time import clock

RUBBISH = "楼道里堆满了杂物，请清理"


class Program:
    """Sends JSON to the interface as one person, or as nobody."""

    def __init__(self, key: str = "", lang: str = "zh") -> None:
        self.key = key
        self.client = Visitor()
        self.headers = {"Accept-Language": lang} | ({"Authorization": f"Bearer {key}"} if key else {})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        written = body if isinstance(body, str | bytes) else json.dumps(body)
        content = {} if body is None else {"data": written, "content_type": "application/json"}
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, f"/api/v1/{path}", headers=self.headers | more, **content)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)


@pytest.fixture
def program(town: Town) -> Callable[..., Program]:
    """A program that has signed in as whoever sits in this post; without a name, as nobody."""

    def made(who: str = "", lang: str = "zh", *, second_factor: bool = True, **account: Any) -> Program:
        if not who:
            return Program(lang=lang)
        return Program(
            begin_session(open_account(town, who, **account), second_factor=second_factor, at=clock.now()), lang
        )

    return made


@pytest.fixture
def reported(town: Town) -> Callable[..., Case]:
    """A case in Chen's grid that the machine has carried as far as it goes by itself."""

    def made(words: str = RUBBISH, item: str = "stairwell-rubbish", **given: Any) -> Case:
        at = clock.now()
        place = Place(LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2, community=town.community,
                      subdistrict=town.subdistrict, county=town.county)  # fmt: skip
        receipt = write_report(Report(words, place, item=item, **given), at=at)
        advance(at=at)
        with acting_as(WORKER):
            return Case.objects.get(pk=receipt.case)

    return made


@pytest.fixture
def link() -> Callable[[Case], str]:
    """The token with which the reporter follows a case."""
    return lambda case: follow_token(case.pk, at=clock.now())


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked within it, without the look at the catalogue now and then, whoever calls.

    Savepoints stand for a test's transactions.
    """
    asked: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield asked
    asked += [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"] and "catalogue_" not in each["sql"]]
