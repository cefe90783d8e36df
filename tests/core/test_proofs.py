"""Words can be erased and every proof still holds."""

from __future__ import annotations

from doorstep.core.proofs import SALT_BYTES, new_salt, salted_hash


def test_equal_words_of_two_people_do_not_look_equal():
    assert salted_hash(new_salt(), b"the lamp is out") != salted_hash(new_salt(), b"the lamp is out")


def test_whoever_has_salt_and_words_can_check_them():
    salt = new_salt()
    assert len(salt) == SALT_BYTES
    assert salted_hash(salt, b"the lamp is out") == salted_hash(salt, b"the lamp is out")
    assert salted_hash(salt, b"the lamp is on") != salted_hash(salt, b"the lamp is out")
