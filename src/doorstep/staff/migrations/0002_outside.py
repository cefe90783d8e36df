"""Units from outside, which have no accounts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("grid_team", "Grid Team"),
                    ("community_desk", "Community Desk"),
                    ("subdistrict_office", "Subdistrict Office"),
                    ("department", "Department"),
                    ("property_company", "Property Company"),
                    ("command_centre", "Command Centre"),
                    ("outside", "Outside"),
                ],
                max_length=24,
            ),
        ),
    ]
