-- The reporter reads what waits to be erased; only the machine erases.
CREATE POLICY own ON cases_erasure FOR SELECT TO door_follower
    USING (case_id = (SELECT current_setting('app.case')::bigint));
CREATE POLICY machine ON cases_erasure TO door_worker USING (true);
GRANT SELECT ON cases_erasure TO door_follower;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_erasure TO door_worker;
