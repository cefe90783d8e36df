-- Names of colleagues are seen by those who work with them, never by the public.
CREATE POLICY reading ON staff_person FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department, door_neighbour, door_gate,
       door_system_admin, door_security_admin, door_audit_admin, door_worker USING (true);
CREATE POLICY keeping ON staff_person TO door_system_admin, door_worker, door_community USING (true);
GRANT SELECT ON staff_person TO door_community, door_subdistrict, door_county, door_system_admin, door_worker;
GRANT SELECT (id, name, is_invented) ON staff_person
    TO door_grid, door_department, door_neighbour, door_gate, door_security_admin, door_audit_admin;
GRANT INSERT, UPDATE ON staff_person TO door_system_admin, door_worker, door_community;
