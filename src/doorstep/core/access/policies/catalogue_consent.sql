-- What grids agreed to is public; what is still asked is seen by all staff. Whoever asks adds a row under their own role;
-- whom it concerns answers or ends it. Nobody removes one.
CREATE POLICY reading ON catalogue_consent FOR SELECT TO {everyone} USING (state = 'consented' OR state = 'ended');
CREATE POLICY staff ON catalogue_consent FOR SELECT
    TO door_grid, door_community, door_subdistrict, door_county, door_department USING (true);
CREATE POLICY asking ON catalogue_consent FOR INSERT TO door_community, door_subdistrict, door_county, door_department
    WITH CHECK ('door_' || asked_role = current_user AND state = 'asked'
        AND (SELECT current_setting('app.unit')::bigint) = asked_by_id);
CREATE POLICY of_grid ON catalogue_consent FOR UPDATE TO door_grid
    USING (grid_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY of_community ON catalogue_consent FOR UPDATE TO door_community
    USING (community_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY of_asker ON catalogue_consent FOR UPDATE TO door_subdistrict, door_county, door_department
    USING (asked_by_id = (SELECT current_setting('app.unit')::bigint));
CREATE POLICY machine ON catalogue_consent FOR SELECT TO door_worker USING (true);
GRANT SELECT ON catalogue_consent TO {everyone};
GRANT INSERT ON catalogue_consent TO door_community, door_subdistrict, door_county, door_department;
GRANT UPDATE ON catalogue_consent TO door_grid, door_community, door_subdistrict, door_county, door_department;
