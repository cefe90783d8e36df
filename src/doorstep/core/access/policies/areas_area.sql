-- The territory is public knowledge and holds no personal data. A community desk changes what lies in its
-- community, a county what lies in the county; the machine loads files.
CREATE POLICY reading ON areas_area FOR SELECT TO {everyone} USING (true);
CREATE POLICY community_writes ON areas_area FOR INSERT TO door_community
    WITH CHECK (community_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY community_changes ON areas_area FOR UPDATE TO door_community
    USING (community_id = (SELECT current_setting('app.org')::bigint));
-- A subdistrict changes no area; it holds the row of a community while it changes the plans there, which asks for this.
CREATE POLICY subdistrict_holds ON areas_area FOR UPDATE TO door_subdistrict
    USING (level = 'community' AND subdistrict_id = (SELECT current_setting('app.org')::bigint))
    WITH CHECK (false);
CREATE POLICY county_writes ON areas_area FOR INSERT TO door_county
    WITH CHECK (community_id IN (SELECT a.id FROM areas_area a WHERE a.county_id = (SELECT current_setting('app.org')::bigint)));
CREATE POLICY county_changes ON areas_area FOR UPDATE TO door_county
    USING (community_id IN (SELECT a.id FROM areas_area a WHERE a.county_id = (SELECT current_setting('app.org')::bigint)));
CREATE POLICY machine ON areas_area TO door_worker USING (true);
GRANT SELECT ON areas_area TO {everyone};
GRANT INSERT, UPDATE ON areas_area TO door_community, door_county;
GRANT UPDATE (is_sample) ON areas_area TO door_subdistrict;
GRANT INSERT, UPDATE, DELETE ON areas_area TO door_worker;
