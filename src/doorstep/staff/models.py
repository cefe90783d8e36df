"""Units, posts, the people appointed to them, and how they sign in."""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area


class UnitKind(models.TextChoices):
    GRID_TEAM = "grid_team"
    COMMUNITY_DESK = "community_desk"
    SUBDISTRICT_OFFICE = "subdistrict_office"
    DEPARTMENT = "department"
    PROPERTY_COMPANY = "property_company"
    COMMAND_CENTRE = "command_centre"
    # A repair firm, a crew, an owners' agent: it has no seats and no accounts, and works by links.
    OUTSIDE = "outside"


class Unit(models.Model):
    """Whoever acts: a grid team, a desk, an office, a department, a property company, a firm from outside.

    `phone` is for anybody to call, and printed on notices.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=24, choices=UnitKind.choices)
    name = models.CharField(max_length=120)
    subject = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units")
    phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    is_on_call = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "staff_unit"
        indexes = [models.Index(fields=["area", "kind"])]


class DutyContact(models.Model):
    """How whoever is on duty for a unit is reached, sealed: by telephone, by e-mail, or both."""

    unit = models.OneToOneField(Unit, primary_key=True, on_delete=models.PROTECT, related_name="duty")
    phone = models.BinaryField(null=True)
    email = models.BinaryField(null=True)

    class Meta:
        db_table = "staff_duty_contact"


class PostKind(models.TextChoices):
    GRID_LEAD = "grid_lead"
    GRID_WORKER = "grid_worker"
    LIAISON = "liaison"
    VOLUNTEER = "volunteer"
    STAIRWELL_LEAD = "stairwell_lead"
    HUB_HOUSEHOLD = "hub_household"
    COMMUNITY_DESK = "community_desk"
    SUBDISTRICT_OFFICE = "subdistrict_office"
    DEPARTMENT = "department"
    COMMAND_CENTRE = "command_centre"
    MEDIATOR = "mediator"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


class Post(models.Model):
    """A seat in an area. `title` is the city's own word for it; empty means the usual one."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=24, choices=PostKind.choices)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60, blank=True)
    abolished_on = models.DateField(null=True)

    class Meta:
        db_table = "staff_post"
        indexes = [models.Index(fields=["area", "kind"]), models.Index(fields=["unit"])]


class Person(models.Model):
    """A member of staff, a liaison or a volunteer."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=120, blank=True)
    comes_from = models.CharField(max_length=40, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        db_table = "staff_person"


class Appointment(models.Model):
    """One person holding one post for a time; `until_on` is the first day on which it no longer holds."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "staff_appointment"
        indexes = [models.Index(fields=["post", "from_on"]), models.Index(fields=["person"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("from_on")),
                name="staff_appointment_ends_after_it_begins",
            )
        ]


class Account(models.Model):
    """How a person signs in."""

    id = models.BigAutoField(primary_key=True)
    username = models.CharField(max_length=60, unique=True)
    password = models.CharField(max_length=200)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    totp_secret = models.BinaryField(null=True)
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    password_changed_at = models.DateTimeField()
    must_change_password = models.BooleanField(default=False)
    disabled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "staff_account"


class RecoveryCode(models.Model):
    """A one-time substitute for the second factor, kept only as a hash."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    hashed = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "staff_recovery_code"
        constraints = [models.UniqueConstraint(fields=["account", "hashed"], name="staff_recovery_code_once")]


class Session(models.Model):
    """One signed-in browser. The browser holds the key; the table holds its hash."""

    id = models.BigAutoField(primary_key=True)
    key_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    second_factor = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "staff_session"
        indexes = [models.Index(fields=["account", "ended_at"])]
