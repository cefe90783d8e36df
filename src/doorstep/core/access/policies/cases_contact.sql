-- Complainant shield: a contact opens only to a desk or holder that says why; the reporter keeps and erases their own.
CREATE POLICY for_a_reason ON cases_contact FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (current_setting('app.because', true) <> '' AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY own ON cases_contact TO door_follower
    USING (case_id = (SELECT current_setting('app.case')::bigint));
CREATE POLICY beginning ON cases_contact FOR INSERT TO door_anonymous WITH CHECK (true);
CREATE POLICY machine ON cases_contact TO door_worker USING (true);
GRANT SELECT ON cases_contact TO door_community, door_subdistrict, door_county, door_grid, door_department;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_contact TO door_follower;
GRANT INSERT ON cases_contact TO door_anonymous;
GRANT SELECT, DELETE ON cases_contact TO door_worker;
