"""Lists that were asked for, as far as whoever looks may see them."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import OuterRef, Subquery

from doorstep.cases.models import Export
from doorstep.staff.models import Post

MOST: Final = 100


class Asked(NamedTuple):
    """One request, with the post that asked and the post that decided."""

    export: Export
    post_kind: str
    place: str
    decided_kind: str


def asked_for() -> list[Asked]:
    """The latest first, those that wait before all others."""
    post = Post.objects.filter(pk=OuterRef("asked_post"))
    decided = Post.objects.filter(pk=OuterRef("decided_post"))
    rows = Export.objects.annotate(
        post_kind=Subquery(post.values("kind")),
        place=Subquery(post.values("unit__name")),
        decided_kind=Subquery(decided.values("kind")),
    ).order_by("decision", "-id")[:MOST]
    return [Asked(each, each.post_kind or "", each.place or "", each.decided_kind or "") for each in rows]
