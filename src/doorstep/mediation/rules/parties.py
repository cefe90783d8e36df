"""Who the parties are: names and contacts as they were written, each once, and whether all have said yes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from doorstep.core.contacts import read_email, read_phone
from doorstep.core.refusals import Refusal
from doorstep.core.signs import seen
from doorstep.core.text import say

LEAST: Final = 2
MOST: Final = 8
LONGEST_NAME: Final = 60
LONGEST_MATTER: Final = 2000


class PartyRefused(Refusal):
    """This party cannot be entered so."""


class NewParty(NamedTuple):
    """A party as it is entered; any contact may be left out, a link can be handed over."""

    name: str
    phone: str = ""
    email: str = ""


class Standing(NamedTuple):
    """Whether a party has said yes to mediation, and to this mediator."""

    consents: bool
    accepts_mediator: bool


def read_party(name: str, phone: str, email: str, *, where: str) -> NewParty:
    """The party as it is kept: the name without signs that nobody sees, a telephone number as digits."""
    kept = " ".join(seen(name).split())
    if not kept:
        raise PartyRefused(say("mediation-name-missing"), say("mediation-name-missing-try"), f"name{where}")
    if len(kept) > LONGEST_NAME:
        raise PartyRefused(say("mediation-name-long", most=LONGEST_NAME), say("mediation-long-try"), f"name{where}")
    return NewParty(kept, read_phone(phone, f"phone{where}"), read_email(email, f"email{where}"))


def refuse_number(count: int) -> None:
    """Two at least, and no more than a room holds."""
    if count < LEAST:
        raise PartyRefused(say("mediation-too-few"), say("mediation-too-few-try"))
    if count > MOST:
        raise PartyRefused(say("mediation-too-many", most=MOST), say("mediation-too-many-try"))


def refuse_twice(names: Sequence[str]) -> None:
    """The same person stands on one side only; `names` as `one_name` gives them."""
    if len({*names}) != len(names):
        raise PartyRefused(say("mediation-twice"), say("mediation-twice-try"))


def one_name(party: NewParty) -> str:
    """By what the same person is known again: the telephone number or address where there is one, else the name."""
    return party.phone.removeprefix("+86") or party.email.lower() or party.name.casefold().replace(" ", "")


def refuse_same(parties: Sequence[NewParty]) -> None:
    """Refuse a person who was entered twice, by name and contact, or by one contact under two names."""
    refuse_twice([one_name(each) for each in parties])
    without = [each.name.casefold().replace(" ", "") for each in parties if not (each.phone or each.email)]
    named = [each.name.casefold().replace(" ", "") for each in parties if each.phone or each.email]
    if {*without} & {*named}:
        raise PartyRefused(say("mediation-twice"), say("mediation-twice-try"))


def read_matter(words: str) -> str:
    """What it is about, in some lines; more is refused rather than cut unseen."""
    return read_words(words, "matter", LONGEST_MATTER)


def read_words(words: str, where: str, most: int) -> str:
    """Some words that somebody wrote: there, and not more than is read."""
    kept = words.strip()
    if not kept:
        raise PartyRefused(say("mediation-words-missing"), say("mediation-words-missing-try"), where)
    if len(kept) > most:
        raise PartyRefused(say("mediation-words-long", most=most), say("mediation-long-try"), where)
    return kept


def may_begin(parties: Sequence[Standing], *, has_accepted: bool) -> bool:
    """Whether all have said yes to mediation and to this mediator, and the mediator to them."""
    return has_accepted and len(parties) >= LEAST and all(each.consents and each.accepts_mediator for each in parties)
