"""What concerns the neighbours of a place at once: urgent reminders, gong patrols, emergency mode.

Who drafted, approved or ended something stands in `Step` and nowhere else, so that no row says both who and where.
"""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area, Building
from doorstep.staff.models import Appointment


class Scope(models.Model):
    """Where something is, once for each level whose desk may see it; None above the place itself."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    subdistrict = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Reminder(Scope):
    """An urgent reminder, or the relay of a warning. Its words never change; `kind` says what it is about.

    With `metres` it is for those round `lon`, `lat`, else for the area. The rows of `Step` say who drafted and
    approved it; the database lets it go out with the approval of two only.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16)
    words = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=160, blank=True)
    building = models.ForeignKey(Building, null=True, on_delete=models.PROTECT, related_name="+")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    metres = models.IntegerField(null=True)
    issuer = models.CharField(max_length=120, blank=True)
    warning = models.CharField(max_length=60, blank=True)
    severity = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=300, blank=True)
    drill = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, default="drafted")
    drafted_at = models.DateTimeField()
    going_at = models.DateTimeField(null=True)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    all_clear = models.CharField(max_length=300, blank=True)
    look_again_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "alerts_reminder"
        indexes = [models.Index(fields=["state", "until"], name="alerts_reminder_going")]


class Family(models.Model):
    """That a family asked for their lost child to be looked for: who, sealed, and when. It goes with the words."""

    reminder = models.OneToOneField(Reminder, primary_key=True, on_delete=models.PROTECT, related_name="family")
    who = models.BinaryField()
    agreed_at = models.DateTimeField()

    class Meta:
        db_table = "alerts_family"


class Subscription(models.Model):
    """A resident's wish to be reminded: of one door's neighbourhood, or with no point of a whole community.

    The address is sealed; `mark` tells the same one again. Nothing is sent before it is confirmed.
    """

    id = models.BigAutoField(primary_key=True)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, null=True, on_delete=models.PROTECT, related_name="+")
    door = models.CharField(max_length=12, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    channel = models.CharField(max_length=16)
    sealed = models.BinaryField()
    mark = models.CharField(max_length=32)
    language = models.CharField(max_length=5)
    with_drills = models.BooleanField(default=False)
    code_until = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    until_on = models.DateField()

    class Meta:
        db_table = "alerts_subscription"
        constraints = [
            models.UniqueConstraint(fields=["mark", "community", "door"], name="alerts_subscription_once_a_door")
        ]
        indexes = [models.Index(fields=["community"], name="alerts_subscription_of")]


class Delivery(models.Model):
    """One reminder to one address by one channel, once; `phase` is the reminder itself or its all-clear.

    `mark` is the address as a hash: the same number, however often it is known to us, is one recipient. The address
    is read from the subscription, or from the member of staff, when it is sent. A confirmation code belongs to no
    reminder.
    """

    id = models.BigAutoField(primary_key=True)
    reminder = models.ForeignKey(
        Reminder, null=True, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    phase = models.CharField(max_length=10)
    channel = models.CharField(max_length=16)
    mark = models.CharField(max_length=32)
    subscription = models.ForeignKey(Subscription, null=True, on_delete=models.SET_NULL, related_name="+")
    person_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.SmallIntegerField(default=0)
    look_again_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "alerts_delivery"
        constraints = [
            models.UniqueConstraint(fields=["reminder", "phase", "channel", "mark"], name="alerts_delivery_once")
        ]
        indexes = [
            models.Index(
                fields=["channel", "look_again_at"],
                condition=models.Q(look_again_at__isnull=False),
                name="alerts_delivery_due",
            ),
        ]


class Emergency(Scope):
    """Emergency mode of one area: opened with reason and approval, until a day. It changes no rule about staff.

    `seq` counts its opening and each renewal; `Step` keeps who asked and who approved each of them.
    """

    id = models.BigAutoField(primary_key=True)
    reason = models.CharField(max_length=300)
    days = models.SmallIntegerField()
    state = models.CharField(max_length=10, default="asked")
    seq = models.SmallIntegerField(default=0)
    asks_days = models.SmallIntegerField(null=True)
    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_words = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "alerts_emergency"
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=models.Q(state__in=["asked", "open"]), name="alerts_emergency_one_an_area"
            )
        ]


class Step(models.Model):
    """Who drafted, approved, sent back, cancelled, asked, renewed or ended; only ever added.

    One person says yes once, and nobody to what they wrote themselves: see the constraints.
    """

    id = models.BigAutoField(primary_key=True)
    reminder = models.ForeignKey(Reminder, null=True, on_delete=models.PROTECT, related_name="steps")
    emergency = models.ForeignKey(Emergency, null=True, on_delete=models.PROTECT, related_name="steps")
    seq = models.SmallIntegerField(default=0)
    kind = models.CharField(max_length=10)
    person_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=16)
    at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "alerts_step"
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "person_id"],
                condition=models.Q(kind__in=["drafted", "approved"]),
                name="alerts_step_nobody_approves_twice_or_their_own",
            ),
            models.UniqueConstraint(
                fields=["emergency", "seq", "person_id"],
                condition=models.Q(kind__in=["asked", "approved"]),
                name="alerts_step_nobody_approves_what_they_asked",
            ),
        ]


class Need(models.Model):
    """What one door needs while emergency mode is on. Who lives there is sealed, and erased after the end."""

    id = models.BigAutoField(primary_key=True)
    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="needs")
    item = models.CharField(max_length=60)
    quantity = models.IntegerField()
    place = models.CharField(max_length=120, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    came_by = models.CharField(max_length=10)
    sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=10, default="open")
    told_at = models.DateTimeField()

    class Meta:
        db_table = "alerts_need"


class Supply(models.Model):
    """What somebody promised to bring to a need, and whether it was handed over: no photo, no signature."""

    id = models.BigAutoField(primary_key=True)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="supplies")
    quantity = models.IntegerField()
    promised_by = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default="promised")
    told_at = models.DateTimeField()

    class Meta:
        db_table = "alerts_supply"


class Patrol(models.Model):
    """Neighbours who walk, remind and tell. They plan their own rounds; nobody sets them one."""

    id = models.BigAutoField(primary_key=True)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alerts_patrol"


class Member(models.Model):
    """Somebody who signed up to a patrol themselves; leaving removes the row."""

    id = models.BigAutoField(primary_key=True)
    patrol = models.ForeignKey(Patrol, on_delete=models.CASCADE, related_name="members")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "alerts_member"
        constraints = [models.UniqueConstraint(fields=["patrol", "appointment"], name="alerts_member_once")]


class Round(models.Model):
    """When a patrol means to walk next, where it meets and what it reminds of. What is past is removed."""

    id = models.BigAutoField(primary_key=True)
    patrol = models.ForeignKey(Patrol, on_delete=models.CASCADE, related_name="rounds")
    begins_at = models.DateTimeField()
    meets = models.CharField(max_length=120)
    reminds = models.CharField(max_length=200)
    is_off = models.BooleanField(default=False)

    class Meta:
        db_table = "alerts_round"
        indexes = [models.Index(fields=["begins_at"], name="alerts_round_begins")]


class Going(models.Model):
    """Who means to come to a round; gone with the round, so nobody can count it."""

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="going")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "alerts_going"
        constraints = [models.UniqueConstraint(fields=["round", "member"], name="alerts_going_once")]
