"""The pages of posts and people."""

from __future__ import annotations

import csv
import html
import re
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.visiting import EVERYBODY, signed_in

from doorstep.core.access import WORKER, acting_as
from doorstep.staff import posts
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


def test_the_day_on_which_an_appointment_ends_is_never_filled_in_for_dana(town):
    dana, post = signed_in(town, "dana"), town.posts["chen"]
    assert 'name="until_on" type="date" value=""' in shown(dana.get(f"/staff/posts/{post}/"))
    refused = dana.post(f"/staff/posts/{post}/end", {"appointment": 0, "until_on": "2026-02-01"})
    assert refused.status_code == 404
    with acting_as(WORKER):
        held = Appointment.objects.get(post=post)
    refused = dana.post(f"/staff/posts/{post}/end", {"appointment": held.pk, "until_on": "2025-02-01"})
    assert refused.status_code == 422 and 'name="until_on" type="date" value="2025-02-01"' in shown(refused)


def unseated(page):
    """Kind, area and number of what the page says was never set up."""
    found = re.findall(r"<b>([^<]+)</b>(?: × (\d))?<p[^>]*>.*?<span class=\"code may-skip\">(\d+)</span>", page)
    return {(title, code[12:]): int(number or 1) for title, number, code in found}


def test_seats_that_nobody_set_up_are_listed_by_area_and_add_up_to_what_is_missing(town, liaison):
    dana = signed_in(town, "dana")
    listed = unseated(shown(dana.get("/staff/posts/?only=vacant")))
    assert ("微网格联络员", "00101") not in listed
    assert listed[("微网格联络员", "00102")] == 1 and listed[("志愿者", "00101")] == 2
    assert listed[("网格长", "001")] == 1 and ("专职网格员", "001") not in listed
    with acting_as(town.actor("dana")):
        missing = {each.kind: each.missing for each in posts.counts(town.community, date(2026, 11, 23))}
    # A vacant seat that exists is in the list above; all others are here.
    assert missing["liaison"] - 1 == sum(number for (title, _), number in listed.items() if title == "微网格联络员")
    assert missing["volunteer"] == sum(number for (title, _), number in listed.items() if title == "志愿者")


@pytest.mark.parametrize(
    ("query", "areas"),
    [("", {"001", "002", "00101", "00102", "00201", "00202"}), ("&kind=grid_lead", {"001", "002"}),
     ("&q=321102001001002", {"002", "00201", "00202"})],
)  # fmt: skip
def test_what_was_never_set_up_follows_the_filters(town, query, areas):
    listed = unseated(shown(signed_in(town, "dana").get(f"/staff/posts/?only=vacant{query}")))
    assert {area for _, area in listed} == areas


def test_another_communitys_missing_seats_are_not_shown(town):
    assert unseated(shown(signed_in(town, "other_desk").get("/staff/posts/?only=vacant"))) == {}


def test_from_the_missing_seat_it_is_one_step_to_setting_it_up(town):
    dana = signed_in(town, "dana")
    page = shown(dana.get("/staff/posts/?only=vacant&kind=grid_lead"))
    [link] = re.findall(rf'href="(/staff/posts/add[^"]*area={town.grid}&[^"]*)"', page)
    form = shown(dana.get(html.unescape(link)))
    assert '<option value="grid_lead" selected>' in form and f'<option value="{town.grid}" selected>' in form


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
    # Whether the catalogue has changed is looked at now and then; two are the savepoint that stands for a transaction.
    first, second = ([each for each in asked if '"catalogue_' not in each["sql"]] for asked in (few, many))
    assert len(first) == len(second) <= 8 + 2
    assert "?page=2" in page and "?page=3" in shown(dana.get("/staff/posts/?page=2"))
