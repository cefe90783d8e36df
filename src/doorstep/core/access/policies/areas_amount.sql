-- What buildings have besides households is read by whoever may draw; the machine takes it from files and counts.
CREATE POLICY with_community ON areas_amount FOR SELECT TO door_community, door_subdistrict, door_county
    USING (EXISTS (SELECT FROM areas_area a WHERE a.id = areas_amount.community_id
        AND (SELECT current_setting('app.org')::bigint) IN (a.id, a.subdistrict_id, a.county_id)));
CREATE POLICY machine ON areas_amount TO door_worker USING (true);
GRANT SELECT ON areas_amount TO door_community, door_subdistrict, door_county;
GRANT SELECT, INSERT, UPDATE, DELETE ON areas_amount TO door_worker;
