"""Other platforms that cases come from and go to, so that nothing is typed twice; no personal data is kept here.

Partners exchange cases both ways (`Partner`, `Link`, `Update`); subscribers are only told that something happened
(`Subscription`, `Delivery`, `Attempt`).
"""

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


class Subscription(models.Model):
    """An address that is told of what happens: of which kinds, of which area, of which class; empty means all.

    Its secrets are sealed: `old_secret` signs beside the new one until `old_until`. `failing_since` begins with the
    first attempt in a row that failed, `rest_until` spares a receiver that does not answer, `stopped_at` is for those
    that failed for days or said that they are gone.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    case_class = models.CharField(max_length=8, blank=True)
    secret = models.BinaryField()
    old_secret = models.BinaryField(null=True)
    old_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=10, blank=True)
    ended_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rest_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_subscription"


class Delivery(models.Model):
    """One thing that happened, for one subscriber. What it says is written down with the event and never changes.

    `stream` is what has an order, one case for one; within it `nth` grows, and nothing is sent before what stands
    before it was taken.
    """

    id = models.BigAutoField(primary_key=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    stream = models.CharField(max_length=40)
    nth = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    said = models.JSONField()
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    attempts = models.SmallIntegerField(default=0)
    look_again_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_delivery"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "stream", "nth"], name="exchange_delivery_once_an_event")
        ]
        indexes = [
            models.Index(
                fields=["subscription", "look_again_at", "id"],
                name="exchange_delivery_due",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["subscription", "stream", "nth"],
                name="exchange_delivery_before",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["subscription", "written_at"], name="exchange_delivery_written"),
        ]


class Attempt(models.Model):
    """One call for a delivery and what came back: a status with the beginning of the answer, or why there was none."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    took_ms = models.IntegerField()
    status = models.SmallIntegerField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "exchange_attempt"
