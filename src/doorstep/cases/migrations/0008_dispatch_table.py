"""The decision table: versions with their dates, every change of a draft, and rehearsals."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_voices")]

    operations = [
        migrations.CreateModel(
            name="DispatchTable",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("discarded", "Discarded")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("rows", models.JSONField(default=list)),
                ("next_row", models.IntegerField(default=1)),
                ("seq", models.IntegerField(default=0)),
                ("based_on", models.IntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("from_on", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("published_by_role", models.CharField(blank=True, max_length=16)),
                ("published_by_post", models.BigIntegerField(null=True)),
                ("published_by_account", models.BigIntegerField(null=True)),
                (
                    "county",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"),
                ),
            ],
            options={
                "db_table": "cases_dispatch_table",
            },
        ),
        migrations.CreateModel(
            name="Rehearsal",
            fields=[
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("working", "Working"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("by_role", models.CharField(max_length=16)),
                ("by_post", models.BigIntegerField(null=True)),
                ("by_account", models.BigIntegerField(null=True)),
                ("began_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("stage", models.CharField(blank=True, max_length=24)),
                ("part", models.FloatField(default=0.0)),
                ("answer", models.JSONField(null=True)),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table_seq", models.IntegerField()),
                ("since", models.DateField()),
                ("until", models.DateField()),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rehearsals", to="cases.dispatchtable"
                    ),
                ),
            ],
            options={
                "db_table": "cases_rehearsal",
            },
        ),
        migrations.CreateModel(
            name="TableEdit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=10)),
                ("row", models.IntegerField(null=True)),
                ("by_role", models.CharField(max_length=16)),
                ("by_post", models.BigIntegerField(null=True)),
                ("by_account", models.BigIntegerField(null=True)),
                ("before", models.JSONField()),
                ("is_undone", models.BooleanField(default=False)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="edits", to="cases.dispatchtable"
                    ),
                ),
            ],
            options={
                "db_table": "cases_dispatch_edit",
            },
        ),
        migrations.AddConstraint(
            model_name="dispatchtable",
            constraint=models.UniqueConstraint(fields=("county", "version"), name="cases_dispatch_table_version_once"),
        ),
        migrations.AddConstraint(
            model_name="dispatchtable",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("county",),
                name="cases_dispatch_table_one_draft_a_county",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchtable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True), ("from_on__isnull", False), _connector="OR"
                ),
                name="cases_dispatch_table_published_from_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="rehearsal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "working"])),
                fields=("table",),
                name="cases_rehearsal_one_open_a_table",
            ),
        ),
        migrations.AddConstraint(
            model_name="tableedit",
            constraint=models.UniqueConstraint(fields=("table", "seq"), name="cases_dispatch_edit_seq_once"),
        ),
    ]
