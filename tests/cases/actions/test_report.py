"""A report is durable in few statements, and the same report twice is one case."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from tests.town import MORNING, Town

from doorstep.cases.actions.report import LONGEST_REPORT, Contact, Place, Report, ReportRefused, report
from doorstep.cases.models import Case, Event, Said
from doorstep.cases.models import Contact as KeptContact
from doorstep.cases.rules.happened import NotAMoment
from doorstep.core.access import WORKER, acting_as
from doorstep.core.proofs import salted_hash

MOST_STATEMENTS = 12


def test_a_report_with_everything_takes_three_statements(town: Town) -> None:
    said = Report("灯坏了", Place(door=town.door, words="东门"), Contact(email="ava@example.org"), key=uuid4())
    with CaptureQueriesContext(connection) as captured:
        report(said, at=MORNING)
    asked = [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"]]
    # Who asks, the next number, and the report itself.
    assert len(asked) == 3 <= MOST_STATEMENTS


def test_what_was_said_stands_in_the_first_row_as_a_hash(town: Town) -> None:
    case = report(Report("灯坏了，请打13800000000"), at=MORNING).case
    with acting_as(WORKER):
        event, said = Event.objects.get(case=case), Said.objects.get(case=case)
    assert "13800000000" not in said.words
    assert bytes(event.said_hash) == salted_hash(bytes(said.salt), said.words.encode())
    assert (event.seq, event.move, event.by_hat, event.facts) == (1, "report", "anyone", {"source": "resident"})


def test_facts_say_where_a_report_came_from_and_nothing_about_whom(town: Town) -> None:
    said = Report("页面打不开", Place(accuracy_m=12.4), Contact(name="Ava"), page="desk-queue")
    case = report(said, at=MORNING).case
    with acting_as(WORKER):
        assert Event.objects.get(case=case).facts == {
            "source": "resident", "page": "desk-queue", "accuracy_m": 12,
        }  # fmt: skip
        assert KeptContact.objects.get(case=case).name == "Ava"


def test_whoever_leaves_no_address_leaves_no_row(town: Town) -> None:
    case = report(Report("灯坏了"), at=MORNING).case
    with acting_as(WORKER):
        assert not KeptContact.objects.filter(case=case).exists()


def test_a_report_that_arrives_again_gets_the_first_receipt(town: Town) -> None:
    said = Report("灯坏了", key=uuid4())
    first = report(said, at=MORNING)
    again = report(said, at=MORNING + timedelta(minutes=1))
    assert again == first
    with acting_as(WORKER):
        assert Case.objects.filter(report_key=said.key).count() == 1


def test_other_faults_are_not_taken_for_a_second_arrival(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError):
        report(Report("灯坏了", Place(door=10**9), key=uuid4()), at=MORNING)


@pytest.mark.parametrize("words", ["", "  \n ", "\u200b \u200d", "\u3164", "灯" * (LONGEST_REPORT + 1)])
def test_a_report_without_words_or_with_far_too_many_is_refused(town: Town, words: str) -> None:
    with pytest.raises(ReportRefused) as refused:
        report(Report(words), at=MORNING)
    assert refused.value.where == "words"
    assert refused.value.try_this is not None


@pytest.mark.parametrize(
    "off", [timedelta(minutes=6), timedelta(days=400), -timedelta(days=800), -timedelta(days=20_000)]
)
def test_a_report_from_a_clock_that_is_wrong_is_refused(town, off):
    with pytest.raises(NotAMoment):
        report(Report("路灯不亮"), at=MORNING, happened_at=MORNING + off)


def test_a_report_from_a_clock_that_is_a_little_ahead_is_kept_as_of_now(town):
    case = report(Report("路灯不亮"), at=MORNING, happened_at=MORNING + timedelta(minutes=3)).case
    with acting_as(WORKER):
        assert Case.objects.get(pk=case).reported_at == MORNING
