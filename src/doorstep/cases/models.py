"""A case, its ledger, and the personal data that stand beside the ledger so that they can be erased.

`cases_event` is append-only. Its primary key, foreign keys and checks (see the migrations) refuse an illegal
move, a false start, a skipped number and a second writer, whoever asks, without locks.
"""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area, Door
from doorstep.staff.models import Unit


class Case(models.Model):
    """Where a case stands now: derived from the ledger, kept so that queues are one indexed read."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=12)
    seq = models.IntegerField()
    question = models.CharField(max_length=24, blank=True)
    is_open = models.BooleanField(default=True)
    source = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, blank=True)
    item = models.CharField(max_length=60, blank=True)
    case_class = models.CharField(max_length=8, blank=True)
    urgency = models.CharField(max_length=10, blank=True)
    sure = models.FloatField(null=True)
    county = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    subdistrict = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    grid = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    microgrid = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    door = models.ForeignKey(Door, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    place_words = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    promised_by = models.DateTimeField(null=True)
    first_contact_by = models.DateTimeField(null=True)
    holder_due_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    rung = models.SmallIntegerField(default=0, db_default=0)
    look_again_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    voices = models.IntegerField(default=0, db_default=0)
    # A complaint is kept from whom it is about: 1 the grid, 2 the community too, 3 the subdistrict too.
    kept_from = models.SmallIntegerField(default=0, db_default=0)

    report_key = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_case"
        constraints = [
            models.UniqueConstraint(
                fields=["report_key"], condition=models.Q(report_key__isnull=False), name="cases_case_reported_once"
            )
        ]


class Event(models.Model):
    """One row of the ledger. It holds no personal data: what was said is only a salted hash here."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    move = models.CharField(max_length=10)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    by_hat = models.CharField(max_length=10)
    by_post = models.BigIntegerField(null=True)
    by_unit = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    said_hash = models.BinaryField(null=True)
    prev_hash = models.BinaryField(null=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "cases_event"
        indexes = [
            # What meetings decided: few rows among many.
            models.Index(
                fields=["heard_at"], name="cases_event_of_meetings", condition=models.Q(facts__has_key="meeting")
            )
        ]


class Said(models.Model):
    """Words that belong to one row of the ledger, with the salt of their hash. Erasing deletes both."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="said", db_index=False)
    seq = models.IntegerField()
    words = models.TextField()
    salt = models.BinaryField()
    for_reporter = models.BooleanField(default=True)

    class Meta:
        db_table = "cases_said"


class Photo(models.Model):
    """A picture given with a report or a note: re-encoded, without its metadata. Never required."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="photos")
    seq = models.IntegerField()
    name = models.CharField(max_length=40, unique=True)
    image = models.BinaryField()
    thumbnail = models.BinaryField()
    width = models.IntegerField()
    height = models.IntegerField()
    salt = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        db_table = "cases_photo"


class Sound(models.Model):
    """A spoken note given with a report: kept as it was said, and heard by whoever may see its case. Never required."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sounds")
    seq = models.IntegerField()
    name = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)
    content = models.BinaryField()
    length_s = models.SmallIntegerField()
    salt = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        db_table = "cases_sound"


class Contact(models.Model):
    """How the reporter wishes to be told; handlers see only a pseudonym until they state why they need more."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="contact")
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="zh")
    erase_on = models.DateField()

    class Meta:
        db_table = "cases_contact"


class Likeness(models.Model):
    """What a report is compared by while another is written: where, when, and its words as numbers.

    Its row hangs on the words: the database erases it with them.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    seq = models.IntegerField(default=1)
    reported_at = models.DateTimeField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    grams = models.BinaryField()

    class Meta:
        db_table = "cases_likeness"


class Topic(models.Model):
    """What one community's share of a hot topic came to on one day: numbers alone, from cases and voices together.

    `key` is the same on all days and in all communities of a topic. A roll-up: no row points at a case.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.BigIntegerField()
    day = models.DateField()
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    subdistrict = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.CharField(max_length=60, blank=True)
    case_class = models.CharField(max_length=8)
    cases = models.IntegerField(default=0)
    voices = models.IntegerField(default=0)

    class Meta:
        db_table = "cases_topic"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "day", "subdistrict", "community"],
                nulls_distinct=False,
                name="cases_topic_once_a_day_and_place",
            )
        ]
        indexes = [
            models.Index(fields=["county", "day"], name="cases_topic_county"),
            models.Index(fields=["subdistrict", "day"], name="cases_topic_subdistrict"),
            models.Index(fields=["community", "day"], name="cases_topic_community"),
        ]


