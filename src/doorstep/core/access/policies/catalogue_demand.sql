-- What is asked of the grassroots is public once it counts; what waits for the county is seen by all staff. Whoever asks
-- adds a row under their own role and may end it; the county answers what goes over the cap. Nobody removes one.
CREATE POLICY reading ON catalogue_demand FOR SELECT TO {everyone} USING (state = 'published' OR state = 'ended');
CREATE POLICY staff ON catalogue_demand FOR SELECT
    TO door_grid, door_community, door_subdistrict, door_county, door_department USING (true);
CREATE POLICY asking ON catalogue_demand FOR INSERT TO door_community, door_subdistrict, door_county, door_department
    WITH CHECK ('door_' || asked_role = current_user AND (state = 'published' OR state = 'waiting')
        AND (SELECT current_setting('app.unit')::bigint) = asked_by_id);
CREATE POLICY of_asker ON catalogue_demand FOR UPDATE TO door_community, door_subdistrict, door_county, door_department
    USING (asked_by_id = (SELECT current_setting('app.unit')::bigint)) WITH CHECK (state = 'ended');
CREATE POLICY of_county ON catalogue_demand FOR UPDATE TO door_county
    USING (state = 'waiting') WITH CHECK (state = 'published' OR state = 'sent-back');
GRANT SELECT ON catalogue_demand TO {everyone};
GRANT INSERT ON catalogue_demand TO door_community, door_subdistrict, door_county, door_department;
GRANT UPDATE (state, answer, answered_unit_id, answered_at, ended_on, ended_why) ON catalogue_demand
    TO door_community, door_subdistrict, door_county, door_department;
