"""Neighbours who signed up to be asked, and the calls on them. No row here says when or how often anybody answered."""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area
from doorstep.staff.models import Appointment, Unit


class Readiness(models.Model):
    """A neighbour in a post agreed to be asked: for what and when, for which purpose, on which basis, until which day.

    Their own word, in a table that only the machine reads; it goes when they take it back.
    """

    appointment = models.OneToOneField(
        Appointment, primary_key=True, on_delete=models.PROTECT, related_name="readiness"
    )
    helps = models.JSONField()
    days = models.CharField(max_length=8)
    from_hour = models.TimeField()
    until_hour = models.TimeField()
    purpose = models.CharField(max_length=40)
    basis = models.CharField(max_length=40)
    agreed_at = models.DateTimeField()
    until_on = models.DateField()

    class Meta:
        db_table = "cases_readiness"


class NeighbourCall(models.Model):
    """One call on the neighbours of a case. `seq` is the row of the ledger whose words it is made with.

    `place` is told to those who come and goes with the rows about them.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="neighbour_calls")
    seq = models.IntegerField()
    help = models.CharField(max_length=16)
    wanted = models.SmallIntegerField()
    grid = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    microgrid = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    caller = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=200, blank=True)
    called_at = models.DateTimeField()
    until = models.DateTimeField()
    over = models.CharField(max_length=12, blank=True)
    look_again_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_neighbour_call"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(over=""), name="cases_neighbour_call_one_at_a_time"
            )
        ]
        indexes = [
            models.Index(
                fields=["look_again_at"],
                name="cases_neighbour_call_due",
                condition=models.Q(look_again_at__isnull=False),
            )
        ]


class Asked(models.Model):
    """Somebody who is asked by a call that runs, or who said that they come. Other rows go when the call is over."""

    id = models.BigAutoField(primary_key=True)
    call = models.ForeignKey(NeighbourCall, on_delete=models.CASCADE, related_name="asked")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+", db_index=True)
    answer = models.CharField(max_length=8, blank=True)

    class Meta:
        db_table = "cases_neighbour_asked"
        constraints = [models.UniqueConstraint(fields=["call", "appointment"], name="cases_neighbour_asked_once")]
