"""What anybody may list, by time and by place; and the ledger by time, in which rows lie as they were heard."""

from django.db import migrations

INDEXES = """
CREATE INDEX cases_case_published ON cases_case (reported_at DESC, id DESC)
    WHERE kept_from = 0 AND source <> 'part' AND item <> '';
CREATE INDEX cases_case_published_near ON cases_case (microgrid_id, reported_at DESC)
    WHERE kept_from = 0 AND source <> 'part' AND item <> '';
CREATE INDEX cases_event_heard ON cases_event USING brin (heard_at);
"""
BACK = "DROP INDEX cases_case_published, cases_case_published_near, cases_event_heard;"


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_outside_links")]

    operations = [migrations.RunSQL(INDEXES, BACK)]
