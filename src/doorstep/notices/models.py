"""What people are told, by which channel, and whether it went out."""

from __future__ import annotations

from django.db import models

from doorstep.cases.models import Case, Contact, OutsideLink
from doorstep.staff.models import Post


class Account(models.Model):
    """In which channel a case was told to us, and by whom, as a salted hash; it goes when the contact goes.

    `thread` is the Message-ID of a letter, so that what we answer stands beside it.
    """

    # The database deletes it with the contact: see the migration.
    contact = models.OneToOneField(
        Contact, primary_key=True, db_column="case_id", on_delete=models.DO_NOTHING, db_constraint=False
    )
    channel = models.CharField(max_length=16)
    sender = models.CharField(max_length=40)
    thread = models.CharField(max_length=250, blank=True, default="", db_default="")

    class Meta:
        db_table = "notices_account"
        indexes = [models.Index(fields=["channel", "sender"], name="notices_account_sender")]


class Notice(models.Model):
    """One message to one person. The address is read from the contact when it is sent, never copied here."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    seq = models.IntegerField()
    channel = models.CharField(max_length=16)
    message = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.SmallIntegerField(default=0)
    look_again_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "notices_notice"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq", "channel"], name="notices_notice_once_a_row_and_channel")
        ]


class StaffNotice(models.Model):
    """One message to whoever holds a post: something waits for their answer on `page`. Written once for each thing.

    `about` names the thing; no personal data is in it, nor in the message.
    """

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60)
    page = models.CharField(max_length=120)
    channel = models.CharField(max_length=16)
    message = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.SmallIntegerField(default=0)
    look_again_at = models.DateTimeField(null=True, db_index=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "notices_staff_notice"
        constraints = [
            models.UniqueConstraint(fields=["post", "about", "channel"], name="notices_staff_notice_once_a_thing")
        ]


class LinkNotice(models.Model):
    """The link of an outside handler on its way to them, by one channel.

    `to` and `secret` are sealed, and gone when the link ends; without `to` it goes to whatever is the duty contact of
    the unit when it is sent. `hint` is the beginning and end of what was typed.
    """

    link = models.OneToOneField(OutsideLink, primary_key=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16)
    to = models.BinaryField(null=True)
    hint = models.CharField(max_length=80, blank=True)
    secret = models.BinaryField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.SmallIntegerField(default=0)
    look_again_at = models.DateTimeField(null=True, db_index=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "notices_link_notice"
