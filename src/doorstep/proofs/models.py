"""The log over the ledger: which row stands where in it, its signed heads, and the keys that signed them.

Rows are only ever added. That none is skipped, changed or taken away is the database's own business (see the
migrations); that none was anyway, `doorstep verify` finds out.
"""

from __future__ import annotations

from django.db import models


class Waiting(models.Model):
    """A row of the ledger that is not in the log yet: written by the same transaction, taken away by the sequencer."""

    id = models.BigAutoField(primary_key=True)
    case_id = models.BigIntegerField()
    seq = models.IntegerField()

    class Meta:
        db_table = "proofs_waiting"


class Entry(models.Model):
    """One leaf of the log, and the hashes of the subtrees that it completes, smallest first."""

    leaf_index = models.BigIntegerField(primary_key=True)
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    leaf = models.BinaryField()
    nodes = models.BinaryField()

    class Meta:
        db_table = "proofs_entry"
        constraints = [models.UniqueConstraint(fields=["case_id", "seq"], name="proofs_entry_once")]


class Key(models.Model):
    """What signs heads. The private part is sealed, and destroyed when another key takes over."""

    id = models.CharField(primary_key=True, max_length=8)
    name = models.CharField(max_length=200)
    public = models.BinaryField()
    private = models.BinaryField(null=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "proofs_key"


class Head(models.Model):
    """A signed head as it was published; the other columns repeat what the note says."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    at = models.DateTimeField(db_index=True)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = models.TextField()

    class Meta:
        db_table = "proofs_head"
