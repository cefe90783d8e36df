"""The territory: areas, buildings, doors, and districting plans with their dates.

Geometry is kept as WKB in WGS 84 (degrees) for reading, and as `x`, `y` in the projected metres of
`core.geometry` for windows; the database's own `point` is never given degrees.
"""

from __future__ import annotations

from django.db import models

from doorstep.core import studies


class Level(models.TextChoices):
    COUNTY = "county"
    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"
    GRID = "grid"
    SPECIAL_GRID = "special_grid"
    MICROGRID = "microgrid"


class Area(models.Model):
    """A node of the territory tree. `valid_until` is None while the area is in force."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=17)
    level = models.CharField(max_length=16, choices=Level.choices)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    county = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    subdistrict = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey("Plan", null=True, on_delete=models.PROTECT, related_name="areas")
    outline = models.BinaryField(null=True)
    households = models.IntegerField(null=True)
    households_basis = models.CharField(max_length=16, blank=True)
    is_sample = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        db_table = "areas_area"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_until=None), name="areas_area_code_in_force_once"
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "code"]),
            models.Index(fields=["community", "level"]),
            models.Index(fields=["level", "code"]),
        ]


class Building(models.Model):
    """A building with its footprint and how many households it is thought to hold, and on what basis."""

    id = models.BigAutoField(primary_key=True)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="buildings")
    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=80)
    name = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=240, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    compound = models.CharField(max_length=120, blank=True)
    footprint = models.BinaryField()
    lon = models.FloatField()
    lat = models.FloatField()
    x = models.FloatField()
    y = models.FloatField()
    floors = models.IntegerField(null=True)
    entrances = models.IntegerField(null=True)
    dwellings = models.IntegerField(default=0)
    dwellings_basis = models.CharField(max_length=16, blank=True)
    dwellings_rule = models.JSONField(null=True)
    lived_in = models.IntegerField(null=True)
    lived_in_basis = models.CharField(max_length=16, blank=True)
    lived_in_rule = models.JSONField(null=True)
    imported_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "areas_building"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "source", "source_id"], name="areas_building_source_once_a_community"
            ),
        ]


class Amount(models.Model):
    """What a building has of something that micro-grids may be asked to share evenly (`areas.amounts`).

    It stands apart from the building, which everybody may read: how many are over 60 behind one door is not for all.
    """

    id = models.BigAutoField(primary_key=True)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    amount = models.FloatField()

    class Meta:
        db_table = "areas_amount"
        constraints = [
            models.UniqueConstraint(fields=["community", "name", "building"], name="areas_amount_of_a_building_once"),
        ]


class SpecialGrid(models.Model):
    """A place that is run as a grid of its own: a hospital, a school, a market. Its ground is cut out of every plan.

    `number` is that of its code, its own for ever (`areas.rules.codes.special_grid_code`). The place and its trade
    department lead it together. `until_on` is None while it is one.
    """

    id = models.BigAutoField(primary_key=True)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="special_grids")
    number = models.IntegerField()
    name = models.CharField(max_length=120)
    led_by = models.CharField(max_length=120)
    department = models.CharField(max_length=120)
    shape = models.BinaryField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    by_post = models.BigIntegerField(null=True)

    class Meta:
        db_table = "areas_special_grid"
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="areas_special_grid_number_once"),
        ]


class BaseMapFeature(models.Model):
    """A road, a stretch of water, a green: what the map is drawn upon, and what a piece should not cross."""

    id = models.BigAutoField(primary_key=True)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    source_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=160, blank=True)
    is_barrier = models.BooleanField(default=False)
    shape = models.BinaryField()

    class Meta:
        db_table = "areas_base_map_feature"
        constraints = [
            models.UniqueConstraint(fields=["community", "source_id"], name="areas_base_map_source_once"),
        ]


class PlanState(models.TextChoices):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    IN_FORCE = "in_force"
    PAST = "past"
    DISCARDED = "discarded"


OPEN_STATES = frozenset({PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED})
"""A plan that binds nobody yet and is not thrown away: it can be changed, and is a draft again when it is."""


class Plan(models.Model):
    """One result of districting a community, in force from a day until the next."""

    id = models.BigAutoField(primary_key=True)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(max_length=16, choices=PlanState.choices, default=PlanState.DRAFT)
    settings = models.JSONField()
    report = models.JSONField()
    made_at = models.DateTimeField()
    made_by_post = models.BigIntegerField(null=True)
    made_by_account = models.BigIntegerField(null=True)
    made_by_role = models.CharField(max_length=16, blank=True)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    ground = models.BinaryField(null=True)
    """Who touches whom, and in which micro-grid each atom was when the plan was drawn (`areas.grounds`)."""

    class Meta:
        db_table = "areas_plan"
        indexes = [models.Index(fields=["community", "state"])]


class PlanPiece(models.Model):
    """One micro-grid of a plan, draft or in force, with its polygon."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="pieces")
    grid_number = models.IntegerField()
    microgrid_number = models.IntegerField()
    code = models.CharField(max_length=17)
    households = models.IntegerField()
    certificate = models.JSONField(null=True)
    outline = models.BinaryField()
    cost = models.FloatField(null=True)
    parts = models.IntegerField(default=1)

    class Meta:
        db_table = "areas_plan_piece"
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="areas_plan_piece_code_once")]


