-- A seat is public knowledge; its community fills the seats of neighbours and grids.
CREATE POLICY reading ON staff_post FOR SELECT TO {everyone} USING (true);
CREATE POLICY keeping ON staff_post TO door_system_admin, door_worker USING (true);
CREATE POLICY community ON staff_post TO door_community
    USING (kind IN ('grid_lead', 'grid_worker', 'liaison', 'volunteer', 'stairwell_lead', 'hub_household') AND area_id IN (
        SELECT a.id FROM areas_area a WHERE a.community_id = (SELECT current_setting('app.org')::bigint)));
GRANT SELECT ON staff_post TO {everyone};
GRANT INSERT, UPDATE ON staff_post TO door_system_admin, door_worker, door_community;
