"""The page of one case: who may open it, what it shows, and every move from it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorstep.cases.actions import act, looking
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place
from doorstep.cases.models import Case
from doorstep.cases.queries import ledger_of
from doorstep.core.access import WORKER, Actor, Role, acting_as
from tests.town import MORNING


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


def test_opening_a_case_leaves_a_trace(sign_in, reported):
    case = reported()
    page(sign_in("dana"), case)
    assert traces("case", case.pk) == [("community", "")]
