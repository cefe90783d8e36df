-- Special grids are set apart, changed and read by whoever may draw; the machine cuts them out.
CREATE POLICY with_community ON areas_special_grid TO door_community, door_subdistrict, door_county
    USING (EXISTS (SELECT FROM areas_area a WHERE a.id = areas_special_grid.community_id
        AND (SELECT current_setting('app.org')::bigint) IN (a.id, a.subdistrict_id, a.county_id)));
CREATE POLICY machine ON areas_special_grid TO door_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON areas_special_grid TO door_community, door_subdistrict, door_county, door_worker;
