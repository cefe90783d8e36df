-- A plan is made by the desk of its community or of a level above it, and read by staff.
CREATE POLICY reading ON areas_plan FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_neighbour USING (true);
CREATE POLICY community ON areas_plan TO door_community
    USING (community_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY subdistrict ON areas_plan TO door_subdistrict
    USING (community_id IN (SELECT a.id FROM areas_area a
        WHERE a.subdistrict_id = (SELECT current_setting('app.org')::bigint)));
CREATE POLICY county ON areas_plan TO door_county
    USING (community_id IN (SELECT a.id FROM areas_area a WHERE a.county_id = (SELECT current_setting('app.org')::bigint)));
CREATE POLICY machine ON areas_plan TO door_worker USING (true);
GRANT SELECT ON areas_plan TO door_grid, door_department, door_neighbour;
GRANT SELECT, INSERT, UPDATE ON areas_plan TO door_community, door_subdistrict, door_county, door_worker;
