"""The one mediation of the story: a leak between two invented flats, as far as an agreement that waits to be signed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any


def mediate(told: dict[str, Any], desk: Any, mediator: Any, at: datetime) -> int:
    """As the desk, the mediator and both parties do it; its number in the database."""
    from doorstep.core.access import acting_as
    from doorstep.core.time.zone import local_date
    from doorstep.mediation.actions import agreeing, choosing, requesting, talking
    from doorstep.mediation.queries import NewParty

    asked_at = at - timedelta(days=6)
    parties = [NewParty(each["name"], "", each["email"]) for each in told["party"]]
    with acting_as(desk, because="demo"):
        made = requesting.request(told["matter"], parties, community=desk.org, case=None, by=desk, at=asked_at)
        choosing.propose(made.id, mediator.account, by=desk, at=asked_at + timedelta(hours=1))
    with acting_as(mediator, because="demo"):
        choosing.accept(made.id, "none", by=mediator, at=asked_at + timedelta(hours=4))
    for number in range(1, len(parties) + 1):
        party = _party(made.id, number)
        with acting_as(party, because="demo"):
            when = asked_at + timedelta(days=1, hours=number)
            choosing.consent(made.id, to_mediation=True, to_mediator=True, by=party, at=when)
    with acting_as(mediator, because="demo"):
        met_at = at - timedelta(days=2)
        starts = met_at + timedelta(days=1)
        talking.meet(made.id, told["place"], starts, 60, by=mediator, at=met_at)
        talking.keep_record(made.id, told["record"], both_agree=True, by=mediator, at=at - timedelta(hours=20))
        today = local_date(at)
        terms = [(str(each["who"]), each["what"], today + timedelta(days=each["days"])) for each in told["term"]]
        agreeing.draw_up(made.id, terms, [], by=mediator, at=at - timedelta(hours=3))
    return made.id


def _party(mediation: int, number: int) -> Any:
    from doorstep.core.access import WORKER, acting_as, party_to
    from doorstep.mediation.models import Party

    with acting_as(WORKER, because="demo"):
        return party_to(mediation, party=Party.objects.get(mediation=mediation, number=number).pk)
