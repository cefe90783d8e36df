"""One case, many voices: Ben joins what Ava reported, objects, leaves; Dana merges and takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.cases.test_life import moves, the
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.cases.actions import act, close, merge, objecting, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.join import JoinRefused, join, offer_of
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.actions.withdraw import withdraw
from doorstep.cases.joined import likely, voices_of
from doorstep.cases.models import Case, Event, Likeness, Said
from doorstep.cases.queries import followed
from doorstep.cases.rules.objecting import ObjectionRefused
from doorstep.cases.similar import offered
from doorstep.cases.whole import numbered
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.ids import CaseId
from doorstep.notices.models import Notice

LIGHT = "三号楼门口的路灯坏了，晚上看不见路"
HERE = (LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2)
SOON = MORNING + timedelta(hours=1)


def said(town: Town, words: str = LIGHT, *, phone: str = "13800000000", east_deg: float = 0.0, item="street-light"):
    place = Place(HERE[0] + east_deg, HERE[1], 10.0, None, town.community, town.subdistrict, town.county)
    return Report(words, place, Contact(phone=phone), item=item)


@pytest.fixture
def avas(town: Town) -> int:
    case = report(said(town), at=MORNING).case
    advance(at=MORNING)
    return case


@pytest.fixture
def bens(town: Town, avas: int) -> int:
    return join(said(town, "路灯一直不亮", phone="13900000000"), offer_of(avas, at=SOON), at=SOON).case


def told(case: int) -> list[str]:
    with acting_as(WORKER):
        return [row.message["key"] for row in Notice.objects.filter(case=case, channel="sms").order_by("id")]


def done_by(town: Town, case: int, at=SOON) -> None:
    unit = the(case).holder_unit_id
    who = next(town.actor(post) for post in ("chen", "dana", "subdistrict") if town.actor(post).unit == unit)
    with acting_as(who):
        act.do(case, "灯泡已经换好。", by=who, at=at)


def closed(town: Town, case: int, at=SOON) -> None:
    done_by(town, case, at)
    ava = follower_of(case)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=at)
    advance(at=at)
    assert the(case).state == "closed"


# What is offered --------------------------------------------------------------------------------------------------


def offers(words: str = "楼下的路灯不亮了", item: str | None = "street-light", east_deg: float = 0.0, at=SOON):
    return offered(words, item, HERE[0] + east_deg, HERE[1], at=at)


def test_whoever_writes_of_the_same_near_by_is_offered_the_open_case(avas):
    (offer,) = offers(east_deg=0.0004)
    assert (offer.case, offer.item.id, offer.within_m, offer.voices) == (avas, "street-light", 50, 0)


def test_an_offer_holds_nothing_that_anybody_wrote(avas):
    (offer,) = offers()
    with acting_as(WORKER):
        case = Case.objects.get(pk=avas)
    shown = f"{offer.item.name.zh}{offer.state}{offer.microgrid}{offer.within_m}"
    assert case.number not in shown and not any(part in shown for part in ("三号楼", "看不见", "13800000000"))


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "灯"},
        {"words": "。。。！"},
        {"east_deg": 0.01},
        {"at": MORNING + timedelta(days=20)},
        {"item": "stray-dog", "words": "有条野狗追着孩子跑"},
        {"item": None, "words": "有条野狗追着孩子跑"},
        {"item": "family-dispute"},
    ],
)
def test_too_few_words_another_place_another_time_and_another_matter_are_offered_nothing(avas, asked):
    assert offers(**asked) == ()


def test_words_that_are_nearly_the_same_are_offered_though_the_item_is_not_known(avas):
    assert [offer.case for offer in offers(words=LIGHT + "了", item=None)] == [avas]


@pytest.mark.parametrize("item", ["family-dispute", "staff-complaint", "lost-key"])
def test_what_is_private_or_concerns_one_person_is_never_offered(town, item):
    report(said(town, item=item), at=MORNING)
    advance(at=MORNING)
    assert offers(words=LIGHT, item=item) == ()


def test_a_case_of_one_item_is_offered_whatever_it_says_so_that_offers_tell_no_words(town):
    cases = {report(said(town, words), at=MORNING).case for words in ("张三家门前漆黑一片真吓人", LIGHT)}
    advance(at=MORNING)
    assert {offer.case for offer in offers(words="这里黑灯瞎火的")} == cases


def test_a_closed_case_is_offered_no_more(town, avas):
    closed(town, avas)
    assert offers() == ()


def test_what_is_erased_of_the_words_is_erased_of_what_they_are_compared_by(avas):
    with acting_as(WORKER):
        assert Likeness.objects.filter(case=avas).exists()
        Said.objects.filter(case=avas, seq=1).delete()
        assert not Likeness.objects.filter(case=avas).exists()
    assert offers() == ()


# Joining ----------------------------------------------------------------------------------------------------------


def test_ben_joins_with_words_and_a_link_of_his_own(town, avas, bens):
    voice = the(bens)
    assert (voice.state, voice.merged_into_id, voice.is_open) == ("merged", avas, False)
    assert moves(bens) == ["report", "merge"]
    assert the(avas).voices == 1
    with acting_as(follower_of(bens)):
        shown = followed(bens)
    assert shown.words[1] == "路灯一直不亮"
    assert shown.joined.item == "street-light"
    assert LIGHT not in str(vars(shown.joined))


def test_the_machine_leaves_a_voice_alone(bens):
    advance(at=SOON)
    assert moves(bens) == ["report", "merge"]


def test_ben_is_told_each_step_as_ava_is_and_once(town, avas, bens):
    before = len(told(avas))
    closed(town, avas)
    assert told(bens) == told(avas)[before:] == ["notices-done-solved", "notices-closed"]


def test_ben_reads_what_was_done_and_not_what_ava_wrote(town, avas, bens):
    ava = follower_of(avas)
    with acting_as(ava):
        act.note(avas, "我家电话是五五五", by=ava, at=SOON)
    done_by(town, avas)
    with acting_as(follower_of(bens)):
        joined = followed(bens).joined
    assert "灯泡已经换好。" in joined.words.values()
    assert not any("五五五" in words for words in joined.words.values())
    assert {event.move for event in joined.life} == {"dispatch", "do"}


def test_sent_twice_it_is_one_voice(town, avas):
    key, offer = uuid4(), offer_of(avas, at=SOON)
    twice = [join(replace(said(town), key=key), offer, at=SOON) for _ in range(2)]
    assert twice[0].case == twice[1].case
    assert the(avas).voices == 1


def test_a_case_that_was_closed_meanwhile_is_not_joined_and_nothing_is_written(town, avas):
    offer = offer_of(avas, at=SOON)
    closed(town, avas)
    with pytest.raises(JoinRefused) as refused:
        join(said(town), offer, at=SOON)
    assert refused.value.message.key == "cases-join-ended"
    with acting_as(WORKER):
        assert Case.objects.count() == 1


def test_whoever_joins_a_case_that_was_merged_meanwhile_joins_the_one_it_joined(town, avas):
    later = report(said(town), at=SOON).case
    advance(at=SOON)
    offer = offer_of(later, at=SOON)
    dana = town.actor("dana")
    with acting_as(dana):
        merge.merge(later, avas, by=dana, at=SOON)
    voice = join(said(town), offer, at=SOON).case
    assert (the(voice).merged_into_id, the(avas).voices) == (avas, 2)


@pytest.mark.parametrize("offer", ["", "forged", "1 9999999999", "gAAAAA=="])
def test_an_offer_that_is_not_ours_is_refused(town, avas, offer):
    with pytest.raises(JoinRefused):
        join(said(town), offer, at=SOON)


def test_an_offer_holds_for_two_hours(town, avas):
    with pytest.raises(JoinRefused):
        join(said(town), offer_of(avas, at=MORNING), at=MORNING + timedelta(hours=2, seconds=1))


def test_a_case_that_turned_out_to_be_private_is_joined_no_more(town, avas):
    offer = offer_of(avas, at=SOON)
    with acting_as(WORKER):
        Case.objects.filter(pk=avas).update(item="family-dispute")
    with pytest.raises(JoinRefused):
        join(said(town), offer, at=SOON)


# Leaving ----------------------------------------------------------------------------------------------------------


def test_ben_leaves_and_is_told_nothing_more(town, avas, bens):
    ben = follower_of(bens)
    with acting_as(ben):
        withdraw(bens, by=ben, at=SOON)
    assert (the(bens).state, the(bens).merged_into_id, the(avas).voices) == ("withdrawn", None, 0)
    closed(town, avas)
    assert told(bens) == []


def test_ava_who_leaves_leaves_the_case_to_ben(town, avas, bens):
    ava = follower_of(avas)
    with acting_as(ava):
        withdraw(avas, by=ava, at=SOON)
    assert the(avas).is_open
    assert moves(avas)[-1] == "note"


# Objecting --------------------------------------------------------------------------------------------------------


def objected(case: int, words: str = "还是不亮", at=SOON):
    ben = follower_of(case)
    with acting_as(ben):
        return objecting.object_to_ending(case, words, by=ben, at=at)


def test_ben_objects_to_the_end_and_the_desk_is_asked(town, avas, bens):
    closed(town, avas)
    objected(bens)
    now = the(avas)
    assert (now.state, now.question, now.is_open) == ("closed", "neighbour-objects", False)
    assert now.ended_at == SOON
    assert told(avas)[-1] == "notices-objected"
    (voice,) = voices_with_words(town, avas)
    assert voice.objects and "还是不亮" in voice.words


def voices_with_words(town: Town, case: int):
    with acting_as(town.actor("dana")):
        return voices_of(the_numbered(case))


def the_numbered(case: int):
    return numbered(Case.objects.values_list("number", flat=True).get(pk=case))


def test_the_desk_opens_it_again_or_says_why_not(town, avas, bens):
    closed(town, avas)
    objected(bens)
    dana = town.actor("dana")
    with acting_as(dana):
        objecting.uphold(avas, "去看过，灯是亮的。", by=dana, at=SOON)
    assert (the(avas).state, the(avas).question) == ("closed", "")
    assert told(bens)[-1] == "notices-noted"
    with acting_as(dana), pytest.raises(ObjectionRefused):
        objecting.uphold(avas, "再说一次。", by=dana, at=SOON)
    with acting_as(dana):
        close.reopen(avas, "又坏了", by=dana, at=SOON)
    advance(at=SOON)
    assert the(avas).state == "dispatched"


def test_before_the_verdict_an_objection_makes_silence_wait(town, avas, bens):
    done_by(town, avas)
    objected(bens)
    assert the(avas).question == "is-it-done"
    advance(at=SOON + timedelta(days=30))
    assert the(avas).state == "done"


def test_two_neighbours_who_object_ask_the_desk_once(town, avas, bens):
    other = join(said(town), offer_of(avas, at=SOON), at=SOON).case
    closed(town, avas)
    rows = len(moves(avas))
    objected(bens)
    objected(other)
    assert len(moves(avas)) == rows + 1


@pytest.mark.parametrize(
    ("ended", "words", "later", "key"),
    [
        (False, "还是不亮", timedelta(), "cases-object-not-yet"),
        (True, " ", timedelta(), "cases-reopen-without-words"),
        (True, "还是不亮", timedelta(days=9), "cases-object-too-late"),
    ],
)
def test_an_objection_is_refused_before_there_is_an_end_without_words_and_too_late(
    town, avas, bens, ended, words, later, key
):
    if ended:
        closed(town, avas)
    with pytest.raises(ObjectionRefused) as refused:
        objected(bens, words, SOON + later)
    assert refused.value.message.key == key


def test_once_an_end_is_enough_and_the_next_end_counts_anew(town, avas, bens):
    closed(town, avas)
    objected(bens)
    with pytest.raises(ObjectionRefused):
        objected(bens)
    dana = town.actor("dana")
    with acting_as(dana):
        close.reopen(avas, "又坏了", by=dana, at=SOON)
    advance(at=SOON)
    closed(town, avas)
    objected(bens)
    assert the(avas).question == "neighbour-objects"


def test_whoever_joined_nothing_objects_to_nothing(town, avas):
    with pytest.raises((ObjectionRefused, MoveRefused)):
        objected(avas)


# Merging and taking it back ---------------------------------------------------------------------------------------


@pytest.fixture
def later(town: Town, avas: int) -> int:
    case = report(said(town, "路灯不亮，走路害怕", phone="13700000000", east_deg=0.0003), at=SOON).case
    advance(at=SOON)
    return case


def test_dana_sees_what_may_be_the_same_and_why(town, avas, later):
    with acting_as(town.actor("dana")):
        (found,) = likely(the_numbered(later), "路灯不亮，走路害怕")
        (other,) = likely(the_numbered(avas), LIGHT)
    assert (found.because.key, found.is_later, other.is_later) == ("cases-merge-near-words", False, True)
    assert "路灯" in found.because.params["words"]


def test_what_was_merged_goes_back_to_where_it_stood_under_its_first_promise(town, avas, later):
    promised, dana = the(later).promised_by, town.actor("dana")
    with acting_as(dana):
        merge.merge(later, avas, by=dana, at=SOON)
    assert (the(avas).voices, told(avas)[-1], told(later)[-1]) == (1, "notices-voice-added", "notices-merged")
    with acting_as(dana):
        merge.unmerge(later, "是两盏灯", by=dana, at=SOON + timedelta(days=2))
    assert (the(later).state, the(later).is_open, the(later).ended_at) == ("classified", True, None)
    advance(at=SOON + timedelta(days=2))
    now = the(later)
    assert (now.state, now.promised_by, now.merged_into_id) == ("dispatched", promised, None)
    assert (the(avas).voices, told(avas)[-1]) == (0, "notices-voice-gone")
    assert "notices-merged" in told(later)[-2]


def test_a_voice_that_is_taken_out_becomes_a_case_of_its_own(town, avas, bens):
    dana = town.actor("dana")
    with acting_as(dana):
        merge.unmerge(bens, "", by=dana, at=SOON)
    assert the(bens).state == "reported"
    advance(at=SOON)
    assert (the(bens).state, the(bens).item) == ("dispatched", "street-light")


def test_voices_go_along_with_the_case_they_joined_and_come_back_with_it(town, avas, later):
    voice = join(said(town), offer_of(later, at=SOON), at=SOON).case
    dana = town.actor("dana")
    with acting_as(dana):
        merge.merge(later, avas, by=dana, at=SOON)
    assert (the(voice).merged_into_id, the(avas).voices, the(later).voices) == (avas, 2, 0)
    with acting_as(dana):
        merge.unmerge(later, "", by=dana, at=SOON)
    assert (the(voice).merged_into_id, the(avas).voices, the(later).voices) == (later, 0, 1)


def test_a_place_that_is_no_more_is_looked_up_again(town, avas, later):
    dana = town.actor("dana")
    with acting_as(dana):
        merge.merge(later, avas, by=dana, at=SOON)
    with acting_as(WORKER):
        Case.objects.filter(pk=later).update(microgrid=None)
    with acting_as(dana):
        merge.unmerge(later, "", by=dana, at=SOON)
    assert the(later).state == "reported"


@pytest.mark.parametrize("who", ["chen", "other_desk"])
def test_neither_the_grid_nor_another_desk_undoes_a_merge(town, avas, bens, who):
    actor = town.actor(who)
    with acting_as(actor), pytest.raises((MoveRefused, CaseNotFound)):
        merge.unmerge(CaseId(bens), "", by=actor, at=SOON)


def test_a_case_that_joined_nothing_is_not_taken_out_of_anything(town, avas):
    dana = town.actor("dana")
    with acting_as(dana), pytest.raises(MoveRefused):
        merge.unmerge(avas, "", by=dana, at=SOON)


def test_no_row_of_the_ledger_holds_anything_personal(town, avas, bens):
    closed(town, avas)
    objected(bens)
    with acting_as(WORKER):
        kept = str(list(Event.objects.values_list("facts", flat=True)))
    assert not any(words in kept for words in ("还是不亮", "一直", "13900000000", "三号楼"))


def test_the_count_of_voices_is_that_of_the_rows(town, avas, later):
    join(said(town), offer_of(later, at=SOON), at=SOON)
    dana = town.actor("dana")
    with acting_as(dana):
        merge.merge(later, avas, by=dana, at=SOON)
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cases_case c WHERE c.voices <>"
            " (SELECT count(*) FROM cases_case v WHERE v.merged_into_id = c.id)"
        )
        assert cursor.fetchone() == (0,)
