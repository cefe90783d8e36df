"""A mediation from request to follow-up, as those in it act."""

from __future__ import annotations

from datetime import timedelta

from tests.mediating import TERMS, a_room
from tests.town import MORNING

from doorstep.core import pades
from doorstep.core.access import acting_as
from doorstep.mediation import queries
from doorstep.mediation.actions import following
from doorstep.mediation.actions.sealing import pdf_key
from doorstep.mediation.checking import check_records


def test_two_flats_agree_and_the_file_is_sealed(town):
    room = a_room(town).agree()
    assert room.file.state == "agreed"
    with acting_as(room.party(1)):
        pdf = queries.agreement_file(room.id)
        seen = queries.file_seen(room.id, by=room.party(1), at=MORNING)
    assert pades.check(pdf, pdf_key(MORNING).certificate).is_good
    altered = pdf.replace(b"/Reason", b"/Rea5on", 1)
    assert altered != pdf and not pades.check(altered, pdf_key(MORNING).certificate).is_good
    assert seen.confirm_until == (MORNING + timedelta(days=30)).date()
    last = TERMS[-1][2] + timedelta(days=1)
    then = MORNING + (last - MORNING.date())
    following.ask_due(then)
    for number in (1, 2):
        with acting_as(room.party(number)) as by:
            following.answer(room.id, "kept", "修好了", by=by, at=then)
    assert (room.file.state, room.file.outcome) == ("settled", "kept")
    assert check_records().is_sound