class PlanSpecial(models.Model):
    """A special grid as one plan cuts it out, draft or in force; it has no micro-grids."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="specials")
    special = models.ForeignKey(SpecialGrid, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=15)
    name = models.CharField(max_length=120)
    households = models.IntegerField()
    buildings = models.IntegerField()
    outline = models.BinaryField()

    class Meta:
        db_table = "areas_plan_special"
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="areas_plan_special_code_once")]


class PlanAtom(models.Model):
    """Which building, entrance or band of floors belongs to which piece of a plan.

    `position` numbers the atoms of a plan, and never changes; `cell` is the ground of one with households.
    """

    id = models.BigAutoField(primary_key=True)
    position = models.IntegerField(default=0)
    piece = models.ForeignKey(PlanPiece, on_delete=models.CASCADE, related_name="atoms")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="+")
    entrance = models.IntegerField(null=True)
    floor_from = models.IntegerField(null=True)
    floor_to = models.IntegerField(null=True)
    households = models.IntegerField()
    cell = models.BinaryField(null=True)

    class Meta:
        db_table = "areas_plan_atom"


class StepKind(models.TextChoices):
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    LOCK = "lock"
    UNLOCK = "unlock"
    UNDO = "undo"
    REDO = "redo"
    KEEP = "keep"


class PlanStep(models.Model):
    """One step by which a person changed a draft. Steps are only ever added: the pieces are what their replay gives.

    `facts` of a move, split or merge: the positions of the atoms, the codes of the micro-grids `from` and `to`; of an
    undo or redo, the `step` meant; of a keep, the `reason`.
    """

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    seq = models.IntegerField()
    at = models.DateTimeField()
    by_post = models.BigIntegerField(null=True)
    by_account = models.BigIntegerField(null=True)
    by_role = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=8, choices=StepKind.choices)
    facts = models.JSONField()

    class Meta:
        db_table = "areas_plan_step"
        constraints = [models.UniqueConstraint(fields=["plan", "seq"], name="areas_plan_step_seq_once")]


class ApprovalKind(models.TextChoices):
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    CHANGE = "change"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    DISCARD = "discard"


class ApprovalStep(models.Model):
    """One step of a plan from draft to publication. Steps are only ever added; the plan's state is what they led to.

    `digest` names the pieces and the report that were submitted or approved (`areas.approvals.digest_of`), and `report`
    is that report. `is_own` marks an approval by the very desk that drew, because nobody is above it.
    """

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="approval_steps")
    seq = models.IntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=ApprovalKind.choices)
    by_role = models.CharField(max_length=16)
    by_post = models.BigIntegerField(null=True)
    by_account = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    report = models.JSONField(null=True)
    is_own = models.BooleanField(default=False)

    class Meta:
        db_table = "areas_approval_step"
        constraints = [models.UniqueConstraint(fields=["plan", "seq"], name="areas_approval_step_seq_once")]


class Door(models.Model):
    """An entrance or station whose QR code residents scan. A code names an entrance, never a flat."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=160)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, null=True, on_delete=models.PROTECT, related_name="+")
    lon = models.FloatField()
    lat = models.FloatField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "areas_door"
        indexes = [models.Index(fields=["community"])]


class StudyKind(models.TextChoices):
    DRAFT = "draft"
    TRADES = "trades"


class Study(studies.Study):
    """Something the districting engine works out apart from the pages: a slow draft, or what each weight costs.

    A worker takes it, says how far it has come, and leaves the answer; a community has one open at a time. `mark` is
    the question's; `answer` holds the measures, or the words of a refusal.
    """

    id = models.BigAutoField(primary_key=True)
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=StudyKind.choices)
    wishes = models.JSONField()
    mark = models.CharField(max_length=32)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "areas_study"
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=models.Q(state__in=list(studies.OPEN)),
                name="areas_study_one_open_a_community",
            ),
        ]
