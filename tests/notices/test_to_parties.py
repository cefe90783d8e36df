"""A party to a mediation is written to, once of each thing, at the address that is kept when it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.mediating import AVA, MATTER, Room, a_room
from tests.town import MORNING, Town

from doorstep.core.access import WORKER, acting_as
from doorstep.mediation.actions import requesting
from doorstep.mediation.models import Contact, Letter
from doorstep.notices import to_parties


@pytest.fixture
def room(town: Town) -> Room:
    return a_room(town)


def states() -> dict[int, set[str]]:
    with acting_as(WORKER):
        found: dict[int, set[str]] = {}
        for number, state in Letter.objects.values_list("party__number", "state"):
            found.setdefault(number, set()).add(state)
        return found


def test_a_text_message_leads_to_ones_own_page_and_says_nothing_of_the_matter(room, texts):
    to_parties.send_due(MORNING)
    (said,) = [each.message["text"] for each in texts.asked if each.message["to"] == AVA.phone]
    assert "漏水" not in said and MATTER[:6] not in said and "李二" not in said and len(said) <= 300
    token = said.split("/m/")[1].split("/")[0]
    assert requesting.enter(token, at=MORNING) == room.party(1)
    assert states()[1] == {"sent"}
    assert to_parties.send_due(MORNING) == 0


def test_without_a_server_it_is_kept_as_unsent(room):
    to_parties.send_due(MORNING)
    assert states() == {1: {"unsent"}, 2: {"unsent"}}


def test_an_address_that_has_gone_meanwhile_is_written_to_no_more(room, texts):
    with acting_as(WORKER):
        Contact.objects.all().delete()
    to_parties.send_due(MORNING)
    assert not texts.asked and states()[1] == {"unsent"}


def test_what_a_killed_worker_had_in_hand_is_claimed_again(room, texts):
    assert len(to_parties.claim(MORNING, 10)) == 2
    assert to_parties.claim(MORNING, 10) == []
    assert len(to_parties.claim(MORNING + timedelta(minutes=11), 10)) == 2


def test_a_letter_that_is_no_longer_waited_for_is_tried_again_later(room, texts):
    texts.answers = [503] * 10
    to_parties.send_due(MORNING)
    assert states()[1] == {"waiting"}
