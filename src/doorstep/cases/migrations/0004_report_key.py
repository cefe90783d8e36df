"""A form that is sent twice makes one case; and those who joined a case are found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_queue")]
    operations = [
        migrations.AddField("case", "report_key", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                fields=["report_key"],
                condition=models.Q(report_key__isnull=False),
                name="cases_case_reported_once",
            ),
        ),
        migrations.RunSQL(
            "CREATE INDEX cases_case_voices ON cases_case (merged_into_id) WHERE merged_into_id IS NOT NULL",
            "DROP INDEX cases_case_voices",
        ),
    ]
