-- The ledger is seen with its case, and written under the hat that the role may wear. Nobody changes a row.
CREATE POLICY seen_with_case ON cases_event FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY desk ON cases_event FOR INSERT TO door_community, door_subdistrict, door_county
    WITH CHECK (by_hat IN ('desk', 'holder') AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY holder ON cases_event FOR INSERT TO door_grid, door_department
    WITH CHECK (by_hat = 'holder' AND EXISTS (
        SELECT FROM cases_case c WHERE c.id = case_id
        AND c.holder_unit_id = (SELECT current_setting('app.unit')::bigint)));
CREATE POLICY reporter ON cases_event FOR INSERT TO door_follower
    WITH CHECK (by_hat = 'reporter' AND case_id = (SELECT current_setting('app.case')::bigint));
CREATE POLICY beginning ON cases_event FOR INSERT TO door_anonymous WITH CHECK (seq = 1 AND by_hat = 'anyone');
CREATE POLICY machine_reads ON cases_event FOR SELECT TO door_worker USING (true);
CREATE POLICY machine_moves ON cases_event FOR INSERT TO door_worker WITH CHECK (by_hat = 'machine');
GRANT SELECT, INSERT ON cases_event
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower, door_worker;
GRANT INSERT ON cases_event TO door_anonymous;
