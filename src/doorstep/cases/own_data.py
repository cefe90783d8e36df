"""Everything that is kept of a case and its reporter, as one copy to take home: for people and for programs.

With the words stand their salts, and with the rows their hashes: whoever keeps the copy can check later, without
believing us, that the ledger was not changed, even when the words are erased here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from doorstep.cases.models import Contact, Erasure, Event, Said
from doorstep.cases.queries import Followed, catalogue, followed
from doorstep.cases.rules.erase import Standing
from doorstep.cases.seen import who_saw
from doorstep.core.text import from_json

FORMAT: Final = "doorstep-own-data/1"


def own_data(case: int, standing: tuple[Standing, ...], *, at: datetime) -> dict[str, Any] | None:
    """The copy, as plain values that JSON can hold; runs as the follower of the case."""
    shown = followed(case)
    if shown is None:
        return None
    salts = {seq: bytes(salt) for seq, salt in Said.objects.filter(case=case).values_list("seq", "salt")}
    return {
        "format": FORMAT,
        "taken_at": at,
        "case": _case(shown),
        "contact": _contact(shown.contact),
        "life": [_row(event, shown, salts) for event in shown.ledger],
        "photos": [{"name": each.name, "row": each.seq, "added_at": each.added_at} for each in shown.photos],
        "sounds": [{"name": each.name, "row": each.seq, "length_s": each.length_s} for each in shown.sounds],
        "seen": [each._asdict() for each in who_saw(case)],
        "erasing": {
            "asked_at": Erasure.objects.filter(case=case).values_list("asked_at", flat=True).first(),
            "parts": [
                {"part": each.part, "can_go_now": each.is_free, "from_on": each.from_on, "because": _said(each)}
                for each in standing
            ],
        },
    }


def _case(shown: Followed) -> dict[str, Any]:
    case, item = shown.case, catalogue().items.get(shown.case.item)
    kept = (
        "number", "state", "source", "kind", "item", "case_class", "urgency", "outcome", "place_words", "lon", "lat",
        "reported_at", "heard_at", "promised_by", "first_contact_by", "ended_at",
    )  # fmt: skip
    return {
        **{name: getattr(case, name) for name in kept},
        "item_name": item.name._asdict() if item else None,
        "community": case.community.name if case.community else None,
        "holder": case.holder_unit.name if case.holder_unit else None,
    }


def _contact(contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    return {name: getattr(contact, name) for name in ("name", "phone", "email", "language", "erase_on")}


def _row(event: Event, shown: Followed, salts: Mapping[int, bytes]) -> dict[str, Any]:
    because = event.facts.get("because")
    return {
        "row": event.seq,
        "move": event.move,
        "to": event.to_state,
        "happened_at": event.happened_at,
        "heard_at": event.heard_at,
        "by": event.by_hat,
        "unit": shown.units.get(event.facts.get("unit") or event.by_unit or 0),
        "because": str(from_json(because)) if because else None,
        "words": shown.words.get(event.seq),
        "salt": salts[event.seq].hex() if event.seq in salts else None,
        "words_hash": bytes(event.said_hash).hex() if event.said_hash else None,
        "hash": bytes(event.hash).hex(),
    }


def _said(standing: Standing) -> str | None:
    return str(standing.because) if standing.because else None
