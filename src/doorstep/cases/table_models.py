"""The city's decision table as it is kept: versions with their dates, every change of a draft, and rehearsals.

A published version is never changed: the ledger names its number and the row that decided.
"""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area
from doorstep.core import studies


class TableState(models.TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class DispatchTable(models.Model):
    """One version for one county; `rows` as `rules.table.rows.as_kept` writes them, `seq` counts its changes.

    Of the published ones that with the latest `from_on` up to a day rules that day; of two from the same day, the one
    published last.
    """

    id = models.BigAutoField(primary_key=True)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    state = models.CharField(max_length=10, choices=TableState.choices, default=TableState.DRAFT)
    rows = models.JSONField(default=list)
    next_row = models.IntegerField(default=1)
    seq = models.IntegerField(default=0)
    based_on = models.IntegerField(null=True)
    made_at = models.DateTimeField()
    from_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by_role = models.CharField(max_length=16, blank=True)
    published_by_post = models.BigIntegerField(null=True)
    published_by_account = models.BigIntegerField(null=True)

    class Meta:
        db_table = "cases_dispatch_table"
        constraints = [
            models.UniqueConstraint(fields=["county", "version"], name="cases_dispatch_table_version_once"),
            models.UniqueConstraint(
                fields=["county"],
                condition=models.Q(state=TableState.DRAFT),
                name="cases_dispatch_table_one_draft_a_county",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TableState.PUBLISHED) | models.Q(from_on__isnull=False),
                name="cases_dispatch_table_published_from_a_day",
            ),
        ]


class TableEdit(models.Model):
    """One change of a draft: by whom, which row, and the rows as they were before, so that it can be taken back."""

    id = models.BigAutoField(primary_key=True)
    table = models.ForeignKey(DispatchTable, on_delete=models.PROTECT, related_name="edits")
    seq = models.IntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    row = models.IntegerField(null=True)
    by_role = models.CharField(max_length=16)
    by_post = models.BigIntegerField(null=True)
    by_account = models.BigIntegerField(null=True)
    before = models.JSONField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        db_table = "cases_dispatch_edit"
        constraints = [models.UniqueConstraint(fields=["table", "seq"], name="cases_dispatch_edit_seq_once")]


class Rehearsal(studies.Study):
    """A table tried on the cases of a period: what would move where. `table_seq` is the state of the draft it tried."""

    id = models.BigAutoField(primary_key=True)
    table = models.ForeignKey(DispatchTable, on_delete=models.PROTECT, related_name="rehearsals")
    table_seq = models.IntegerField()
    since = models.DateField()
    until = models.DateField()

    class Meta:
        db_table = "cases_rehearsal"
        constraints = [
            models.UniqueConstraint(
                fields=["table"],
                condition=models.Q(state__in=list(studies.OPEN)),
                name="cases_rehearsal_one_open_a_table",
            )
        ]
