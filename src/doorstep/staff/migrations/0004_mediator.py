"""The post of a mediator."""

from django.db import migrations, models

KINDS = [
    ("grid_lead", "Grid Lead"),
    ("grid_worker", "Grid Worker"),
    ("liaison", "Liaison"),
    ("volunteer", "Volunteer"),
    ("stairwell_lead", "Stairwell Lead"),
    ("hub_household", "Hub Household"),
    ("community_desk", "Community Desk"),
    ("subdistrict_office", "Subdistrict Office"),
    ("department", "Department"),
    ("command_centre", "Command Centre"),
    ("mediator", "Mediator"),
    ("system_admin", "System Admin"),
    ("security_admin", "Security Admin"),
    ("audit_admin", "Audit Admin"),
]


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_duty_contact")]
    operations = [
        migrations.AlterField(
            model_name="post",
            name="kind",
            field=models.CharField(max_length=24, choices=KINDS),
        ),
    ]
