-- Who opened a contact, and what for: written by whoever opens it, read by the reporter, never changed.
CREATE POLICY asked_with_case ON cases_reveal FOR INSERT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    WITH CHECK (because <> '' AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY seen_with_case ON cases_reveal FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY own ON cases_reveal FOR SELECT TO door_follower
    USING (case_id = (SELECT current_setting('app.case')::bigint));
GRANT SELECT, INSERT ON cases_reveal
    TO door_community, door_subdistrict, door_county, door_grid, door_department;
-- Which unit and what for; not which person.
GRANT SELECT (id, case_id, unit, purpose, because, at, until) ON cases_reveal TO door_follower;
