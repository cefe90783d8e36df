"""The text of an agreement: who does what until when, in one plain form, and the hash by which it is signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import orjson

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

MOST_TERMS: Final = 20
LONGEST_TERM: Final = 500
MOST_FOLLOW_UPS: Final = 3
LATEST: Final = timedelta(days=3650)
CONFIRM_WITHIN: Final = timedelta(days=30)
"""Within which both may ask a court to confirm it (People's Mediation Law, art. 33), from the day of its force."""


class AgreementRefused(Refusal):
    """No agreement can be drawn up so, or signed so."""


class Term(NamedTuple):
    """Who does what, until when. `who` is the number of a party; nought means all of them together."""

    who: int
    what: str
    until: date


class Signing(NamedTuple):
    """One who signs: the number of a party, nought for the mediator, and whether they have."""

    who: int
    has_signed: bool


def read_terms(rows: Sequence[tuple[str, str, date | None]], parties: Sequence[int], today: date) -> tuple[Term, ...]:
    """The terms as they were written; empty lines are passed over."""
    terms = []
    for number, (who, what, until) in enumerate(rows, 1):
        words = what.strip()
        if not words and until is None:
            continue
        if not words:
            raise AgreementRefused(say("mediation-term-empty", number=number), None, f"what{number}")
        if len(words) > LONGEST_TERM:
            most = say("mediation-words-long", most=LONGEST_TERM)
            raise AgreementRefused(most, say("mediation-long-try"), f"what{number}")
        if until is None or not today <= until <= today + LATEST:
            raise AgreementRefused(
                say("mediation-term-day", number=number), say("mediation-term-day-try"), f"until{number}"
            )
        if who not in {str(number) for number in (0, *parties)}:
            raise AgreementRefused(
                say("mediation-term-who", number=number), say("mediation-term-who-try"), f"who{number}"
            )
        terms.append(Term(int(who), words, until))
    if not terms:
        raise AgreementRefused(say("mediation-terms-missing"), say("mediation-terms-missing-try"), "what1")
    if len(terms) > MOST_TERMS:
        raise AgreementRefused(say("mediation-terms-many", most=MOST_TERMS), say("mediation-long-try"))
    return tuple(terms)


def read_follow_ups(days: Sequence[date | None], terms: Sequence[Term], today: date) -> tuple[date, ...]:
    """The days on which each party is asked whether it is kept; none named means the day after the last term."""
    wanted = sorted({day for day in days if day is not None})[:MOST_FOLLOW_UPS]
    if not wanted:
        return (max(term.until for term in terms) + timedelta(days=1),)
    if wanted[0] <= today or wanted[-1] > today + LATEST:
        raise AgreementRefused(say("mediation-follow-day"), say("mediation-follow-day-try"), "follow1")
    return tuple(wanted)


def written(number: str, version: int, names: Sequence[tuple[int, str]], mediator: str, terms: Sequence[Term]) -> bytes:
    """The text as it is signed, in one way only: whoever changes a letter, a day or a name changes the hash."""
    told: dict[str, Any] = {
        "number": number,
        "version": version,
        "parties": [[who, name] for who, name in names],
        "mediator": mediator,
        "terms": [[term.who, term.what, term.until.isoformat()] for term in terms],
    }
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)


def text_hash(text: bytes) -> str:
    """What stands under each signature: SHA-256 of the text, as 64 letters."""
    return hashlib.sha256(text).hexdigest()


def refuse_signing(who: int, of: Sequence[Signing], *, seen: str, now: str) -> None:
    """Refuse a second signature of the same, and one under a text that has been drawn up again since it was read."""
    if seen != now:
        raise AgreementRefused(say("mediation-text-changed"), say("mediation-text-changed-try"))
    if any(each.who == who and each.has_signed for each in of):
        raise AgreementRefused(say("mediation-signed-before"), say("mediation-signed-before-try"))


def is_signed_by_all(of: Sequence[Signing]) -> bool:
    """Whether it can be sealed: each party, and the mediator."""
    return all(each.has_signed for each in of) and any(each.who == 0 for each in of)