class Reveal(models.Model):
    """A contact was opened: by which sign-in and post, for which purpose, until when. The reporter reads it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reveals")
    account = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    unit = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=16)
    because = models.CharField(max_length=200)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "cases_reveal"


class Erasure(models.Model):
    """What a reporter asked to have erased and could not go yet; the row goes with the last of it."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="erasure")
    asked_at = models.DateTimeField()
    own_left = models.BooleanField(default=False)

    class Meta:
        db_table = "cases_erasure"


class Export(models.Model):
    """A list that somebody wants to take away: what for, who said yes, until when. The file itself is never kept."""

    id = models.BigAutoField(primary_key=True)
    county = models.BigIntegerField(null=True)
    subdistrict = models.BigIntegerField(null=True)
    community = models.BigIntegerField(null=True)
    unit = models.BigIntegerField(null=True)
    asked_by = models.BigIntegerField()
    asked_post = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    because = models.CharField(max_length=200)
    query = models.CharField(max_length=1000, blank=True)
    form = models.CharField(max_length=4)
    decision = models.CharField(max_length=10, blank=True)
    decided_by = models.BigIntegerField(null=True)
    decided_post = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField(null=True)
    fetched = models.IntegerField(default=0)

    class Meta:
        db_table = "cases_export"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="cases_export_by_another_person",
            )
        ]


class LegalMove(models.Model):
    """The database's own copy of `rules/lifecycle.py`; every row of the ledger must point at one of these."""

    pk = models.CompositePrimaryKey("move", "from_state", "to_state", "by_hat")
    move = models.CharField(max_length=10)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    by_hat = models.CharField(max_length=10)

    class Meta:
        db_table = "cases_move"


class CalendarDay(models.Model):
    """A day that the place itself has set: worked or not, whatever the calendar that ships says of it."""

    day = models.DateField(primary_key=True)
    is_worked = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "cases_calendar_day"


class CalendarChange(models.Model):
    """The calendar became another: open cases are reckoned again, some at a time, up to `reckoned_to`."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    days = models.IntegerField()
    known_until = models.DateField()
    reckoned_to = models.BigIntegerField(default=0)
    moved = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_calendar_change"


class Tally(models.Model):
    """What one community's cases of one class came to on one day: a roll-up, so that no chart counts cases.

    Of what was solved, `confirmed` says how often the reporter said so, and `unheard` how often nobody said anything.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    subdistrict = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    case_class = models.CharField(max_length=8)
    reported = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    confirmed = models.IntegerField(default=0, db_default=0)
    unheard = models.IntegerField(default=0, db_default=0)
    explained = models.IntegerField(default=0)
    out_of_scope = models.IntegerField(default=0)
    unreasonable = models.IntegerField(default=0, db_default=0)
    reopened = models.IntegerField(default=0)

    class Meta:
        db_table = "cases_tally"
        constraints = [
            models.UniqueConstraint(fields=["community", "day", "case_class"], name="cases_tally_once_a_day_and_class")
        ]
        indexes = [models.Index(fields=["county", "day"]), models.Index(fields=["subdistrict", "day"])]


class Part(models.Model):
    """A case that is one unit's part of another: who called whom, where and when they meet, how well it was done."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="part")
    whole = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    number = models.CharField(max_length=20)
    whole_number = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    caller = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    called_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    meet_at = models.DateTimeField(null=True)
    finishes = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    score = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "cases_part"


# The decision table and calls on neighbours have files of their own; Django finds models here.
from doorstep.cases.neighbour_models import Asked as Asked  # noqa: E402
from doorstep.cases.neighbour_models import NeighbourCall as NeighbourCall  # noqa: E402
from doorstep.cases.neighbour_models import Readiness as Readiness  # noqa: E402
from doorstep.cases.outside_models import OutsideLink as OutsideLink  # noqa: E402
from doorstep.cases.table_models import DispatchTable as DispatchTable  # noqa: E402
from doorstep.cases.table_models import Rehearsal as Rehearsal  # noqa: E402
from doorstep.cases.table_models import TableEdit as TableEdit  # noqa: E402
