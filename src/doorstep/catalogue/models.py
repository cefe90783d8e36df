"""The versions of the catalogue with their dates, and the work that grids have agreed to for a time."""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area
from doorstep.staff.models import Unit


class Version(models.Model):
    """One sheet of the catalogue as it was, is or will be: an item, a class with its sub-classes, the limits …

    `said` is what the file of that name would say. Without `published_at` it is a draft, of which there is one a sheet;
    `revision` counts how often that was saved. In force from `from_at` until the next of its name; one that was taken
    back never was, or never became. Nobody removes one.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    said = models.JSONField()
    revision = models.IntegerField(default=1)
    why = models.CharField(max_length=300, blank=True)
    from_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by_post = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by_post = models.BigIntegerField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by_post = models.BigIntegerField(null=True)

    class Meta:
        db_table = "catalogue_version"
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(published_at=None, taken_back_at=None),
                name="catalogue_version_one_draft",
            ),
            models.UniqueConstraint(
                fields=["name", "from_at"],
                condition=models.Q(published_at__isnull=False, taken_back_at=None),
                name="catalogue_version_once_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["name", "from_at"])]


class Stamp(models.Model):
    """One row, counted up with every publication: whoever holds the catalogue in memory sees by it that it changed."""

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        db_table = "catalogue_stamp"


class Consent(models.Model):
    """Work off the admission list that somebody asks grids to do for a time, and what their community said to it.

    `area` is a community, for all of its grids, or one grid. `item` names the catalogue's item, if it is one. It counts
    from `from_on` to `until_on`, both included, once consented to and unless ended before.
    """

    id = models.BigAutoField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    subdistrict = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    grid = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=200)
    why = models.CharField(max_length=500)
    basis = models.CharField(max_length=300)
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=12)
    asked_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_role = models.CharField(max_length=16)
    asked_post = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    answered_role = models.CharField(max_length=16, blank=True)
    answered_post = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)
    ended_post = models.BigIntegerField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "catalogue_consent"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="catalogue_consent_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["community", "until_on"])]


# What units ask beside cases has a file of its own; Django finds models here.
from doorstep.catalogue.demand_models import Demand as Demand  # noqa: E402
from doorstep.catalogue.demand_models import DemandAnswer as DemandAnswer  # noqa: E402
