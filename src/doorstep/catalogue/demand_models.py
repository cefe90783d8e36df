"""What units ask of the grassroots beside cases, and what those who were asked answered."""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area
from doorstep.staff.models import Unit


class Demand(models.Model):
    """A form, task, report by hand or notice: who asks it of which level of an area, on what basis, how often.

    `minutes` is what counts: the asker's estimate, or ours where that is more. `recipients` were counted when it was
    published. Over the yearly cap it is `waiting` until the county has said yes. Nobody changes a published one: it is
    ended, and another one published.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=100)
    why = models.CharField(max_length=500)
    basis = models.CharField(max_length=300)
    item = models.CharField(max_length=60, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_level = models.CharField(max_length=12)
    fields = models.JSONField(default=list)
    minutes = models.IntegerField()
    least_minutes = models.IntegerField()
    times_a_year = models.SmallIntegerField()
    recipients = models.IntegerField()
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=10)
    asked_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_role = models.CharField(max_length=16)
    asked_at = models.DateTimeField()
    over_cap = models.IntegerField(default=0)
    answered_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "catalogue_demand"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="catalogue_demand_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=models.F("least_minutes")), name="catalogue_demand_minutes_are_counted"
            ),
        ]
        indexes = [models.Index(fields=["until_on"], name="catalogue_demand_until")]


class DemandAnswer(models.Model):
    """What one area answered to one filling of a form: of areas and units, never of whoever typed it.

    `values` stand in the order of the form's fields; those of held facts are what the platform knew when it was sent.
    """

    id = models.BigAutoField(primary_key=True)
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="answers", db_index=False)
    round = models.SmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    values = models.JSONField(default=list)
    answered_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "catalogue_demand_answer"
        constraints = [
            models.UniqueConstraint(fields=["demand", "round", "area"], name="catalogue_demand_answer_once_a_round")
        ]
