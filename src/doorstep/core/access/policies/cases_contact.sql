-- Complainant shield: a contact opens only to a desk or holder whose row in cases_reveal says what for; the reporter
-- keeps and erases their own.
CREATE POLICY for_a_purpose ON cases_contact FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (EXISTS (SELECT FROM cases_reveal r
        WHERE r.case_id = cases_contact.case_id AND r.id::text = current_setting('app.because', true)));
CREATE POLICY own ON cases_contact TO door_follower
    USING (case_id = (SELECT current_setting('app.case')::bigint));
CREATE POLICY beginning ON cases_contact FOR INSERT TO door_anonymous WITH CHECK (true);
CREATE POLICY machine ON cases_contact TO door_worker USING (true);
GRANT SELECT ON cases_contact TO door_community, door_subdistrict, door_county, door_grid, door_department;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_contact TO door_follower;
GRANT INSERT ON cases_contact TO door_anonymous;
GRANT SELECT, DELETE ON cases_contact TO door_worker;
