"""A subscriber that failed for days, or said that it is gone, is called no more; the system administrator is told."""

from __future__ import annotations

from datetime import datetime

from doorstep.core.text import say
from doorstep.exchange.models import Subscription
from doorstep.notices import to_staff
from doorstep.staff.models import Post, PostKind


def tell_that_it_stopped(subscription: int, because: str, at: datetime) -> None:
    """Stop it, once; what happens from now on is kept for it until somebody lets it go on, or ends it."""
    stopped = Subscription.objects.filter(pk=subscription, stopped_at=None, ended_at=None)
    if not stopped.update(stopped_at=at, stopped_because=because):
        return
    name = Subscription.objects.values_list("name", flat=True).get(pk=subscription)
    posts = Post.objects.filter(kind=PostKind.SYSTEM_ADMIN, abolished_on=None).values_list("pk", flat=True)
    about, page = f"webhook/{subscription}/{at:%Y%m%d%H%M}", f"/staff/webhooks/{subscription}/"
    to_staff.write(list(posts), about, page, say(f"webhooks-notice-{because}", name=name), at=at)
