"""What the forms of a mediation say, as plain values, and how its life is told: alike for all who read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.fronts import asked
from doorstep.fronts.parts import Choice
from doorstep.mediation import queries as mediations
from doorstep.mediation.actions.agreeing import Hand
from doorstep.mediation.actions.hand import MOST_BYTES
from doorstep.mediation.queries import FileSeen, NewParty

TONES: Final = {
    "asked": "waiting", "running": "moving", "signing": "moving", "agreed": "done", "settled": "done",
    "failed": "quiet", "stopped": "quiet", "mistaken": "quiet",
}  # fmt: skip
ROWS: Final = 5
"""Lines of an agreement that a form shows empty."""
LONGEST: Final = 20_000
"""Letters that are read from a field before a rule refuses them in words; more is no longer read."""


def parties(form: QueryDict, first: int = 1) -> list[NewParty]:
    """The parties of a form, numbered from `first`; a line with nothing in it is none, but two there are always."""
    found = []
    for number in range(first, mediations.MOST_PARTIES + 1):
        name, phone, email = (asked.line(form, f"{each}{number}", 300) for each in ("name", "phone", "email"))
        if name or phone or email or number <= max(2, first):
            found.append(mediations.read_party(name, phone, email, where=str(number)))
    return found


def terms(form: QueryDict) -> list[tuple[str, str, Any]]:
    """Who, what, until when: as many lines as were sent."""
    return [
        (form.get(f"who{each}", ""), asked.text(form, f"what{each}", LONGEST), asked.day(form, f"until{each}"))
        for each in range(1, 21)
    ]


def hand(request: HttpRequest) -> Hand:
    """A signature: the picture that was drawn or taken, or the name typed."""
    return Hand(picture(request), asked.line(request.POST, "typed", 100))


def picture(request: HttpRequest) -> bytes | None:
    """What came as a picture; of one far too large only so much that it is refused in words."""
    upload = request.FILES.get("hand")
    return upload.read(MOST_BYTES + 1) if upload else None


def written(form: QueryDict, refused: Refusal | None) -> dict[str, str]:
    """What was written, to be shown again where it was refused."""
    return {name: str(value) for name, value in form.items()} if refused else {}


def steps(seen: FileSeen) -> list[tuple[Message, Message, Any]]:
    """The record in words: what, by whom, when."""
    return [
        (
            say(f"mediation-move-{each.move.replace('_', '-')}"),
            say("mediation-by-party", number=each.by_party) if each.by_party else say(f"mediation-by-{each.by_hat}"),
            each.at,
        )
        for each in seen.life
    ]


def state_of(file: Any) -> tuple[str, Message]:
    """Tone and words for how it stands; what became of it where that is known."""
    words = f"mediation-outcome-{file.outcome}" if file.outcome else f"mediation-state-{file.state}"
    return TONES.get(file.state, "quiet"), say(words)


def named(seen: FileSeen) -> Sequence[Choice]:
    """Who may do what is agreed: each side, or all together."""
    sides = [Choice(str(each.number), each.name or str(each.number)) for each in seen.sides]
    return [*sides, Choice("0", say("mediation-all-parties"))]
