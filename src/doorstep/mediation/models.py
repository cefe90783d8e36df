"""A mediation, its record, and what people say in it, which is sealed and stands apart so that it can be erased.

`mediation_event` is append-only, like the ledger of cases, and holds no personal data. Names, contacts, words and
signatures are sealed (`core.crypto`) and go at the end of their term. What the mediator notes in confidence has a table
of its own, which only that mediator reads.
"""

from __future__ import annotations

from django.db import models

from doorstep.areas.models import Area


class Mediation(models.Model):
    """Where a mediation stands now. `case` is the case that it came from; rooms know each other by number only."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    case = models.BigIntegerField(null=True, db_column="case_id", db_index=True)
    case_number = models.CharField(max_length=20, blank=True)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    subdistrict = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10)
    seq = models.IntegerField()
    outcome = models.CharField(max_length=10, blank=True)
    sealed_matter = models.BinaryField(null=True)
    mediator_account = models.BigIntegerField(null=True, db_index=True)
    mediator_post = models.BigIntegerField(null=True)
    mediator_name = models.CharField(max_length=60, blank=True)
    accepted_at = models.DateTimeField(null=True)
    requested_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    contacts_until = models.DateField(null=True)
    kept_until = models.DateField(null=True)

    class Meta:
        db_table = "mediation_mediation"
        indexes = [
            models.Index(fields=["community", "-requested_at"], name="mediation_of_community"),
            models.Index(fields=["subdistrict", "-requested_at"], name="mediation_of_subdistrict"),
            models.Index(fields=["county", "-requested_at"], name="mediation_of_county"),
        ]


class Event(models.Model):
    """One row of the record: who did what when, by number of party and post, never by name."""

    pk = models.CompositePrimaryKey("mediation_id", "seq")
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    move = models.CharField(max_length=10)
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by_hat = models.CharField(max_length=10)
    by_post = models.BigIntegerField(null=True)
    by_party = models.SmallIntegerField(null=True)
    facts = models.JSONField(default=dict)
    prev_hash = models.BinaryField(null=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "mediation_event"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seq=1, move="request", from_state="new", prev_hash=None)
                | (models.Q(seq__gt=1, prev_hash__isnull=False) & ~models.Q(move="request")),
                name="mediation_event_one_beginning",
            )
        ]


class Party(models.Model):
    """One side: their name, sealed, and what they have said yes to. `turn` counts their links: an old one is dead."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="parties")
    number = models.SmallIntegerField()
    sealed_name = models.BinaryField(null=True)
    is_reporter = models.BooleanField(default=False)
    turn = models.SmallIntegerField(default=1)
    opened_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    accepted_mediator_at = models.DateTimeField(null=True)
    withdrew_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mediation_party"
        constraints = [models.UniqueConstraint(fields=["mediation", "number"], name="mediation_party_once_a_number")]


class Contact(models.Model):
    """How a party is reached, sealed: for invitations and follow-ups of this mediation, and for nothing else."""

    party = models.OneToOneField(Party, primary_key=True, on_delete=models.PROTECT, related_name="contact")
    sealed = models.BinaryField()
    language = models.CharField(max_length=2, default="zh")

    class Meta:
        db_table = "mediation_contact"


class Session(models.Model):
    """A meeting: where, when, and whether it was moved or called off. Who came is not written down."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="sessions")
    place = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    minutes = models.SmallIntegerField()
    turn = models.SmallIntegerField(default=0)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        db_table = "mediation_session"


class Record(models.Model):
    """What was said and both sides agreed may be read by both; sealed."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="records")
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "mediation_record"


class Note(models.Model):
    """What one side told the mediator in confidence; sealed, read by that mediator alone, in no export, and it ends."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="notes")
    account = models.BigIntegerField()
    at = models.DateTimeField()
    sealed = models.BinaryField()
    erase_on = models.DateField(db_index=True)

    class Meta:
        db_table = "mediation_note"


class Agreement(models.Model):
    """One version of the text; the last one counts. `pdf` is the file as it was sealed, `sm2` a signature beside it."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="agreements")
    version = models.SmallIntegerField()
    made_at = models.DateTimeField()
    sealed_text = models.BinaryField()
    text_hash = models.CharField(max_length=64)
    follow_on = models.JSONField(default=list)
    sealed_at = models.DateTimeField(null=True)
    pdf = models.BinaryField(null=True)
    sm2 = models.BinaryField(null=True)

    class Meta:
        db_table = "mediation_agreement"
        constraints = [models.UniqueConstraint(fields=["mediation", "version"], name="mediation_agreement_version")]


class Signature(models.Model):
    """One hand under one version: whose (nought is the mediator's), how, under which text; the picture is sealed."""

    id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    number = models.SmallIntegerField()
    way = models.CharField(max_length=6)
    at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    sealed_hand = models.BinaryField(null=True)

    class Meta:
        db_table = "mediation_signature"
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="mediation_signed_once")]


class FollowUp(models.Model):
    """One party asked on one day whether the agreement is kept."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="follow_ups")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="follow_ups", db_index=False)
    due_on = models.DateField(db_index=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True)
    sealed_words = models.BinaryField(null=True)

    class Meta:
        db_table = "mediation_follow_up"
        constraints = [models.UniqueConstraint(fields=["party", "due_on"], name="mediation_asked_once_a_day")]


class Letter(models.Model):
    """One message to one party. The address is read when it is sent, never copied here."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letters", db_index=False)
    about = models.CharField(max_length=60)
    channel = models.CharField(max_length=16)
    message = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.SmallIntegerField(default=0)
    look_again_at = models.DateTimeField(null=True, db_index=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "mediation_letter"
        constraints = [
            models.UniqueConstraint(fields=["party", "about", "channel"], name="mediation_letter_once_a_thing")
        ]


class SealKey(models.Model):
    """The keys by which this installation seals agreements: made at first use, sealed themselves."""

    kind = models.CharField(max_length=8, primary_key=True)
    public = models.BinaryField()
    sealed_key = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_seal_key"
