"""Ava has what she gave us erased: the text goes, the proof stays, and what cannot go yet goes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.town import MORNING, Town

from doorstep.cases.actions import act, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.calling import Meeting, call, judge
from doorstep.cases.actions.close import reopen
from doorstep.cases.actions.erase import erase, erase_due
from doorstep.cases.actions.photos import Picture
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.checking import check_ledger
from doorstep.cases.models import Case, Erasure, Event, Likeness, Photo, Said
from doorstep.cases.models import Contact as Kept
from doorstep.cases.models import Part as Called
from doorstep.cases.rules.erase import ANSWERS_KEPT_FOR, Part
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.ids import CaseId

PICTURE = Picture(b"RIFF-whole", b"RIFF-small", 4, 3)
WORDS = "楼道里堆满了杂物，请清理"


@pytest.fixture
def case(town: Town) -> CaseId:
    place = Place(
        door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county, words="三楼东户"
    )
    said = Report(
        WORDS, place, Contact(name="王小明", phone="13800000000"), item="stairwell-rubbish", pictures=(PICTURE,)
    )
    found = report(said, at=MORNING).case
    advance(at=MORNING)
    return found


def closed(town: Town, case: CaseId) -> None:
    chen, ava = town.actor("chen"), follower_of(case)
    with acting_as(chen):
        act.do(case, "已经清理干净。", by=chen, at=MORNING, pictures=(PICTURE,))
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=MORNING, words="谢谢")
    advance(at=MORNING)


def erased(case: CaseId, at=MORNING) -> set[Part]:
    with acting_as(follower_of(case)) as ava:
        return {each.part for each in erase(case, by=ava, at=at) if each.is_free}


def left(case: CaseId) -> dict[str, list]:
    with acting_as(WORKER):
        now = Case.objects.get(pk=case)
        return {
            "words": list(Said.objects.filter(case=case).order_by("seq").values_list("words", flat=True)),
            "photos": list(Photo.objects.filter(case=case).order_by("seq").values_list("seq", flat=True)),
            "contact": list(Kept.objects.filter(case=case).values_list("phone", flat=True)),
            "place": [each for each in (now.lon, now.lat, now.door_id, now.place_words) if each],
            "waits": list(Erasure.objects.filter(case=case).values_list("own_left", flat=True)),
        }


def is_sound() -> bool:
    return check_ledger().is_sound


def test_of_an_ended_case_all_that_she_gave_goes_at_once_and_the_proof_still_verifies(town, case):
    closed(town, case)
    with acting_as(WORKER):
        before = list(Event.objects.filter(case=case).order_by("seq").values_list("seq", "hash", "said_hash"))
        ended_at = Case.objects.get(pk=case).ended_at
    assert erased(case) == {Part.CONTACT, Part.WORDS, Part.PHOTOS, Part.PLACE}
    now = left(case)
    assert WORDS not in now["words"] and "谢谢" not in now["words"] and "已经清理干净。" in now["words"]
    assert (now["contact"], now["place"], now["waits"]) == ([], [], [False])
    with acting_as(WORKER):
        events = list(Event.objects.filter(case=case).order_by("seq").values_list("seq", "hash", "said_hash"))
        last = Event.objects.filter(case=case).order_by("seq").last()
        case_now = Case.objects.get(pk=case)
    assert [tuple(map(_plain, row)) for row in events[:-1]] == [tuple(map(_plain, row)) for row in before]
    assert (last.move, last.by_hat, last.facts["erased"]) == (
        "erase",
        "reporter",
        ["contact", "words", "photos", "place"],
    )
    assert (case_now.state, case_now.is_open, case_now.ended_at) == ("closed", False, ended_at)
    assert case_now.microgrid_id is not None, "figures by area need no address"
    assert is_sound()


def _plain(value):
    return bytes(value) if isinstance(value, memoryview | bytes) else value


def test_of_an_open_case_the_contact_goes_and_the_rest_waits(town, case):
    assert erased(case) == {Part.CONTACT}
    now = left(case)
    assert (now["contact"], now["waits"]) == ([], [True]) and WORDS in now["words"] and now["place"]
    assert is_sound()


def test_what_waits_goes_by_itself_when_the_case_can_no_longer_be_opened_again(town, case):
    erased(case)
    closed(town, case)
    assert erase_due(MORNING + timedelta(days=7)) == 0
    assert erase_due(MORNING + timedelta(days=9)) == 1
    now = left(case)
    assert WORDS not in now["words"] and now["place"] == [] and now["waits"] == [False]
    assert now["photos"] == [max(now["photos"])], "the handler's own picture answers for the work"
    later = MORNING + ANSWERS_KEPT_FOR
    assert erase_due(later) == 0
    assert erase_due(later + timedelta(days=2)) == 1
    assert left(case) == {"words": [], "photos": [], "contact": [], "place": [], "waits": []}
    assert erase_due(later + timedelta(days=3)) == 0
    assert is_sound()


def test_the_copies_of_the_place_that_were_given_to_called_units_go_with_it(town, case):
    dana = town.actor("dana")
    with acting_as(dana):
        call(
            case,
            [town.units["water"]],
            "请一起去看",
            by=dana,
            at=MORNING,
            meeting=Meeting("三楼东户", MORNING + timedelta(hours=5)),
        )
    with acting_as(WORKER):
        part = Called.objects.get(whole=case).case_id
        assert Case.objects.get(pk=part).door_id == town.door
    with acting_as(town.actor("water")) as water:
        act.do(CaseId(part), "已经看过。", by=water, at=MORNING)
    with acting_as(dana):
        judge(CaseId(part), "", "", by=dana, at=MORNING)
    advance(at=MORNING)
    closed(town, case)
    erased(case)
    assert left(part)["place"] == [] and "已经看过。" in left(part)["words"]
    with acting_as(WORKER):
        assert Likeness.objects.values_list("lon", "lat").get(case=part) == (None, None)
        assert Called.objects.get(whole=case).place == ""
    erased(case)
    with acting_as(WORKER):
        assert Event.objects.filter(case=part, move="erase").count() == 1
    assert erase_due(MORNING + ANSWERS_KEPT_FOR + timedelta(days=2)) == 1
    assert left(part)["words"] == [] and is_sound()


def test_a_case_that_was_opened_again_keeps_its_words_until_it_has_ended_again(town, case):
    erased(case)
    closed(town, case)
    with acting_as(follower_of(case)) as ava:
        reopen(case, "又堆满了", by=ava, at=MORNING)
    assert erase_due(MORNING + timedelta(days=30)) == 0
    assert WORDS in left(case)["words"]


def test_asking_twice_changes_nothing_more(town, case):
    closed(town, case)
    erased(case)
    first = left(case)
    assert erased(case) == {Part.CONTACT, Part.WORDS, Part.PHOTOS, Part.PLACE}
    assert left(case) == first and is_sound()


def test_nobody_but_its_reporter_has_a_case_erased(town, case):
    from doorstep.cases.actions.ledger import MoveRefused

    closed(town, case)
    for who in ("dana", "chen", "command"):
        actor = town.actor(who)
        with pytest.raises(MoveRefused), acting_as(actor):
            erase(case, by=actor, at=MORNING)
    assert WORDS in left(case)["words"]
