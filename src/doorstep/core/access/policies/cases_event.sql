-- The ledger is seen with its case, and written under the hat that the role may wear. Nobody changes a row.
CREATE POLICY seen_with_case ON cases_event FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower, door_outside
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY desk ON cases_event FOR INSERT TO door_community, door_subdistrict, door_county
    WITH CHECK (by_hat IN ('desk', 'holder') AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY holder ON cases_event FOR INSERT TO door_grid, door_department
    WITH CHECK (by_hat = 'holder' AND EXISTS (
        SELECT FROM cases_case c WHERE c.id = case_id
        AND c.holder_unit_id = (SELECT current_setting('app.unit')::bigint)));
CREATE POLICY reporter ON cases_event FOR INSERT TO door_follower
    WITH CHECK (by_hat = 'reporter' AND case_id = (SELECT current_setting('app.case')::bigint));
-- An outside handler takes the case, writes notes, does it, or says that it is not theirs: for its unit, by its link.
CREATE POLICY outside ON cases_event FOR INSERT TO door_outside
    WITH CHECK (by_hat = 'holder' AND move IN ('take', 'note', 'do', 'decline') AND by_post IS NULL
        AND by_unit = (SELECT current_setting('app.unit')::bigint)
        AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id)
        AND EXISTS (SELECT FROM cases_outside_link l WHERE l.case_id = cases_event.case_id
            AND to_jsonb(l.id) = facts -> 'link'));
CREATE POLICY beginning ON cases_event FOR INSERT TO door_anonymous WITH CHECK (seq = 1 AND by_hat = 'anyone');
CREATE POLICY machine_reads ON cases_event FOR SELECT TO door_worker USING (true);
CREATE POLICY machine_moves ON cases_event FOR INSERT TO door_worker WITH CHECK (by_hat = 'machine');
GRANT SELECT, INSERT ON cases_event
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower,
    door_outside, door_worker;
GRANT INSERT ON cases_event TO door_anonymous;
