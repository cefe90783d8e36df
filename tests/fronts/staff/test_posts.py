"""The pages of posts and people."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.visiting import EVERYBODY, signed_in

from doorstep.core.access import WORKER, acting_as
from doorstep.staff.models import Appointment, Person, Post

KEEPERS = ("dana", "other_desk", "system")


@pytest.fixture
def liaison(town):
    with acting_as(WORKER):
        return Post.objects.create(kind="liaison", area_id=town.microgrids[0], title="楼院长").pk


def shown(answer):
    return answer.content.decode()


def lines(answer):
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(body)))


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in KEEPERS])
@pytest.mark.parametrize("address", ["", "add", "1/"])
def test_posts_are_for_desks_and_the_system_administrator(town, who, address):
    assert signed_in(town, who).get(f"/staff/posts/{address}").status_code == 403


def test_dana_sees_her_own_community_with_the_citys_words_and_vacancies(town, liaison):
    page = shown(signed_in(town, "dana").get("/staff/posts/"))
    assert "楼院长" in page and "空缺" in page and "示例chen" in page
    assert "示例other_desk" not in page


def test_another_communitys_desk_does_not_see_it(town, liaison):
    other = signed_in(town, "other_desk")
    assert "楼院长" not in shown(other.get("/staff/posts/"))
    assert other.get(f"/staff/posts/{liaison}/").status_code == 404
    assert other.post(f"/staff/posts/{liaison}/name", {"title": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("query", "is_there"),
    [("?only=vacant", True), ("?only=held", False), ("?kind=liaison", True), ("?kind=volunteer", False),
     ("?q=楼院", True), ("?q=没有", False), ("?kind=nonsense", True), ("?page=99999999999", False), ("?page=x", True),
     ("?area=1e9&only=%00", True)],
)  # fmt: skip
def test_filters_find_it_or_not_and_never_break(town, liaison, query, is_there):
    page = signed_in(town, "dana").get(f"/staff/posts/{query}")
    assert page.status_code == 200
    assert (f"/staff/posts/{liaison}/" in shown(page)) is is_there


def test_dana_finds_ben_appoints_him_and_ends_it(town, liaison):
    with acting_as(WORKER):
        ben = Person.objects.create(name="示例本", is_invented=True).pk
    dana = signed_in(town, "dana")
    assert "示例本" in shown(dana.get(f"/staff/posts/{liaison}/?q=示例本"))
    answer = dana.post(f"/staff/posts/{liaison}/appoint", {"person": ben, "from_on": "2026-01-01"})
    assert answer.status_code == 303
    page = shown(dana.get(answer.url))
    assert "已任命" in page and "示例本" in page
    with acting_as(WORKER):
        held = Appointment.objects.get(post=liaison)
    dana.post(f"/staff/posts/{liaison}/end", {"appointment": held.pk, "until_on": "2026-02-01"})
    with acting_as(WORKER):
        assert Appointment.objects.get(post=liaison).until_on == date(2026, 2, 1)


def test_dana_writes_down_somebody_new(town, liaison):
    dana = signed_in(town, "dana")
    form = {"person": "", "name": "示例新人", "phone": "13900000000", "from_on": "2026-01-01"}
    assert dana.post(f"/staff/posts/{liaison}/appoint", form).status_code == 303
    with acting_as(WORKER):
        assert Appointment.objects.get(post=liaison).person.name == "示例新人"


def test_what_is_refused_keeps_what_was_written_and_writes_nothing(town, liaison):
    answer = signed_in(town, "dana").post(
        f"/staff/posts/{liaison}/appoint", {"name": "示例新人", "from_on": "2026-13-45"}
    )
    assert answer.status_code == 422
    assert "示例新人" in shown(answer)
    with acting_as(WORKER):
        assert not Person.objects.filter(name="示例新人").exists()


def test_the_system_administrator_adds_a_seat_by_code(town):
    system = signed_in(town, "system")
    answer = system.post("/staff/posts/add", {"kind": "community_desk", "area_code": "321102001001"})
    assert answer.status_code == 303
    assert system.post("/staff/posts/add", {"kind": "community_desk", "area_code": "999"}).status_code == 422
    assert system.post("/staff/posts/add", {"kind": "king", "area_code": "321102001001"}).status_code == 422


def test_the_list_can_be_taken_away_as_a_file(town, liaison):
    with acting_as(WORKER):
        Post.objects.filter(pk=liaison).update(title="=1+1")
    rows = lines(signed_in(town, "dana").get("/staff/posts.csv?kind=liaison"))
    assert rows[0][0] == "岗位"
    assert [row[0] for row in rows[1:]] == ["'=1+1"]


def test_the_page_asks_the_database_the_same_few_times_however_many_posts(town, liaison):
    dana = signed_in(town, "dana")
    with CaptureQueriesContext(connection) as few:
        dana.get("/staff/posts/")
    with acting_as(WORKER):
        Post.objects.bulk_create(Post(kind="volunteer", area_id=town.microgrids[1]) for _ in range(120))
    with CaptureQueriesContext(connection) as many:
        page = shown(dana.get("/staff/posts/"))
    # Two of them are the savepoint that stands for the transaction of a request.
    assert len(many) == len(few) <= 7 + 2
    assert "?page=2" in page and "?page=3" in shown(dana.get("/staff/posts/?page=2"))
