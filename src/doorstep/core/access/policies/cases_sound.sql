-- Spoken notes are heard with their case and never changed.
CREATE POLICY seen_with_case ON cases_sound FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY added_with_case ON cases_sound FOR INSERT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower
    WITH CHECK (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY beginning ON cases_sound FOR INSERT TO door_anonymous WITH CHECK (seq = 1);
CREATE POLICY machine ON cases_sound TO door_worker USING (true);
GRANT SELECT, INSERT ON cases_sound
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower;
GRANT INSERT ON cases_sound TO door_anonymous;
GRANT SELECT, INSERT, DELETE ON cases_sound TO door_worker;
