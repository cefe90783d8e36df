"""Other platforms that cases come from and go to, so that nothing is typed twice; no personal data is kept here."""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area
from doorstep.cases.models import Case
from doorstep.staff.models import Unit


class Partner(models.Model):
    """One platform by its name, the area it may send cases to, and the unit it stands for, if it acts as one.

    Its key is kept only as a hash; the secret that signs what we send it is sealed.
    """

    id = models.BigAutoField(primary_key=True)
    org = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.SlugField(max_length=40)
    source = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    wants_all = models.BooleanField(default=False)
    key_hash = models.BinaryField(null=True, unique=True)
    address = models.CharField(max_length=200, blank=True)
    secret = models.BinaryField(null=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    sent_up_to = models.BigIntegerField(default=0)
    look_again_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "exchange_partner"
        constraints = [models.UniqueConstraint(fields=["org", "name"], name="exchange_partner_once_an_area")]
        indexes = [models.Index(fields=["look_again_at"], name="exchange_partner_due")]


class Link(models.Model):
    """One case under the number that a partner knows it by; `heard` counts its messages that were followed."""

    id = models.BigAutoField(primary_key=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="links", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links", db_index=False)
    number = models.CharField(max_length=64)
    came_in = models.BooleanField()
    body_hash = models.BinaryField(null=True)
    heard = models.IntegerField(default=0)

    class Meta:
        db_table = "exchange_link"
        constraints = [
            models.UniqueConstraint(fields=["partner", "number"], name="exchange_link_once_a_number"),
            models.UniqueConstraint(fields=["case", "partner"], name="exchange_link_once_a_case"),
        ]


class Update(models.Model):
    """That a partner is to be told of one row of a case's ledger; what it says is read from the case when it is told.

    `position` is given by one at a time, so that whoever reads on from a position has missed nothing.
    """

    id = models.BigAutoField(primary_key=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="updates", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="updates", db_index=False)
    seq = models.IntegerField()
    kind = models.CharField(max_length=12)
    position = models.BigIntegerField(null=True)

    class Meta:
        db_table = "exchange_update"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq", "partner"], name="exchange_update_once_a_row"),
            models.UniqueConstraint(fields=["partner", "position"], name="exchange_update_once_a_position"),
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(position=None), name="exchange_update_unplaced")]
