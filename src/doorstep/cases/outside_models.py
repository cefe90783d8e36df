"""The links of outside handlers: one row a link, and only the hash of its secret."""

from __future__ import annotations

from django.db import models

from doorstep.staff.models import Unit


class OutsideLink(models.Model):
    """A link to one case, for whoever a unit without accounts sends: who gave it, until when, and what ended it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="outside_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    token_hash = models.CharField(max_length=64, unique=True)
    given_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    given_post = models.BigIntegerField(null=True)
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=10, blank=True)

    class Meta:
        app_label = "cases"
        db_table = "cases_outside_link"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at=None), name="cases_outside_link_one_alive"
            )
        ]
