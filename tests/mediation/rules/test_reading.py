"""What is written in the forms of a mediation, and how it is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.town import MORNING

from doorstep.core.refusals import Refusal
from doorstep.core.text import text
from doorstep.mediation.rules import agreement, conflict, hand, meeting, outcome, parties
from doorstep.mediation.rules.agreement import AgreementRefused, Signing, Term
from doorstep.mediation.rules.kinds import may_be_mediated
from doorstep.mediation.rules.parties import NewParty, PartyRefused, Standing

TODAY = date(2026, 11, 23)


def read(name: str, phone: str = "", email: str = "") -> NewParty:
    return parties.read_party(name, phone, email, where="1")


def test_a_name_keeps_its_letters_and_loses_what_nobody_sees():
    assert read("  محمد‏ 🌸 王\u202e一 ").name == "محمد 🌸 王一"


@pytest.mark.parametrize("name", ["", " \u200b\u202e ", "王" * 61])
def test_no_name_and_a_name_without_end_are_refused(name):
    with pytest.raises(PartyRefused) as refused:
        read(name)
    assert refused.value.where == "name1"


def test_contacts_are_read_as_people_write_them():
    wanted = NewParty("王一", "13800000001", "Ava@Example.org")
    assert read("王一", "138-0000 0001", " Ava@Example.org ") == wanted
    # As a Chinese keyboard writes them.
    assert read("王一", "１３８００００－０００１", "Ava＠Example．org") == wanted


@pytest.mark.parametrize(
    ("phone", "email"),
    [
        ("12", ""),
        ("١٣٨٠٠٠٠٠٠٠١", ""),
        ("call me", ""),
        ("", "ava"),
        ("", "a@b"),
        ("", "ben,ava@example.org"),
        ("", "Ben<ava@example.org>"),
    ],
)
def test_a_contact_that_reaches_nobody_or_others_too_is_refused(phone, email):
    with pytest.raises(Refusal) as refused:
        read("王一", phone, email)
    assert refused.value.where == ("phone1" if phone else "email1")


@pytest.mark.parametrize(
    "twice",
    [
        [NewParty("王一"), NewParty("王 一")],
        [NewParty("王一", "13800000001"), NewParty("李二", "13800000001")],
        [NewParty("王一", "13800000001"), NewParty("王一")],
        [NewParty("王一", "13800000001"), NewParty("李二", "+8613800000001")],
        [NewParty("王一", email="a@b.org"), NewParty("李二", email="A@B.org")],
    ],
)
def test_the_same_person_is_one_party(twice):
    with pytest.raises(PartyRefused):
        parties.refuse_same(twice)


def test_two_with_one_name_and_two_telephones_are_two_people():
    parties.refuse_same([NewParty("王一", "13800000001"), NewParty("王一", "13800000002")])


@pytest.mark.parametrize("count", [0, 1, 9])
def test_one_is_too_few_and_nine_are_too_many(count):
    with pytest.raises(PartyRefused):
        parties.refuse_number(count)


def test_a_megabyte_is_refused_in_words():
    with pytest.raises(PartyRefused) as refused:
        parties.read_matter("漏" * 1_000_000)
    assert "2,000" in text(refused.value.message) or "2000" in text(refused.value.message)
    with pytest.raises(PartyRefused):
        parties.read_matter("  \n ")


@given(st.lists(st.builds(Standing, st.booleans(), st.booleans()), max_size=5), st.booleans())
def test_it_begins_only_when_everybody_has_said_yes_to_everything(said, accepted):
    begins = parties.may_begin(said, has_accepted=accepted)
    assert begins == (accepted and len(said) >= 2 and all(a and b for a, b in said))


@pytest.mark.parametrize("answer", ["", "relative", "unit", "interest", "other", "NONE"])
def test_a_tie_or_no_answer_is_no_acceptance(answer):
    with pytest.raises(conflict.ConflictRefused):
        conflict.refuse_tie(answer)
    conflict.refuse_tie("none")


def test_standing_aside_takes_a_reason():
    assert conflict.read_tie("unit") is conflict.Tie.UNIT
    with pytest.raises(conflict.ConflictRefused):
        conflict.read_tie("none")


def a_term(who: str = "1", what: str = "修好", until: date | None = TODAY) -> tuple[str, str, date | None]:
    return who, what, until


def test_terms_are_read_and_empty_lines_passed_over():
    assert agreement.read_terms([a_term(), ("1", " ", None), a_term("0")], [1, 2], TODAY) == (
        Term(1, "修好", TODAY),
        Term(0, "修好", TODAY),
    )


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("1", "", None)],
        [a_term(what="")],
        [a_term(what="漏" * 501)],
        [a_term(until=None)],
        [a_term(until=TODAY - timedelta(days=1))],
        [a_term(until=TODAY + timedelta(days=4000))],
        [a_term("3")],
        [a_term("²")],
        [a_term("")],
        [a_term()] * 21,
    ],
)
def test_terms_that_bind_nobody_to_anything_are_refused(rows):
    with pytest.raises(AgreementRefused):
        agreement.read_terms(rows, [1, 2], TODAY)


def test_a_follow_up_is_asked_for_the_day_after_the_last_term_where_no_day_is_named():
    terms = [Term(1, "a", TODAY), Term(2, "b", TODAY + timedelta(days=9))]
    assert agreement.read_follow_ups([None, None], terms, TODAY) == (TODAY + timedelta(days=10),)
    day = TODAY + timedelta(days=3)
    assert agreement.read_follow_ups([day, None, day], terms, TODAY) == (day,)
    for wrong in (TODAY, TODAY + timedelta(days=4000)):
        with pytest.raises(AgreementRefused):
            agreement.read_follow_ups([wrong], terms, TODAY)


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_another_text_has_another_hash(one, other):
    def hashed(what: str) -> str:
        clean = what.encode("utf-8", "replace").decode()
        return agreement.text_hash(agreement.written("TJ1", 1, [(1, "a"), (2, "b")], "m", [Term(1, clean, TODAY)]))

    same = one.encode("utf-8", "replace") == other.encode("utf-8", "replace")
    assert (hashed(one) == hashed(other)) == same


def test_nobody_signs_twice_or_under_a_text_that_was_changed():
    sides = [Signing(0, False), Signing(1, True), Signing(2, False)]
    agreement.refuse_signing(2, sides, seen="a", now="a")
    with pytest.raises(AgreementRefused) as refused:
        agreement.refuse_signing(1, sides, seen="a", now="a")
    assert refused.value.message.key == "mediation-signed-before"
    with pytest.raises(AgreementRefused) as refused:
        agreement.refuse_signing(2, sides, seen="b", now="a")
    assert refused.value.message.key == "mediation-text-changed"


def test_it_is_sealed_when_the_mediator_has_signed_too():
    assert not agreement.is_signed_by_all([Signing(1, True), Signing(2, True)])
    assert not agreement.is_signed_by_all([Signing(0, False), Signing(1, True), Signing(2, True)])
    assert agreement.is_signed_by_all([Signing(0, True), Signing(1, True), Signing(2, True)])


def test_a_hand_is_neither_empty_nor_ten_megabytes():
    hand.refuse_size(100)
    hand.refuse_empty(0.01)
    for refuse in (lambda: hand.refuse_size(10 * 2**20), lambda: hand.refuse_empty(0.0)):
        with pytest.raises(hand.HandRefused):
            refuse()


def test_a_typed_name_is_the_signers_own():
    hand.refuse_typed("王 一", "王一")
    with pytest.raises(hand.HandRefused):
        hand.refuse_typed("李二", "王一")


@pytest.mark.parametrize(
    ("place", "hours", "minutes"), [("", 1, 60), ("屋" * 121, 1, 60), ("屋", -1, 60), ("屋", 9000, 60), ("屋", 1, 7)]
)
def test_a_meeting_has_a_place_a_time_to_come_and_a_length(place, hours, minutes):
    with pytest.raises(meeting.MeetingRefused):
        meeting.read_meeting(place, MORNING + timedelta(hours=hours), minutes, MORNING)
    assert meeting.read_meeting(" 社区  调解室", MORNING + timedelta(hours=1), 60, MORNING)[0] == "社区 调解室"


def test_the_worst_that_is_said_counts_and_silence_is_no_yes():
    assert outcome.outcome(["kept", "broken", "partly"]) == "broken"
    assert outcome.outcome(["kept", "", "partly"]) == "partly"
    assert outcome.outcome(["kept", ""]) == "kept"
    assert outcome.outcome(["", ""]) == outcome.UNHEARD
    with pytest.raises(outcome.AnswerRefused):
        outcome.read_answer("maybe")


def test_disputes_and_leaks_between_flats_lead_to_mediation():
    assert may_be_mediated("0401", "neighbour-dispute") and may_be_mediated("0503", "leak-between-flats")
    assert not may_be_mediated("0503", "street-light")
