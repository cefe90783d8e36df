-- What a plan cuts out is read and written with the plan.
CREATE POLICY with_plan ON areas_plan_special TO door_community, door_subdistrict, door_county
    USING (EXISTS (SELECT FROM areas_plan p JOIN areas_area a ON a.id = p.community_id WHERE p.id = areas_plan_special.plan_id
        AND (SELECT current_setting('app.org')::bigint) IN (p.community_id, a.subdistrict_id, a.county_id)));
CREATE POLICY machine ON areas_plan_special TO door_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON areas_plan_special TO door_community, door_subdistrict, door_county, door_worker;
