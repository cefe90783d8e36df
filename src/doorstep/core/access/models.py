"""What was looked at: an append-only record of sensitive reads, and of what administrators did."""

from __future__ import annotations

from django.db import models


class Read(models.Model):
    """Somebody opened something sensitive: who, what, why, when."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    role = models.CharField(max_length=16)
    account = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    what = models.CharField(max_length=40)
    subject = models.BigIntegerField(null=True)
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "access"
        db_table = "access_read"
        indexes = [models.Index(fields=["subject", "what"]), models.Index(fields=["at"])]


class Deed(models.Model):
    """An act that changes who may do what: sign-ins, appointments, lock-outs, publications."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    role = models.CharField(max_length=16)
    account = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    what = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        app_label = "access"
        db_table = "access_deed"
        indexes = [models.Index(fields=["at"])]


class Alarm(models.Model):
    """Somebody opened far more in an hour than they worked on: the facts, for the security administrator."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    role = models.CharField(max_length=16)
    what = models.CharField(max_length=40)
    opened = models.IntegerField()
    worked_on = models.IntegerField()
    since = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "access"
        db_table = "access_alarm"
