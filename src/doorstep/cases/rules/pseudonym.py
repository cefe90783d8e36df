"""The name under which handlers know whoever complains: made from the case, so that it follows nobody around."""

from __future__ import annotations

from hashlib import sha256

from doorstep.core.text import Message, say

PLANTS = 24


def pseudonym(case_number: str, voice: int = 0) -> Message:
    """The same for the same case and voice; another case of the same person gets another one."""
    digest = sha256(f"{case_number}/{voice}".encode()).digest()
    plant, number = digest[0] % PLANTS, int.from_bytes(digest[1:3]) % 90 + 10
    return say("cases-pseudonym", plant=say(f"cases-pseudonym-plant-{plant}"), number=number)
