"""What a stolen copy of the database does not tell."""

from __future__ import annotations

import pytest

from doorstep.core.crypto import SealBroken, mark, seal, unseal


def test_what_was_sealed_here_is_read_here():
    assert unseal(seal("口令 secret".encode())).decode() == "口令 secret"


def test_the_seal_shows_nothing_and_is_never_the_same_twice():
    once, twice = seal(b"secret"), seal(b"secret")
    assert b"secret" not in once
    assert once != twice


def test_a_changed_seal_is_refused():
    sealed = bytearray(seal(b"secret"))
    sealed[20] ^= 1
    with pytest.raises(SealBroken):
        unseal(bytes(sealed))


def test_another_installation_cannot_open_it(settings_key):
    sealed = seal(b"secret")
    settings_key("another key")
    with pytest.raises(SealBroken):
        unseal(sealed)


@pytest.fixture
def settings_key(monkeypatch):
    from django.conf import settings

    return lambda key: monkeypatch.setattr(settings, "SECRET_KEY", key)


def test_a_mark_is_known_again_in_its_own_matter_alone(settings_key):
    first = mark("review of 7", "person 3")
    assert mark("review of 7", "person 3") == first
    assert len({first, mark("review of 8", "person 3"), mark("review of 7", "person 4")}) == 3
    settings_key("another key")
    assert mark("review of 7", "person 3") != first
