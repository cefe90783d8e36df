"""The log's pages: heads, keys and what shows that it only grew, for everybody; nonsense is answered in words."""

from __future__ import annotations

import json

import pytest
from tests.proofs.logs import reported
from tests.visiting import Visitor

from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.access.links import follow_token
from doorstep.core.text import languages, text
from doorstep.core.time import clock
from doorstep.proofs import queries
from doorstep.proofs.actions.sequencing import sign_now


@pytest.fixture
def case(town) -> int:
    (case,) = reported(town)
    sign_now(clock.now())
    reported(town, 4)
    sign_now(clock.now())
    return case


@pytest.fixture
def anybody() -> Visitor:
    return Visitor()


def test_the_newest_head_the_last_of_the_day_and_the_key_stand_open(case, anybody):
    page = anybody.get("/proofs/").content.decode()
    for size in (5, 1):
        note = anybody.get(f"/proofs/heads/{size}.txt")
        assert note.headers["Content-Type"].startswith("text/plain")
        assert note.content.decode().splitlines()[1] == str(size)
    assert "/proofs/heads/5.txt" in page and "/proofs/heads/1.txt" not in page
    with acting_as(ANONYMOUS):
        (key,) = queries.all_keys()
    assert key.public.hex() in page


def test_before_the_first_head_the_page_says_so(town, anybody):
    assert text("proofs-newest-none", "zh") in anybody.get("/proofs/").content.decode()
    assert anybody.get("/proofs/consistency?first=1").status_code == 404


def test_whoever_kept_a_head_is_shown_that_the_log_goes_on_from_it(case, anybody):
    answer = anybody.get("/proofs/consistency?first=1")
    shown = json.loads(answer.content)
    assert (shown["first"], shown["second"], len(shown["path"]) > 0) == (1, 5, True)
    assert json.loads(anybody.get("/proofs/consistency?first=1&second=1").content)["path"] == []


NONSENSE = {
    "": 422,
    "?first=": 422,
    "?first=-1": 422,
    "?first=0": 422,
    "?first=1.5": 422,
    "?first=abc": 422,
    "?first=%D9%A1": 422,
    "?first=1&second=abc": 422,
    "?first=6": 422,
    "?first=99999999999999999999999999999999": 422,
    "?first=9999999999999999999": 422,
    "?first=9223372036854775807": 422,
    "?first=1&second=9223372036854775807": 404,
    "?first=1&second=9999999999999999999": 422,
    "?first=1&second=3": 404,
    "?first=5&second=1": 422,
}


@pytest.mark.parametrize("lang", languages)
@pytest.mark.parametrize("asked", NONSENSE)
def test_sizes_that_make_no_sense_are_refused_in_words(case, anybody, asked, lang):
    answer = anybody.get(f"/proofs/consistency{asked}", headers={"Accept-Language": lang, "Accept": "application/json"})
    assert answer.status_code == NONSENSE[asked]
    said = json.loads(answer.content)
    assert said["refused"] and said["try_this"]
    assert anybody.get(f"/proofs/consistency{asked}").status_code == NONSENSE[asked]


@pytest.mark.parametrize("size", ["0", "3", "99999999999999999999999", "-1", "x"])
def test_a_head_that_was_never_published_is_not_found(case, anybody, size):
    assert anybody.get(f"/proofs/heads/{size}.txt").status_code in (404, 422)


def test_programs_are_told_the_same(case, anybody):
    heads = anybody.get("/api/v1/proofs/heads").json()
    assert [head["size"] for head in heads] == [5, 1]
    assert [head["size"] for head in anybody.get("/api/v1/proofs/heads?before=5").json()] == [1]
    keys = anybody.get("/api/v1/proofs/keys").json()
    assert [key["id"] for key in keys] == [heads[0]["key"]]
    assert anybody.get("/api/v1/proofs/consistency?first=1").json()["second"] == 5
    for asked in ("first=0", "first=-3", "first=x", f"first={2**63}", f"first=1&second={2**70}", "first=6"):
        answer = anybody.get(f"/api/v1/proofs/consistency?{asked}")
        assert (answer.status_code, bool(answer.json()["refused"])) == (422, True)
    assert anybody.get("/api/v1/proofs/heads?before=0").status_code == 422


def test_the_proof_of_a_case_is_for_whoever_holds_its_link(case, anybody):
    link = follow_token(case, at=clock.now())
    answer = anybody.get(f"/c/{link}/proof.json")
    proof = json.loads(answer.content)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "private" in answer.headers["Cache-Control"]
    assert proof["rows"][0]["words"] and proof["head"]["size"] == 5
    assert anybody.get(f"/api/v1/followed/{link}/proof").json()["rows"] == proof["rows"]
    assert f"/c/{link}/proof.json" in anybody.get(f"/c/{link}/").content.decode()
    for wrong in ("nobodys-link", link[:-1] + ("A" if link[-1] != "A" else "B")):
        assert anybody.get(f"/c/{wrong}/proof.json").status_code == 404
        assert anybody.get(f"/api/v1/followed/{wrong}/proof").status_code == 404


def test_the_checking_page_carries_all_it_needs_and_lets_nothing_else_run(town, anybody):
    answer = anybody.get("/proofs/check.html")
    page, policy = answer.content.decode(), answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sha256-" in policy and "unsafe" not in policy
    assert " src=" not in page and " href=" not in page
    for lang in languages:
        assert text("proofs-check-not-grown", lang) in page


@pytest.mark.parametrize("name", ["check_proof.py", "README.zh.txt", "README.en.txt"])
def test_what_checks_a_proof_is_there_to_take(anybody, name):
    from django.contrib.staticfiles import finders

    assert finders.find(f"proofs/{name}") is not None
