"""When people come together and who is on duty: times and posts. Whether somebody came is not kept."""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area
from doorstep.staff.models import Account, Post


class Meeting(models.Model):
    """A weekly meeting of an area, in force from its first day to the day before `until_on`.

    What changes its day or hour ends it and begins another, so that weeks that are past stay as they were; `sequence`
    grows with what a calendar should take over.
    """

    id = models.BigAutoField(primary_key=True)
    org = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    weekday = models.SmallIntegerField()
    begins = models.TimeField()
    minutes = models.SmallIntegerField()
    place = models.CharField(max_length=100, blank=True)
    is_public = models.BooleanField(default=False)
    first_on = models.DateField()
    until_on = models.DateField(null=True)
    sequence = models.IntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "rota_meeting"
        indexes = [models.Index(fields=["org", "first_on"], name="rota_meeting_of_area")]


class CalledOff(models.Model):
    """One day of a meeting that does not take place; `day` is the day by its rule, holidays or not."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="called_off", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "rota_called_off"
        constraints = [models.UniqueConstraint(fields=["meeting", "day"], name="rota_called_off_once")]


class Shift(models.Model):
    """A post is on duty for a time. A seat, not a person: whoever holds it at that time has it in their calendar."""

    id = models.BigAutoField(primary_key=True)
    org = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    sequence = models.IntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "rota_shift"
        indexes = [
            models.Index(fields=["org", "begins_at"], name="rota_shift_of_area"),
            models.Index(fields=["post", "begins_at"], name="rota_shift_of_post"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="rota_shift_takes_time")
        ]


class Feed(models.Model):
    """The secret address of somebody's calendar: only the hash of its token is kept, and not who fetches it when."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "rota_feed"
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(ended_at=None), name="rota_feed_one_at_a_time"
            )
        ]
