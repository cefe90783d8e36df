"""The record of a mediation cannot be rewritten, by anybody; each row names the one before it."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER mediation_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON mediation_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_the_audit();
ALTER TABLE mediation_event ADD COLUMN before_seq integer
    GENERATED ALWAYS AS (CASE WHEN seq > 1 THEN seq - 1 END) STORED;
ALTER TABLE mediation_event ADD CONSTRAINT mediation_event_follows
    FOREIGN KEY (mediation_id, before_seq, from_state) REFERENCES mediation_event (mediation_id, seq, to_state);
"""


class Migration(migrations.Migration):
    dependencies = [("mediation", "0001_initial"), ("access", "0006_mediation")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE mediation_event ADD CONSTRAINT mediation_event_led_to UNIQUE (mediation_id, seq, to_state)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(TRIGGER, migrations.RunSQL.noop),
    ]
