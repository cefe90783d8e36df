"""Fill in a form that was asked for: what is held stands there already, the rest is tried cell by cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from doorstep.catalogue import demands
from doorstep.catalogue.models import Demand, DemandAnswer
from doorstep.catalogue.rules.demanding import FieldKind, round_on
from doorstep.core.access import Actor
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.core.turns import take_turn

LONGEST: Final = 500
LARGEST: Final = 10**12


class NotAsked(Refusal):
    """This area was not asked for it, or not now."""


class AnswerRefused(Refusal):
    """A cell holds what its field does not take; `where` names the field."""


@transaction.atomic
def fill(demand: int, said: Sequence[str], held: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
    """Keep the answer of one's own area to the filling that is due; sent again within it, it is corrected.

    `said` holds one cell a field, `held` the facts by their ids: whatever was sent in their place does not count.
    """
    row = Demand.objects.filter(pk=demand, state="published").first()
    due = round_of(row, at) if row is not None else None
    if row is None or due is None or row.kind != "form" or not demands.is_asked(row, by.org, str(by.role)):
        raise NotAsked(say("burden-not-asked"), say("burden-not-asked-try"))
    if len(said) != len(row.fields):
        raise AnswerRefused(say("burden-other-fields"), say("burden-other-fields-try"), "fields")
    values = [_cell(place, field, cell, held) for place, (field, cell) in enumerate(zip(row.fields, said, strict=True))]
    take_turn("answer to", (row.pk, by.org))
    known = DemandAnswer.objects.select_for_update().filter(demand=row, round=due, area=by.org).first()
    if known is not None:
        DemandAnswer.objects.filter(pk=known.pk).update(values=values, corrected_at=at)
        return known.pk
    new = DemandAnswer.objects.create(
        demand=row, round=due, area_id=by.org or 0, asked_by_id=row.asked_by_id, values=values, answered_at=at
    )
    return new.pk


def round_of(row: Demand, at: datetime) -> int | None:
    """Which filling is due now."""
    return round_on(local_date(at), row.from_on, row.until_on, row.times_a_year)


def _cell(place: int, field: Mapping[str, str], cell: str, held: Mapping[str, Any]) -> Any:
    kind = FieldKind(field["kind"])
    if kind is FieldKind.HELD:
        return held.get(field["held"])
    cell = cell.strip()
    if not cell:
        raise _refused("empty", place, field)
    if kind is FieldKind.NUMBER:
        # A Chinese keyboard writes digits and commas as wide as letters.
        number = unicodedata.normalize("NFKC", cell).replace(",", "")
        if not number.isascii() or not number.isdecimal() or len(number) > 13 or int(number) > LARGEST:
            raise _refused("number", place, field)
        return int(number)
    if kind is FieldKind.DAY:
        try:
            return date.fromisoformat(cell).isoformat()
        except ValueError:
            raise _refused("day", place, field) from None
    if kind is FieldKind.YES_NO and cell not in ("yes", "no"):
        raise _refused("yes-no", place, field)
    if len(cell) > LONGEST:
        raise _refused("long", place, field, most=LONGEST)
    return cell


def _refused(fault: str, place: int, field: Mapping[str, str], **more: int) -> AnswerRefused:
    told = say(f"burden-cell-{fault}", label=field["label"], **more)
    return AnswerRefused(told, say(f"burden-cell-{fault}-try"), f"cell-{place}")
