import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0005_special_grids"),
    ]

    operations = [
        migrations.CreateModel(
            name="Amount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("amount", models.FloatField()),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="areas.building"
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
                    ),
                ),
            ],
            options={
                "db_table": "areas_amount",
            },
        ),
        migrations.AddConstraint(
            model_name="amount",
            constraint=models.UniqueConstraint(
                fields=("community", "name", "building"), name="areas_amount_of_a_building_once"
            ),
        ),
    ]
