-- Pieces are read and written with their plan.
CREATE POLICY reading ON areas_plan_piece FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_neighbour USING (true);
CREATE POLICY written_with_plan ON areas_plan_piece TO door_community, door_subdistrict, door_county
    USING (EXISTS (SELECT FROM areas_plan p JOIN areas_area a ON a.id = p.community_id WHERE p.id = areas_plan_piece.plan_id
        AND (SELECT current_setting('app.org')::bigint) IN (p.community_id, a.subdistrict_id, a.county_id)));
CREATE POLICY machine ON areas_plan_piece TO door_worker USING (true);
GRANT SELECT ON areas_plan_piece TO door_grid, door_department, door_neighbour;
GRANT SELECT, INSERT, UPDATE, DELETE ON areas_plan_piece TO door_community, door_subdistrict, door_county, door_worker;
