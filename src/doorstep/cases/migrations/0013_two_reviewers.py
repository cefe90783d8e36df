"""Whoever has spoken on a proposal that a case is unreasonable does not speak on it again, whatever writes the row."""

from django.db import migrations

# A review names its proposal and bears the mark of its speaker. Rows older than marks stay as they are.
ONCE = """
ALTER TABLE cases_event ADD CONSTRAINT cases_event_review_is_marked
    CHECK (NOT facts ? 'review' OR (facts ? 'proposal' AND facts ? 'speaker' AND by_post IS NOT NULL)) NOT VALID;
CREATE UNIQUE INDEX cases_event_each_speaks_once ON cases_event (case_id, (facts->>'proposal'), (facts->>'speaker'))
    WHERE facts ? 'speaker';
CREATE UNIQUE INDEX cases_event_each_post_speaks_once ON cases_event (case_id, (facts->>'proposal'), by_post)
    WHERE facts ? 'speaker';
"""

FORGET = """
DROP INDEX cases_event_each_post_speaks_once;
DROP INDEX cases_event_each_speaks_once;
ALTER TABLE cases_event DROP CONSTRAINT cases_event_review_is_marked;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_neighbours")]
    operations = [migrations.RunSQL(ONCE, FORGET)]
