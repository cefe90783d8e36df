-- Who acts is public knowledge; the system administrator keeps the list.
CREATE POLICY reading ON staff_unit FOR SELECT TO {everyone} USING (true);
CREATE POLICY keeping ON staff_unit TO door_system_admin, door_worker USING (true);
GRANT SELECT ON staff_unit TO {everyone};
GRANT INSERT, UPDATE ON staff_unit TO door_system_admin, door_worker;
