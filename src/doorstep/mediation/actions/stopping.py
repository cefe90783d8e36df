"""Stop: a party goes, at any time and without a reason, the mediator sees that no agreement will come, or the desk has
entered it by mistake."""

from __future__ import annotations

from datetime import datetime

from doorstep.core.access import Actor
from doorstep.core.text import say
from doorstep.mediation.actions.choosing import own, refuse_absent
from doorstep.mediation.actions.erasing import erase_file
from doorstep.mediation.actions.record import hold
from doorstep.mediation.models import Agreement, Contact
from doorstep.mediation.rules.course import Move, MoveRefused, State


def withdraw(mediation: int, *, by: Actor, at: datetime) -> None:
    """By a party, before the agreement is signed by all: it ends for everybody, and everybody is told so."""
    with hold(mediation, by=by) as held:
        party = own(held)
        if held.state in (State.AGREED, State.SETTLED):
            raise MoveRefused(say("mediation-binding"), say("mediation-binding-try"))
        held.done(Move.WITHDRAW, at=at)
        party.withdrew_at = at
        party.save(update_fields=["withdrew_at"])
        Contact.objects.filter(party=party).delete()
        # What some had signed binds nobody.
        for agreement in Agreement.objects.filter(mediation=held.file, sealed_at=None):
            agreement.signatures.all().delete()
        held.tell_parties("stopped", say("mediation-told-stopped"), at=at, but=party)
        if held.file.mediator_post:
            held.tell_posts(
                (held.file.mediator_post,), f"mediation/{held.file.pk}/over", say("mediation-told-stopped"), at=at
            )
        held.tell_case("stopped", at=at)


def take_back(mediation: int, *, by: Actor, at: datetime) -> None:
    """By the desk that entered it by mistake, as long as no party has said yes: names and contacts go at once.

    No letter is sent: it might be the address that was wrong. The links that were given open nothing any more.
    """
    with hold(mediation, by=by) as held:
        if held.state == State.ASKED and any(each.consented_at for each in held.parties):
            raise MoveRefused(say("mediation-said-yes"), say("mediation-said-yes-try"))
        held.done(Move.TAKE_BACK, at=at)
        if held.file.mediator_post:
            held.tell_posts(
                (held.file.mediator_post,), f"mediation/{held.file.pk}/over", say("mediation-told-taken-back"), at=at
            )
        held.tell_case("taken-back", at=at)
        erase_file(held, at)


def fail(mediation: int, *, by: Actor, at: datetime) -> None:
    """By the mediator: no agreement; each party is told which ways are open (人民调解法 art. 26)."""
    with hold(mediation, by=by) as held:
        refuse_absent(held.file, by, at)
        held.done(Move.FAIL, at=at)
        held.tell_parties("failed", say("mediation-told-failed"), at=at)
        held.tell_case("failed", at=at)
