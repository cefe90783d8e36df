-- What was told is seen with its case; only the machine writes and sends.
CREATE POLICY seen_with_case ON notices_notice FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY machine ON notices_notice TO door_worker USING (true);
GRANT SELECT ON notices_notice
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower;
GRANT SELECT, INSERT, UPDATE ON notices_notice TO door_worker;
