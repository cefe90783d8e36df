-- Pictures are seen with their case and never changed.
CREATE POLICY seen_with_case ON cases_photo FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower, door_outside
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY added_with_case ON cases_photo FOR INSERT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower, door_outside
    WITH CHECK (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY beginning ON cases_photo FOR INSERT TO door_anonymous WITH CHECK (seq = 1);
CREATE POLICY machine ON cases_photo TO door_worker USING (true);
GRANT SELECT, INSERT ON cases_photo
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower,
    door_outside;
GRANT INSERT ON cases_photo TO door_anonymous;
GRANT SELECT, INSERT, DELETE ON cases_photo TO door_worker;
