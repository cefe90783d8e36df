import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0004_studies"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpecialGrid",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("name", models.CharField(max_length=120)),
                ("led_by", models.CharField(max_length=120)),
                ("department", models.CharField(max_length=120)),
                ("shape", models.BinaryField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("by_post", models.BigIntegerField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="special_grids", to="areas.area"
                    ),
                ),
            ],
            options={
                "db_table": "areas_special_grid",
            },
        ),
        migrations.CreateModel(
            name="PlanSpecial",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=15)),
                ("name", models.CharField(max_length=120)),
                ("households", models.IntegerField()),
                ("buildings", models.IntegerField()),
                ("outline", models.BinaryField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="specials", to="areas.plan"
                    ),
                ),
                (
                    "special",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.specialgrid"
                    ),
                ),
            ],
            options={
                "db_table": "areas_plan_special",
            },
        ),
        migrations.AddConstraint(
            model_name="specialgrid",
            constraint=models.UniqueConstraint(fields=("community", "number"), name="areas_special_grid_number_once"),
        ),
        migrations.AddConstraint(
            model_name="planspecial",
            constraint=models.UniqueConstraint(fields=("plan", "code"), name="areas_plan_special_code_once"),
        ),
    ]
