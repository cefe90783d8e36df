-- Who was given a link is seen with the case; its secret's hash by nobody but the machine, which alone writes here.
CREATE POLICY seen_with_case ON cases_outside_link FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY own ON cases_outside_link FOR SELECT TO door_outside
    USING (id = (SELECT current_setting('app.link')::bigint)
        AND case_id = (SELECT current_setting('app.case')::bigint)
        AND unit_id = (SELECT current_setting('app.unit')::bigint));
CREATE POLICY machine ON cases_outside_link TO door_worker USING (true);
GRANT SELECT (id, case_id, unit_id, given_unit_id, given_post, given_at, until, opened_at, ended_at, ended_because)
    ON cases_outside_link
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_outside;
GRANT SELECT, INSERT, UPDATE ON cases_outside_link TO door_worker;
