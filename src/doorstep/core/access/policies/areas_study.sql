-- What the engine works out apart is asked for and read by whoever may draw; the machine works on it.
CREATE POLICY with_community ON areas_study TO door_community, door_subdistrict, door_county
    USING (EXISTS (SELECT FROM areas_area a WHERE a.id = areas_study.community_id
        AND (SELECT current_setting('app.org')::bigint) IN (a.id, a.subdistrict_id, a.county_id)));
CREATE POLICY machine ON areas_study TO door_worker USING (true);
GRANT SELECT, INSERT ON areas_study TO door_community, door_subdistrict, door_county;
GRANT SELECT, UPDATE ON areas_study TO door_worker;
