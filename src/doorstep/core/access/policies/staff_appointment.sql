-- Who holds which seat is seen by staff; whoever keeps the seat appoints to it.
CREATE POLICY reading ON staff_appointment FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_neighbour, door_gate,
       door_system_admin, door_security_admin, door_audit_admin, door_worker USING (true);
CREATE POLICY keeping ON staff_appointment TO door_system_admin, door_worker USING (true);
CREATE POLICY community ON staff_appointment TO door_community
    USING (post_id IN (SELECT p.id FROM staff_post p JOIN areas_area a ON a.id = p.area_id
        WHERE a.community_id = (SELECT current_setting('app.org')::bigint)
        AND p.kind IN ('grid_lead', 'grid_worker', 'liaison', 'volunteer', 'stairwell_lead', 'hub_household')));
GRANT SELECT ON staff_appointment
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_neighbour, door_gate,
       door_system_admin, door_security_admin, door_audit_admin, door_worker;
GRANT INSERT, UPDATE ON staff_appointment TO door_system_admin, door_worker, door_community;
