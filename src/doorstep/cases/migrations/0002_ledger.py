"""The machine in the database: what makes the ledger append-only and every life of a case a legal one."""

from django.db import migrations

KEYS = """
ALTER TABLE cases_event
    ADD COLUMN prev_seq integer GENERATED ALWAYS AS (NULLIF(seq - 1, 0)) STORED,
    ADD CONSTRAINT cases_event_follows_key UNIQUE (case_id, seq, to_state),
    ADD CONSTRAINT cases_event_move_is_legal
        FOREIGN KEY (move, from_state, to_state, by_hat) REFERENCES cases_move (move, from_state, to_state, by_hat),
    ADD CONSTRAINT cases_event_follows_the_row_before
        FOREIGN KEY (case_id, prev_seq, from_state) REFERENCES cases_event (case_id, seq, to_state),
    ADD CONSTRAINT cases_event_one_beginning CHECK ((seq = 1) = (from_state = 'new')),
    ADD CONSTRAINT cases_event_counts_from_one CHECK (seq >= 1),
    ADD CONSTRAINT cases_event_chained CHECK ((seq = 1) = (prev_hash IS NULL)),
    ADD CONSTRAINT cases_event_heard_after_it_happened CHECK (heard_at >= happened_at - interval '5 minutes');
"""

# The text that is hashed. A proof is checked outside the database too (cases/rules/chain.py builds the same line).
LINE = """
CREATE FUNCTION cases_event_line(e cases_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('|', e.case_id, e.seq, e.move, e.from_state, e.to_state,
        (extract(epoch FROM e.happened_at) * 1000000)::bigint, (extract(epoch FROM e.heard_at) * 1000000)::bigint,
        e.by_hat, coalesce(e.by_post, 0), coalesce(e.by_unit, 0), e.facts::text,
        coalesce(encode(e.said_hash, 'hex'), ''), coalesce(encode(e.prev_hash, 'hex'), ''))
$$;

CREATE FUNCTION cases_event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq > 1 THEN
        SELECT hash INTO NEW.prev_hash FROM cases_event WHERE case_id = NEW.case_id AND seq = NEW.seq - 1;
    ELSE
        NEW.prev_hash := NULL;
    END IF;
    NEW.hash := sha256(convert_to(cases_event_line(NEW), 'UTF8'));
    RETURN NEW;
END $$;

CREATE TRIGGER cases_event_chain BEFORE INSERT ON cases_event
    FOR EACH ROW EXECUTE FUNCTION cases_event_chain();
"""

APPEND_ONLY = """
CREATE FUNCTION refuse_to_change_the_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER cases_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_past();
"""

# One index a role's queue: the bound that row-level security adds comes first, then the order of the page.
QUEUES = """
CREATE INDEX cases_case_community_queue ON cases_case (community_id, holder_due_at, id) WHERE is_open;
CREATE INDEX cases_case_subdistrict_queue ON cases_case (subdistrict_id, holder_due_at, id) WHERE is_open;
CREATE INDEX cases_case_county_queue ON cases_case (county_id, holder_due_at, id) WHERE is_open;
CREATE INDEX cases_case_grid_queue ON cases_case (grid_id, holder_due_at, id) WHERE is_open;
CREATE INDEX cases_case_holder_queue ON cases_case (holder_unit_id, holder_due_at, id) WHERE is_open;
CREATE INDEX cases_case_community_all ON cases_case (community_id, id DESC);
CREATE INDEX cases_case_subdistrict_all ON cases_case (subdistrict_id, id DESC);
CREATE INDEX cases_case_county_all ON cases_case (county_id, id DESC);
CREATE INDEX cases_case_grid_all ON cases_case (grid_id, id DESC);
CREATE INDEX cases_case_holder_all ON cases_case (holder_unit_id, id DESC);
CREATE INDEX cases_case_microgrid_open ON cases_case (microgrid_id) WHERE is_open;
CREATE INDEX cases_case_due ON cases_case (look_again_at) WHERE look_again_at IS NOT NULL;
CREATE INDEX cases_case_community_asked ON cases_case (community_id) WHERE question <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        migrations.RunSQL(LINE, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(QUEUES, migrations.RunSQL.noop),
    ]
