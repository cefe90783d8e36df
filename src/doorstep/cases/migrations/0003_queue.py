"""What a desk's queue is ordered by, and what its search looks into."""

from django.db import migrations

# Whoever has to act next is due at this moment: a holder when its time runs out, a reporter when the waiting for an
# answer ends. What nobody holds waits for a desk, and has been waiting since it was reported.
NEXT_DUE = """
ALTER TABLE cases_case ADD COLUMN next_due_at timestamptz GENERATED ALWAYS AS (
    CASE WHEN state IN ('done', 'verified') THEN coalesce(look_again_at, reported_at)
         ELSE coalesce(holder_due_at, reported_at) END) STORED;
"""

# One index a role's queue: the bound that row-level security adds comes first, then the order of the page. A case
# that is not yet known to lie anywhere costs the index nothing.
QUEUES = """
DROP INDEX cases_case_community_queue, cases_case_subdistrict_queue, cases_case_county_queue, cases_case_grid_queue,
    cases_case_holder_queue, cases_case_community_asked;
CREATE INDEX cases_case_community_queue ON cases_case (community_id, next_due_at, id)
    WHERE is_open AND community_id IS NOT NULL;
CREATE INDEX cases_case_subdistrict_queue ON cases_case (subdistrict_id, next_due_at, id)
    WHERE is_open AND subdistrict_id IS NOT NULL;
CREATE INDEX cases_case_county_queue ON cases_case (county_id, next_due_at, id)
    WHERE is_open AND county_id IS NOT NULL;
CREATE INDEX cases_case_grid_queue ON cases_case (grid_id, next_due_at, id)
    WHERE is_open AND grid_id IS NOT NULL;
CREATE INDEX cases_case_holder_queue ON cases_case (holder_unit_id, next_due_at, id)
    WHERE is_open AND holder_unit_id IS NOT NULL;
CREATE INDEX cases_case_community_asked ON cases_case (community_id, next_due_at, id) WHERE question <> '';
CREATE INDEX cases_case_subdistrict_asked ON cases_case (subdistrict_id, next_due_at, id) WHERE question <> '';
CREATE INDEX cases_case_county_asked ON cases_case (county_id, next_due_at, id) WHERE question <> '';
"""

# Every two neighbouring characters of a report, so that a Chinese word of two characters is found by an index. They
# are a column of the row that holds the words: erasing the words erases them.
GRAMS = """
CREATE FUNCTION cases_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(regexp_replace(normalize(left(words, 400), NFKC), '\\s+', '', 'g'))
$$;

CREATE FUNCTION cases_grams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(p.plain, i, 2)), '{}')
    FROM (SELECT public.cases_plain(words) AS plain) p, generate_series(1, length(p.plain) - 1) i
$$;

ALTER TABLE cases_said
    ADD COLUMN grams text[] GENERATED ALWAYS AS (CASE WHEN seq = 1 THEN cases_grams(words) END) STORED;

CREATE INDEX cases_said_grams ON cases_said USING gin (grams) WHERE seq = 1;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_ledger")]
    operations = [
        migrations.RunSQL(NEXT_DUE, migrations.RunSQL.noop),
        migrations.RunSQL(QUEUES, migrations.RunSQL.noop),
        migrations.RunSQL(GRAMS, migrations.RunSQL.noop),
    ]
