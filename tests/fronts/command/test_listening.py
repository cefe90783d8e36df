"""A token opens one area to one desk for ten minutes, and nobody writes one but we."""

from __future__ import annotations

import pytest
from django.core import signing

from doorstep.core.access import Actor, Role
from doorstep.fronts.command import listening

DANA = Actor(Role.COMMUNITY, org=7, unit=3, post=9, account=2, name="Dana")


def test_it_names_the_desk_the_area_and_the_language_and_no_person() -> None:
    heard = listening.read(listening.token(DANA, 7, "en"))
    assert heard == listening.Listener(Actor(Role.COMMUNITY, org=7, unit=3), 7, "en")


def test_two_people_of_one_desk_are_one_listener() -> None:
    other = Actor(Role.COMMUNITY, org=7, unit=3, post=10, account=5)
    assert listening.read(listening.token(DANA, 7, "zh")) == listening.read(listening.token(other, 7, "zh"))


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", listening.token.__name__])
def test_a_forged_one_is_refused(forged: str) -> None:
    with pytest.raises(signing.BadSignature):
        listening.read(forged)


def test_one_letter_changed_is_another_token() -> None:
    written = listening.token(DANA, 7, "zh")
    with pytest.raises(signing.BadSignature):
        listening.read(written[:5] + ("A" if written[5] != "A" else "B") + written[6:])


def test_one_signed_for_something_else_is_refused() -> None:
    other = signing.TimestampSigner(salt="a link to follow a case")
    with pytest.raises(signing.BadSignature):
        listening.read(other.sign_object({"role": "county", "org": 1, "unit": 1, "area": 1, "lang": "zh"}))


def test_after_its_time_it_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written = listening.token(DANA, 7, "zh")
    monkeypatch.setattr(listening, "LISTENS_FOR_S", -1)
    with pytest.raises(signing.SignatureExpired):
        listening.read(written)
