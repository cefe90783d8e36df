"""What a desk sees of the catalogue: every sheet with its draft, what is to come, and who changed what when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from doorstep.catalogue.files import assemble
from doorstep.catalogue.in_force import BEGINNING
from doorstep.catalogue.item import Catalogue, Named
from doorstep.catalogue.kept import CLASSES, ITEMS, Kept, as_sheets, standing
from doorstep.catalogue.models import Version as Version
from doorstep.catalogue.rules.comparing import Difference as Difference
from doorstep.catalogue.rules.comparing import differences as differences
from doorstep.catalogue.rules.comparing import places as places

STATES = ("draft", "coming", "retired", "admitted")


@dataclass(frozen=True)
class SheetRow:
    """One sheet as a list shows it. `since` is None for what the files began with."""

    name: str
    title: Named
    code: str
    since: datetime | None
    by_post: int | None
    draft_at: datetime | None
    draft_by: int | None
    coming_at: datetime | None
    retired: bool
    admitted: bool

    @property
    def is_item(self) -> bool:
        return self.name.startswith(ITEMS)

    def is_in(self, state: str) -> bool:
        """Whether it belongs under that filter."""
        match state:
            case "draft":
                return self.draft_at is not None
            case "coming":
                return self.coming_at is not None
            case "retired":
                return self.retired
            case "admitted":
                return self.admitted and not self.retired
        return True

    def matches(self, words: str) -> bool:
        """Whether its name or id holds these words."""
        sought = words.strip().lower()
        return not sought or any(
            sought in each.lower() for each in (self.name, self.title.zh, self.title.en, self.code)
        )


_META = ("id", "name", "from_at", "published_at", "published_by_post", "made_at", "made_by_post")


def sheets(at: datetime) -> list[SheetRow]:
    """All sheets, items by their class, then classes, then the others."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in Version.objects.filter(taken_back_at=None).order_by("id").values(*_META, "said"):
        by_name.setdefault(row["name"], []).append(row)
    rows = [_sheet_row(name, versions, at) for name, versions in by_name.items()]
    return sorted(rows, key=lambda row: (not row.is_item, row.code, row.name))


def _sheet_row(name: str, versions: Sequence[Mapping[str, Any]], at: datetime) -> SheetRow:
    published = sorted((row for row in versions if row["published_at"]), key=lambda row: (row["from_at"], row["id"]))
    drafts = [row for row in versions if row["published_at"] is None]
    reached = [row for row in published if row["from_at"] <= at]
    coming = [row for row in published if row["from_at"] > at]
    shown = (reached or coming or drafts)[-1]
    said, draft = shown["said"], drafts[-1] if drafts else None
    stands = shown if reached and shown["from_at"] > BEGINNING else None
    return SheetRow(
        name=name,
        title=title_of(name, said),
        code=str(said.get("class") or said.get("code") or ""),
        since=stands["from_at"] if stands else None,
        by_post=stands["published_by_post"] if stands else None,
        draft_at=draft["made_at"] if draft else None,
        draft_by=draft["made_by_post"] if draft else None,
        coming_at=coming[0]["from_at"] if coming else None,
        retired=bool(said.get("retired")),
        admitted=bool(said.get("admitted")),
    )


SHIPPED = "Doorstep "
"""How the reason of a version begins that came with Doorstep itself: whoever takes a later one in passes over it."""


def edited_here() -> dict[str, datetime]:
    """The sheets that the place made its own, and since when: the last version of each neither began with the files
    nor came with a version of Doorstep."""
    rows = Version.objects.filter(published_at__isnull=False, taken_back_at=None).order_by("from_at", "id")
    last = {row[0]: row[1:] for row in rows.values_list("name", "from_at", "made_by_post", "why")}
    return {
        name: from_at
        for name, (from_at, by_post, why) in last.items()
        if from_at is not None and from_at > BEGINNING and (by_post is not None or not why.startswith(SHIPPED))
    }


def title_of(name: str, said: Mapping[str, Any]) -> Named:
    """What a sheet is called; the whole ones have no name of their own."""
    named = said.get("name", {})
    return Named(str(named.get("zh") or name), str(named.get("en") or name))


def versions_of(name: str) -> list[Version]:
    """Everything that was ever kept of a sheet, the newest first."""
    return sorted(
        Version.objects.filter(name=name), key=lambda row: (row.published_at or row.made_at, row.pk), reverse=True
    )


def version(number: int) -> Version | None:
    """One of them."""
    return Version.objects.filter(pk=number).first()


def said_now(name: str, at: datetime) -> Mapping[str, Any]:
    """What the sheet says in force at that moment; empty when it is not there yet."""
    found = standing((row for row in published() if row.name == name), at).get(name)
    return found.said if found else {}


def published() -> list[Kept]:
    """All published versions."""
    rows = Version.objects.filter(published_at__isnull=False, taken_back_at=None).order_by("from_at", "id")
    found: list[Any] = list(rows.values_list("id", "name", "said", "from_at"))
    return [Kept(*row) for row in found]


def standing_sheets(at: datetime) -> dict[str, Mapping[str, Any]]:
    """What every sheet says in force at that moment."""
    return {name: row.said for name, row in standing(published(), at).items()}


def with_draft(name: str, said: Mapping[str, Any], at: datetime) -> Catalogue:
    """The catalogue as it would be with this sheet."""
    return assemble(as_sheets({**standing_sheets(at), name: said}))


def is_class(name: str) -> bool:
    """Whether the sheet is a class with its sub-classes."""
    return name.startswith(CLASSES)


def drafts(at: datetime) -> list[tuple[str, Catalogue]]:
    """Each draft of an item that could stand, by a name for its state, and the catalogue as it would be with it."""
    rows = Version.objects.filter(published_at=None, taken_back_at=None, name__startswith=ITEMS).order_by("id")
    stand = standing_sheets(at) if (found := list(rows)) else {}
    return [(f"{row.pk}.{row.revision}", assemble(as_sheets({**stand, row.name: row.said}))) for row in found]


def draft_states() -> list[str]:
    """A name for the state of each draft of an item."""
    rows = Version.objects.filter(published_at=None, taken_back_at=None, name__startswith=ITEMS)
    return [f"{number}.{revision}" for number, revision in rows.values_list("pk", "revision")]


def changed_at(at: datetime) -> datetime:
    """When what is asked for last became another: the latest day from which a published sheet is in force."""
    found = Version.objects.filter(published_at__isnull=False, taken_back_at=None, from_at__lte=at)
    latest = found.order_by("-from_at").values_list("from_at", flat=True).first()
    return latest or BEGINNING
