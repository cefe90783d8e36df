-- A rehearsal is asked for and read by whoever writes the table; the machine works on it.
CREATE POLICY with_table ON cases_rehearsal TO door_subdistrict, door_county
    USING (EXISTS (SELECT FROM cases_dispatch_table t
        WHERE t.id = table_id AND t.county_id IN (SELECT coalesce(a.county_id, a.id) FROM areas_area a
            WHERE a.id = (SELECT current_setting('app.org')::bigint))));
CREATE POLICY machine ON cases_rehearsal TO door_worker USING (true);
GRANT SELECT, INSERT ON cases_rehearsal TO door_subdistrict, door_county;
GRANT SELECT, UPDATE ON cases_rehearsal TO door_worker;
