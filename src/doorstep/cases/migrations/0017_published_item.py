"""What anybody may list of one service, the latest first, without passing over all others."""

from django.db import migrations

INDEX = """
CREATE INDEX cases_case_published_item ON cases_case (item, reported_at DESC, id DESC)
    WHERE kept_from = 0 AND source <> 'part' AND item <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_published")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX cases_case_published_item")]
