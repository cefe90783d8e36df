"""The machine in the database: what is written to the ledger waits for the log, and the log only ever grows by one."""

from django.db import migrations

# The row waits from the moment at which it can be seen by others, whichever transaction ends first.
WAIT = """
CREATE FUNCTION proofs_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO proofs_waiting (case_id, seq) SELECT case_id, seq FROM written ORDER BY case_id, seq;
    RETURN NULL;
END $$;

CREATE TRIGGER proofs_wait AFTER INSERT ON cases_event
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION proofs_wait();
"""

GROW = """
ALTER TABLE proofs_entry
    ADD COLUMN leaf_before bigint GENERATED ALWAYS AS (NULLIF(leaf_index, 0) - 1) STORED,
    ADD CONSTRAINT proofs_entry_follows_the_one_before
        FOREIGN KEY (leaf_before) REFERENCES proofs_entry (leaf_index),
    ADD CONSTRAINT proofs_entry_counts_from_zero CHECK (leaf_index >= 0),
    ADD CONSTRAINT proofs_entry_is_a_hash CHECK (length(leaf) = 32 AND length(nodes) % 32 = 0),
    ADD CONSTRAINT proofs_entry_of_the_ledger FOREIGN KEY (case_id, seq) REFERENCES cases_event (case_id, seq);
ALTER TABLE proofs_entry ALTER COLUMN leaf SET STORAGE PLAIN, ALTER COLUMN nodes SET STORAGE MAIN;

-- No head promises more than there is.
ALTER TABLE proofs_head
    ADD COLUMN last_leaf bigint GENERATED ALWAYS AS (size - 1) STORED,
    ADD CONSTRAINT proofs_head_of_the_log FOREIGN KEY (last_leaf) REFERENCES proofs_entry (leaf_index);

CREATE UNIQUE INDEX proofs_key_one_in_use ON proofs_key ((true)) WHERE valid_until IS NULL;
ALTER TABLE proofs_key
    ADD CONSTRAINT proofs_key_destroyed_when_retired CHECK (valid_until IS NULL OR private IS NULL),
    ADD CONSTRAINT proofs_key_ends_after_it_began CHECK (valid_until >= valid_from);

CREATE TRIGGER proofs_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proofs_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_past();
CREATE TRIGGER proofs_head_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proofs_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_past();
CREATE TRIGGER proofs_key_is_kept BEFORE DELETE OR TRUNCATE ON proofs_key
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_past();
"""

# What was written before there was a log joins it in the order in which it was heard. The owner passes no policy; the
# tables are closed to it again when the policies are opened, after every migration.
CATCH_UP = """
ALTER TABLE cases_event NO FORCE ROW LEVEL SECURITY;
INSERT INTO proofs_waiting (case_id, seq) SELECT case_id, seq FROM cases_event ORDER BY heard_at, case_id, seq;
"""


class Migration(migrations.Migration):
    dependencies = [("proofs", "0001_initial"), ("cases", "0015_outside_links")]
    operations = [
        migrations.RunSQL(WAIT, migrations.RunSQL.noop),
        migrations.RunSQL(GROW, migrations.RunSQL.noop),
        migrations.RunSQL(CATCH_UP, migrations.RunSQL.noop),
    ]
