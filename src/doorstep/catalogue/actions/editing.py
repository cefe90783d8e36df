"""Change the catalogue: keep a draft, publish it from a date, take it back while it binds nobody yet.

There is one draft a sheet, and whoever saves or publishes says which state of the sheet they saw: of two people who
edit the same one, the second is told who was first, and what they wrote is still in their form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from django.db import transaction

from doorstep.catalogue import in_force
from doorstep.catalogue.actions.seeding import STAMP
from doorstep.catalogue.files import CatalogueRefused, assemble
from doorstep.catalogue.kept import Kept, as_sheets, standing
from doorstep.catalogue.models import Stamp, Version
from doorstep.catalogue.rules.comparing import differences
from doorstep.catalogue.rules.standing import lost, why_not
from doorstep.core.access import Actor, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import LOCAL, local_date

Said = Mapping[str, Any]

LONGEST_WHY: Final = 300
NEWEST: Final = 2**62
"""The number of what is not written yet: behind all that are."""
MOST_LETTERS: Final = 200_000
_name: Final = re.compile(r"items/[a-z0-9][a-z0-9-]{0,58}|classes/\d\d|limits|departments|dangers|duties")


class EditRefused(Refusal):
    """Not so: what was written or wished cannot stand."""


class SomebodyElseEdited(Refusal):
    """The sheet is not any more what whoever saves it has seen."""

    status = 409


def seen_of(name: str) -> str:
    """A name for the state of a sheet: its draft and how often that was saved, and its last published version."""
    draft, last = draft_of(name), _last_published(name)
    return f"{draft.pk}.{draft.revision}" if draft is not None else f"-{last.pk if last else 0}"


def draft_of(name: str) -> Version | None:
    """The draft of a sheet."""
    return Version.objects.filter(name=name, published_at=None, taken_back_at=None).first()


@transaction.atomic
def save_draft(name: str, said: Said, *, seen: str, why: str, by: Actor, at: datetime) -> int:
    """Keep this as the draft of the sheet, once the catalogue could stand with it; its number."""
    if not _name.fullmatch(name):
        raise EditRefused(say("catalogue-name-unfit"), say("catalogue-name-unfit-try"), "id")
    if len(str(said)) > MOST_LETTERS:
        raise EditRefused(say("catalogue-too-long"), say("catalogue-too-long-try"))
    _alone()
    _refuse_what_was_overtaken(name, seen)
    rows, last = _published(), _last_published(name)
    before = last.said if last is not None else {}
    if (gone := lost(name, before, said)) is not None:
        raise EditRefused(gone, say("catalogue-class-removed-try"))
    if last is not None and not differences(name, before, said):
        raise EditRefused(say("catalogue-nothing-changed"), say("catalogue-nothing-changed-try"))
    _refuse_what_cannot_stand([*rows, Kept(NEWEST, name, said, _end_of(rows))], _end_of(rows))
    draft = draft_of(name)
    if draft is None:
        return Version.objects.create(
            name=name, said=dict(said), why=why[:LONGEST_WHY], made_at=at, made_by_post=by.post
        ).pk
    Version.objects.filter(pk=draft.pk).update(
        said=dict(said), why=why[:LONGEST_WHY], revision=draft.revision + 1, made_at=at, made_by_post=by.post
    )
    return draft.pk


@transaction.atomic
def undo_draft(name: str, *, seen: str, by: Actor, at: datetime) -> None:
    """Throw the draft away; what is in force stays."""
    _alone()
    _refuse_what_was_overtaken(name, seen)
    draft = _the_draft(name)
    Version.objects.filter(pk=draft.pk).update(taken_back_at=at, taken_back_by_post=by.post)


@transaction.atomic
def publish(name: str, from_on: date | None, *, seen: str, by: Actor, at: datetime) -> datetime:
    """Put the draft in force from that day on, today from this moment; from when."""
    _alone()
    _refuse_what_was_overtaken(name, seen)
    draft = _the_draft(name)
    from_at = moment_of(from_on, at)
    _publish([draft], from_at, by=by, at=at)
    return from_at


def moment_of(from_on: date | None, at: datetime) -> datetime:
    """The first moment of that day, or now when it is today; refused for a day that is over."""
    today = local_date(at)
    if from_on is None or from_on < today:
        raise EditRefused(say("catalogue-from-past"), say("catalogue-from-past-try"), "from_on")
    if (from_on - today).days > 366:
        raise EditRefused(say("catalogue-from-far"), say("catalogue-from-far-try"), "from_on")
    return at if from_on == today else datetime.combine(from_on, time.min, LOCAL)


@transaction.atomic
def publish_all(sheets: Mapping[str, Said], from_at: datetime, *, why: str, by: Actor, at: datetime) -> int:
    """Put all these sheets in force at once, or none; how many differ from what stands.

    A sheet with a draft of somebody's is refused by its name: their work is not passed over.
    """
    _alone()
    stand = standing(_published(), from_at)
    changed = {
        name: said
        for name, said in sheets.items()
        if differences(name, stand[name].said if name in stand else {}, said)
    }
    if not changed:
        return 0
    _refuse_drafts(changed)
    for name, said in changed.items():
        if (gone := lost(name, stand[name].said if name in stand else {}, said)) is not None:
            raise EditRefused(gone, say("catalogue-class-removed-try"))
    made = [
        Version.objects.create(name=name, said=dict(said), why=why[:LONGEST_WHY], made_at=at, made_by_post=by.post)
        for name, said in changed.items()
    ]
    _publish(made, from_at, by=by, at=at)
    return len(made)


@transaction.atomic
def take_back(version: int, *, by: Actor, at: datetime) -> None:
    """A version that is to come never comes."""
    _alone()
    row = Version.objects.filter(pk=version, published_at__isnull=False, taken_back_at=None).first()
    if row is None or row.from_at is None or row.from_at <= at:
        raise EditRefused(say("catalogue-take-back-late"), say("catalogue-take-back-late-try"))
    rest = [each for each in _published() if each.id != version]
    _refuse_what_cannot_stand(rest, at)
    Version.objects.filter(pk=version).update(taken_back_at=at, taken_back_by_post=by.post)
    audit.deed("catalogue-taken-back", row.name, by=by, at=at, facts={"version": version})
    _tell_everybody()


def _publish(drafts: Sequence[Version], from_at: datetime, *, by: Actor, at: datetime) -> None:
    rows = _published()
    for draft in drafts:
        later = [row for row in rows if row.name == draft.name and row.from_at >= from_at]
        if later:
            raise EditRefused(
                say("catalogue-from-before", name=draft.name, day=local_date(later[-1].from_at).isoformat()),
                say("catalogue-from-before-try"),
                "from_on",
            )
    _refuse_what_cannot_stand([*rows, *(Kept(each.pk, each.name, each.said, from_at) for each in drafts)], from_at)
    ids = [each.pk for each in drafts]
    Version.objects.filter(pk__in=ids).update(
        from_at=from_at, published_at=at, published_by_post=by.post, taken_back_at=None
    )
    for draft in drafts:
        facts = {"version": draft.pk, "from": from_at.isoformat()}
        audit.deed("catalogue-published", draft.name, by=by, at=at, facts=facts)
    _tell_everybody()


def _alone() -> None:
    """One editor at a time, for the length of a transaction: what was checked is what is written."""
    Stamp.objects.select_for_update().get(pk=STAMP)


def _tell_everybody() -> None:
    stamp = Stamp.objects.get(pk=STAMP)
    Stamp.objects.filter(pk=STAMP).update(number=stamp.number + 1)
    transaction.on_commit(in_force.expire)


def _published() -> list[Kept]:
    rows = Version.objects.filter(published_at__isnull=False, taken_back_at=None).order_by("from_at", "id")
    found: list[Any] = list(rows.values_list("id", "name", "said", "from_at"))
    return [Kept(*row) for row in found]


def _last_published(name: str) -> Version | None:
    rows = Version.objects.filter(name=name, published_at__isnull=False, taken_back_at=None)
    return rows.order_by("-from_at", "-id").first()


def _end_of(rows: Sequence[Kept]) -> datetime:
    """The last moment at which anything that is published comes into force."""
    return max((row.from_at for row in rows), default=in_force.BEGINNING)


def _the_draft(name: str) -> Version:
    draft = draft_of(name)
    if draft is None:
        raise EditRefused(say("catalogue-no-draft"), say("catalogue-no-draft-try"))
    return draft


def _refuse_what_was_overtaken(name: str, seen: str) -> None:
    if seen != seen_of(name):
        raise SomebodyElseEdited(say("catalogue-overtaken"), say("catalogue-overtaken-try"))


def _refuse_drafts(names: Mapping[str, Said]) -> None:
    drafts = Version.objects.filter(name__in=list(names), published_at=None, taken_back_at=None)
    if found := sorted(drafts.values_list("name", flat=True)):
        raise EditRefused(say("catalogue-drafts-open", names=", ".join(found)), say("catalogue-drafts-open-try"))


def _refuse_what_cannot_stand(rows: Sequence[Kept], since: datetime) -> None:
    """`CatalogueRefused` names the places when at some moment from then on the catalogue would not be whole."""
    for moment in sorted({since, *(row.from_at for row in rows if row.from_at > since)}):
        whole = assemble(as_sheets({name: row.said for name, row in standing(rows, moment).items()}))
        if (no := why_not(whole)) is not None:
            raise EditRefused(no, say("catalogue-needed-try"), "retired")


__all__ = ["CatalogueRefused", "EditRefused", "SomebodyElseEdited", "publish", "save_draft", "take_back", "undo_draft"]
