"""Pauses, the ladder, and the days that a place sets itself."""

from django.db import migrations, models

# Whatever is held is looked at once, so that its clock knows when to look again. The owner passes no policy: for this
# statement the table is not closed to it; it is closed again when the policies are opened, after every migration.
LOOK_AT_WHAT_IS_HELD = """
ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;
UPDATE cases_case SET look_again_at = now() WHERE is_open AND state IN ('dispatched', 'taken');
"""

# The few that have come up to a desk, in the order of its queue.
PRESSED = """
CREATE INDEX cases_case_community_pressed ON cases_case (community_id, next_due_at, id) WHERE is_open AND rung >= 3;
CREATE INDEX cases_case_subdistrict_pressed ON cases_case (subdistrict_id, next_due_at, id) WHERE is_open AND rung >= 4;
CREATE INDEX cases_case_county_pressed ON cases_case (county_id, next_due_at, id) WHERE is_open AND rung >= 5;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_shield_exports")]
    operations = [
        migrations.AddField("case", "paused_until", models.DateTimeField(null=True)),
        migrations.AddField("case", "rung", models.SmallIntegerField(db_default=0, default=0)),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("is_worked", models.BooleanField()),
                ("name", models.CharField(blank=True, max_length=60)),
            ],
            options={"db_table": "cases_calendar_day"},
        ),
        migrations.CreateModel(
            name="CalendarChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("days", models.IntegerField()),
                ("known_until", models.DateField()),
                ("reckoned_to", models.BigIntegerField(default=0)),
                ("moved", models.IntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "cases_calendar_change"},
        ),
        migrations.RunSQL(LOOK_AT_WHAT_IS_HELD, migrations.RunSQL.noop),
        migrations.RunSQL(PRESSED, migrations.RunSQL.noop),
    ]
