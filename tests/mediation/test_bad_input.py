"""What goes wrong in a mediation has a clear answer, and leaves it as it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from asn1crypto import pem
from django.db import DatabaseError, connection, transaction
from PIL import Image
from tests.mediating import AVA, BEN, MATTER, TERMS, Room, a_hand, a_mediator, a_room
from tests.town import MORNING, Town

from doorstep.core import pades
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import LinkExpired, LinkRefused, party_token
from doorstep.core.refusals import Refusal
from doorstep.mediation import queries
from doorstep.mediation.actions import agreeing, choosing, erasing, following, requesting, sealing, stopping, talking
from doorstep.mediation.actions.agreeing import Hand
from doorstep.mediation.checking import check_records
from doorstep.mediation.models import Agreement, Contact, Letter, Note, Party, SealKey, Signature
from doorstep.mediation.rules.parties import NewParty


@pytest.fixture
def room(town: Town) -> Room:
    return a_room(town)


def refused(key: str, deed: Callable[[], Any]) -> None:
    """It is refused in the words of this key, and nothing of it was written."""
    with pytest.raises(Refusal) as caught, transaction.atomic():
        deed()
    assert caught.value.message.key == key


def told(about: str) -> list[int]:
    with acting_as(WORKER):
        return sorted(Letter.objects.filter(about=about).values_list("party__number", flat=True))


def test_a_party_leaves_before_anybody_signed_and_the_others_hear_of_it(room):
    room.begin()
    with acting_as(room.party(2)) as ben:
        stopping.withdraw(room.id, by=ben, at=MORNING)
    assert room.file.state == "stopped" and told("stopped") == [1]
    with acting_as(WORKER):
        assert not Contact.objects.filter(party__number=2).exists()
    with acting_as(room.party(1)) as ava:
        refused("mediation-over", lambda: stopping.withdraw(room.id, by=ava, at=MORNING))


def test_a_party_leaves_after_some_have_signed_and_what_was_signed_is_void(room):
    room.begin().draw_up()
    room.sign(1)
    with acting_as(room.party(2)) as ben:
        stopping.withdraw(room.id, by=ben, at=MORNING)
    with acting_as(WORKER):
        assert not Signature.objects.exists()
        assert Agreement.objects.get().pdf is None
    with pytest.raises(Refusal):
        room.sign(0)


def test_nobody_leaves_an_agreement_that_all_have_signed(room):
    room.agree()
    with acting_as(room.party(1)) as ava:
        refused("mediation-binding", lambda: stopping.withdraw(room.id, by=ava, at=MORNING))
    assert room.file.state == "agreed"


def test_the_same_person_is_not_entered_twice(town, room):
    dana = room.dana
    with acting_as(dana):
        for two in ([AVA, AVA], [AVA, NewParty("另一个名字", AVA.phone)]):
            refused(
                "mediation-twice",
                lambda two=two: requesting.request(
                    MATTER, two, community=town.community, case=None, by=dana, at=MORNING
                ),
            )
        refused("mediation-twice", lambda: requesting.join(room.id, AVA, by=dana, at=MORNING))
        requesting.join(room.id, NewParty("赵三（虚构）"), by=dana, at=MORNING)
    assert told("asked") == [1, 2]


def test_signing_twice_is_told_and_counts_once(room):
    room.begin().draw_up()
    room.sign(1)
    with acting_as(room.party(1)) as ava:
        hand = Hand(picture=a_hand())
        refused(
            "mediation-signed-before",
            lambda: agreeing.sign(room.id, hand, room.text_hash, by=ava, at=MORNING),
        )
    with acting_as(WORKER):
        assert Signature.objects.count() == 1


def test_a_text_drawn_up_again_is_signed_anew_by_all(room):
    room.begin().draw_up()
    room.sign(1)
    old = room.text_hash
    room.draw_up([("0", "另一个约定", TERMS[0][2])])
    with acting_as(WORKER):
        assert not Signature.objects.exists()
    with acting_as(room.party(2)) as ben:
        hand = Hand(picture=a_hand())
        refused("mediation-text-changed", lambda: agreeing.sign(room.id, hand, old, by=ben, at=MORNING))
    for number in (1, 2, 0):
        room.sign(number)
    assert room.file.state == "agreed"


@pytest.mark.parametrize(
    ("hand", "key"),
    [
        (Hand(), "mediation-hand-missing"),
        (Hand(picture=a_hand(words=False)), "mediation-hand-empty"),
        (Hand(picture=b"\x89PNG\r\n no"), "mediation-hand-no-picture"),
        (Hand(picture=b"0" * (10 * 2**20)), "mediation-hand-large"),
        (Hand(typed="别人的名字"), "mediation-typed-other"),
    ],
)
def test_a_hand_that_is_none_is_refused(room, hand, key):
    room.begin().draw_up()
    with acting_as(room.party(1)) as ava:
        refused(key, lambda: agreeing.sign(room.id, hand, room.text_hash, by=ava, at=MORNING))


def test_somebody_signs_by_typing_and_somebody_on_paper(room):
    room.begin().draw_up()
    room.sign(1, Hand(typed=AVA.name))
    with acting_as(room.mediator) as eve:
        refused(
            "mediation-hand-missing",
            lambda: agreeing.signed_on_paper(room.id, 2, None, room.text_hash, by=eve, at=MORNING),
        )
        refused(
            "mediation-no-party",
            lambda: agreeing.signed_on_paper(room.id, 7, a_hand(), room.text_hash, by=eve, at=MORNING),
        )
        agreeing.signed_on_paper(room.id, 2, a_hand(), room.text_hash, by=eve, at=MORNING)
    room.sign(0)
    with acting_as(WORKER):
        assert dict(Signature.objects.values_list("number", "way")) == {0: "drawn", 1: "typed", 2: "paper"}
    assert room.file.state == "agreed"


def test_a_mediator_who_is_tied_to_a_party_does_not_accept(room):
    with acting_as(room.mediator) as eve:
        refused("mediation-tied", lambda: choosing.accept(room.id, "relative", by=eve, at=MORNING))
        refused("mediation-tie-unanswered", lambda: choosing.accept(room.id, "", by=eve, at=MORNING))
        choosing.decline(room.id, "unit", by=eve, at=MORNING)
        assert queries.file_seen(room.id, by=eve, at=MORNING) is None
    assert room.file.mediator_account is None and room.file.state == "asked"


def test_a_tie_found_later_ends_what_that_mediator_had(room):
    room.begin().draw_up()
    room.sign(1)
    with acting_as(room.mediator) as eve:
        talking.note(room.id, "只有我知道", by=eve, at=MORNING)
        choosing.decline(room.id, "interest", by=eve, at=MORNING)
    with acting_as(WORKER):
        assert not Signature.objects.exists() and Note.objects.count() == 0
        assert not Party.objects.filter(accepted_mediator_at__isnull=False).exists()


def test_a_mediator_who_has_left_mediates_no_more(town, room):
    from doorstep.staff.models import Appointment

    room.begin()
    with acting_as(WORKER):
        Appointment.objects.filter(post=room.mediator.post).update(until_on=date(2026, 11, 20))
    with acting_as(room.mediator) as eve:
        refused("mediation-not-yours", lambda: agreeing.draw_up(room.id, TERMS, [], by=eve, at=MORNING))
        refused("mediation-not-yours", lambda: talking.note(room.id, "x", by=eve, at=MORNING))
    with acting_as(room.dana) as dana:
        assert queries.file_seen(room.id, by=dana, at=MORNING).mediator_left
        refused("mediation-no-mediator", lambda: choosing.propose(room.id, eve.account, by=dana, at=MORNING))
        other = a_mediator(town, "mediator2")
        choosing.propose(room.id, other.account, by=dana, at=MORNING)
    assert room.file.state == "asked"
    with acting_as(other) as new:
        assert queries.file_seen(room.id, by=new, at=MORNING).notes == []


def test_a_party_wants_another_mediator(room):
    with acting_as(room.mediator) as eve:
        choosing.accept(room.id, "none", by=eve, at=MORNING)
    room.consent(1)
    with acting_as(room.party(2)) as ben:
        choosing.object_to_mediator(room.id, by=ben, at=MORNING)
        refused("mediation-nobody-yet", lambda: choosing.object_to_mediator(room.id, by=ben, at=MORNING))
    with acting_as(WORKER):
        ava = Party.objects.get(number=1)
    assert ava.consented_at is not None and ava.accepted_mediator_at is None


def test_nobody_says_yes_to_a_mediator_who_is_not_there(room):
    refused("mediation-nobody-yet", lambda: room.consent(1))
    refused("mediation-nothing-ticked", lambda: room.consent(1, to_mediation=False, to_mediator=False))


def test_an_old_link_and_a_link_of_nobody_open_nothing(room):
    ava = room.party(1)
    token = party_token(ava.link, 1, at=MORNING)
    assert requesting.enter(token, at=MORNING) == ava
    with pytest.raises(LinkExpired):
        requesting.enter(token, at=MORNING + timedelta(days=91))
    with pytest.raises(LinkRefused):
        requesting.enter(token[:-2], at=MORNING)
    with acting_as(room.dana) as dana:
        new = requesting.give_link(room.id, 1, by=dana, at=MORNING)
        refused("mediation-no-party", lambda: requesting.give_link(room.id, 9, by=dana, at=MORNING))
    with pytest.raises(LinkRefused):
        requesting.enter(token, at=MORNING)
    assert requesting.enter(new, at=MORNING).link == ava.link
    assert told("link/2") == [1]


def test_a_party_to_one_mediation_sees_nothing_of_another(town, room):
    other = requesting_another(town, room)
    with acting_as(room.party(1)) as ava:
        assert queries.file_seen(other, by=ava, at=MORNING) is None
        refused("mediation-none", lambda: stopping.withdraw(other, by=ava, at=MORNING))


def requesting_another(town: Town, room: Room) -> int:
    with acting_as(room.dana) as dana:
        parties = [NewParty("周五（虚构）"), NewParty("吴六（虚构）")]
        return requesting.request(MATTER, parties, community=town.community, case=None, by=dana, at=MORNING).id


@pytest.mark.parametrize("who", ["other_desk", "chen", "water", "ben"])
def test_nobody_else_sees_or_moves_a_file(town, room, who):
    with acting_as(town.actor(who)) as stranger, pytest.raises((Refusal, DatabaseError)), transaction.atomic():
        stopping.fail(room.id, by=stranger, at=MORNING)


def test_a_desk_does_not_act_for_a_party_or_a_mediator(room):
    room.begin().draw_up()
    with acting_as(room.dana) as dana:
        hand = Hand(typed=AVA.name)
        refused("mediation-not-yours", lambda: agreeing.sign(room.id, hand, room.text_hash, by=dana, at=MORNING))
        refused("mediation-not-yours", lambda: stopping.fail(room.id, by=dana, at=MORNING))
        refused("mediation-not-yours", lambda: talking.note(room.id, "x", by=dana, at=MORNING))
        seen = queries.file_seen(room.id, by=dana, at=MORNING)
    assert seen.agreement is None and seen.notes == seen.records == [] and not seen.sides[0].reached_by


def test_notes_are_the_mediators_alone(room):
    room.begin()
    with acting_as(room.mediator) as eve:
        talking.note(room.id, "青灯笼", by=eve, at=MORNING)
        assert [each.words for each in queries.file_seen(room.id, by=eve, at=MORNING).notes] == ["青灯笼"]
    with acting_as(room.party(1)) as ava:
        assert "青灯笼" not in str(queries.own_data(ava, at=MORNING))
    for who in (room.party(1), room.dana):
        with acting_as(who), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SELECT sealed FROM mediation_note")
    with acting_as(WORKER), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("SELECT sealed FROM mediation_note")
    with acting_as(room.mediator) as eve:
        stopping.fail(room.id, by=eve, at=MORNING)
    assert erasing.erase_due(MORNING + timedelta(days=29)) == 0
    erasing.erase_due(MORNING + timedelta(days=31))
    with acting_as(WORKER):
        assert Note.objects.count() == 0


def test_what_both_did_not_agree_to_does_not_get_into_the_record(room):
    room.begin()
    with acting_as(room.mediator) as eve:
        keep = lambda agree: talking.keep_record(room.id, "说好先查漏点", both_agree=agree, by=eve, at=MORNING)  # noqa: E731
        refused("mediation-record-unagreed", lambda: keep(False))
        keep(True)
    with acting_as(room.party(2)) as ben:
        assert queries.file_seen(room.id, by=ben, at=MORNING).records[0].words == "说好先查漏点"


def test_a_meeting_is_moved_and_called_off_and_all_are_told(room):
    room.begin()
    later = MORNING + timedelta(days=2)
    with acting_as(room.mediator) as eve:
        talking.meet(room.id, "社区调解室", later, 60, by=eve, at=MORNING)
        session = queries.file_seen(room.id, by=eve, at=MORNING).sessions[0].pk
        talking.shift(session, "社区调解室", later + timedelta(days=1), 60, by=eve, mediation=room.id, at=MORNING)
        talking.cancel(session, by=eve, mediation=room.id, at=MORNING)
        refused("mediation-meet-gone", lambda: talking.cancel(session, by=eve, mediation=room.id, at=MORNING))
    for turn in range(3):
        assert told(f"meeting/{session}/{turn}") == [1, 2]


def test_a_party_is_erased_in_the_middle_and_it_ends_for_all(room):
    room.begin().draw_up()
    room.sign(2)
    ben = room.party(2)
    with acting_as(ben):
        erasing.erase_own(room.id, by=ben, at=MORNING)
    assert room.file.state == "stopped" and told("stopped") == [1]
    with acting_as(WORKER):
        gone = Party.objects.get(number=2)
        assert gone.sealed_name is None and not Agreement.objects.exists()
    with pytest.raises(LinkRefused):
        requesting.enter(party_token(ben.link, 1, at=MORNING), at=MORNING)
    with acting_as(room.party(1)) as ava:
        seen = queries.file_seen(room.id, by=ava, at=MORNING)
        assert [each.is_erased for each in seen.sides] == [False, True]
    assert check_records().is_sound


def test_an_agreement_outlives_the_erasure_of_one_and_ends_with_its_term(room):
    room.agree()
    with acting_as(room.party(2)) as ben:
        erasing.erase_own(room.id, by=ben, at=MORNING)
    with acting_as(room.party(1)):
        assert queries.agreement_file(room.id).startswith(b"%PDF")
    then = MORNING + timedelta(days=60)
    following.ask_due(then)
    with acting_as(room.party(1)) as ava:
        following.answer(room.id, "broken", "没有修", by=ava, at=then)
    assert room.file.outcome == "broken" and told("broken") == [1]
    erasing.erase_due(then + timedelta(days=4 * 365))
    with acting_as(WORKER):
        assert not Agreement.objects.exists() and room.file.sealed_matter is None


def test_silence_settles_nothing_as_kept(room):
    room.agree()
    due = TERMS[1][2] + timedelta(days=1)
    following.ask_due(MORNING + (due - MORNING.date()))
    following.ask_due(MORNING + (due - MORNING.date()) + timedelta(days=15))
    assert (room.file.state, room.file.outcome) == ("settled", "unheard")
    with acting_as(room.dana):
        assert queries.figures()["unheard"] == 1


def test_who_is_not_asked_answers_nothing(room):
    room.agree()
    with acting_as(room.party(1)) as ava:
        refused("mediation-not-asked", lambda: following.answer(room.id, "kept", "", by=ava, at=MORNING))
        refused("mediation-answer-unknown", lambda: following.answer(room.id, "never", "", by=ava, at=MORNING))


def test_no_row_of_the_record_is_changed_by_anybody(room):
    with acting_as(WORKER), connection.cursor() as cursor:
        for statement in ("UPDATE mediation_event SET move = 'seal'", "DELETE FROM mediation_event"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)


def test_the_record_names_nobody(room):
    room.agree()
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, ' ') FROM mediation_event e")
        kept = cursor.fetchone()[0]
    assert not any(word in kept for word in (AVA.name, AVA.phone, BEN.name, BEN.email, "漏水", "防水"))


def test_names_and_words_are_sealed_in_the_database(room):
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(p::text, ' ') FROM (SELECT sealed_name FROM mediation_party) p")
        assert AVA.name.encode().hex() not in cursor.fetchone()[0]


def test_a_seal_key_is_made_once(room):
    room.agree()
    with acting_as(WORKER):
        assert set(SealKey.objects.values_list("kind", flat=True)) <= {"pdf", "sm2"}


def test_a_certificate_that_cannot_be_read_refuses_the_last_hand_and_loses_none(room, monkeypatch, tmp_path):
    room.begin().draw_up()
    room.sign(1)
    room.sign(2)
    wrong = tmp_path / "seal.pem"
    wrong.write_text("no certificate")
    for name in ("SEAL_CERTIFICATE", "SEAL_KEY"):
        monkeypatch.setattr(f"django.conf.settings.{name}", str(wrong))
    refused("mediation-seal-files", lambda: room.sign(0))
    monkeypatch.undo()
    room.sign(0)
    assert room.file.state == "agreed"


def test_letters_turned_and_pictures_in_a_name_are_printed_or_told(town):
    room = a_room(town, NewParty("محمد 🌸"), NewParty("李二"))
    room.begin().draw_up()
    with acting_as(room.party(1)):
        assert queries.agreement_file(room.id).startswith(b"%PDF")


def test_what_the_mediator_sends_twice_is_written_once(room):
    room.begin()
    eve = room.mediator
    with acting_as(eve):
        for _ in range(2):
            talking.meet(room.id, "社区调解室", MORNING + timedelta(days=3), 60, by=eve, at=MORNING)
            talking.keep_record(room.id, "双方同意先查漏点。", both_agree=True, by=eve, at=MORNING)
            talking.note(room.id, "三千以内能接受。", by=eve, at=MORNING)
        seen = queries.file_seen(room.id, by=eve, at=MORNING)
    assert seen is not None and (len(seen.sessions), len(seen.records), len(seen.notes)) == (1, 1, 1)
    assert [each.move for each in seen.life].count("meet") == 1


def test_a_number_of_thousands_of_digits_is_no_party(room):
    room.begin()
    eve = room.mediator
    terms = [("9" * 5000, "请人修防水", TERMS[0][2])]
    with acting_as(eve):
        refused("mediation-term-who", lambda: agreeing.draw_up(room.id, terms, [], by=eve, at=MORNING))


def test_nobody_signs_before_there_is_a_text(room):
    room.begin()
    with acting_as(room.party(1)) as ava:
        hand = Hand(typed=AVA.name)
        refused("mediation-no-text", lambda: agreeing.sign(room.id, hand, "0" * 64, by=ava, at=MORNING))


def test_a_desk_asks_for_its_own_place_and_nobody_else_asks(town):
    def asked(who: str, community: int) -> None:
        with acting_as(town.actor(who)) as by:
            requesting.request(MATTER, [AVA, BEN], community=community, case=None, by=by, at=MORNING)

    refused("mediation-not-yours", lambda: asked("chen", town.community))
    refused("mediation-not-your-place", lambda: asked("other_desk", town.community))
    refused("mediation-no-place", lambda: asked("dana", 10**9))


def test_what_is_not_there_is_moved_by_nobody(room):
    with acting_as(room.dana) as dana:
        refused("mediation-none", lambda: requesting.join(10**9, BEN, by=dana, at=MORNING))
    refused("mediation-none", lambda: requesting.join(10**9, BEN, by=WORKER, at=MORNING))


def test_a_mediator_notes_nothing_before_accepting_and_nothing_after_the_end(room):
    with acting_as(room.mediator) as eve:
        refused("mediation-note-not-now", lambda: talking.note(room.id, "x", by=eve, at=MORNING))
        refused("mediation-not-yours", lambda: talking.note(10**9, "x", by=eve, at=MORNING))
    room.begin()
    with acting_as(room.mediator) as eve:
        stopping.fail(room.id, by=eve, at=MORNING)
        refused("mediation-note-not-now", lambda: talking.note(room.id, "x", by=eve, at=MORNING))


def test_a_picture_of_more_points_than_a_hand_needs_is_refused_before_it_is_drawn(room):
    room.begin().draw_up()
    huge = io.BytesIO()
    Image.new("1", (4000, 3100)).save(huge, "PNG")
    with acting_as(room.party(1)) as ava:
        hand = Hand(picture=huge.getvalue())
        refused("mediation-hand-large", lambda: agreeing.sign(room.id, hand, room.text_hash, by=ava, at=MORNING))


def test_where_the_time_stamping_authority_is_away_the_last_hand_waits_and_none_is_lost(room, monkeypatch):
    room.begin().draw_up()
    for number in (1, 2):
        room.sign(number)
    monkeypatch.setattr("django.conf.settings.TIME_STAMPS", "http://127.0.0.1:1/tsa")
    refused("mediation-seal-failed", lambda: room.sign(0))
    monkeypatch.undo()
    room.sign(0)
    assert room.file.state == "agreed"


def test_the_certificate_that_the_city_gives_seals_and_those_from_before_stay_ours(town, monkeypatch, tmp_path):
    before = a_room(town).agree()
    given = pades.new_key("The city", at=MORNING)
    for name, content, kind in (
        ("CERTIFICATE", given.certificate, "CERTIFICATE"),
        ("KEY", given.private_key, "PRIVATE KEY"),
    ):
        (tmp_path / name).write_bytes(pem.armor(kind, content))
        monkeypatch.setattr(f"django.conf.settings.SEAL_{name}", str(tmp_path / name))
    after = a_room(town, matter="另一件事：楼道里堆放杂物。").agree()
    ours = sealing.certificates(MORNING)
    assert (len(ours), ours[0]) == (2, given.certificate)
    for room, place in ((before, 1), (after, 0)):
        with acting_as(room.party(1)):
            told = pades.check(queries.agreement_file(room.id) or b"", *ours)
        assert told.is_good and told.certificate == ours[place]


def test_what_one_party_says_waits_for_the_other(room):
    room.agree()
    then = MORNING + (TERMS[1][2] + timedelta(days=1) - MORNING.date())
    following.ask_due(then)
    with acting_as(room.party(1)) as ava:
        following.answer(room.id, "kept", "", by=ava, at=then)
    assert (room.file.state, room.file.outcome) == ("agreed", "agreed")
    with acting_as(room.party(2)) as ben:
        following.answer(room.id, "partly", "", by=ben, at=then)
    assert (room.file.state, room.file.outcome) == ("settled", "partly")
