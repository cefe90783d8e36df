-- Which days are worked is public knowledge; the command centre and the system administrator set them.
CREATE POLICY known ON cases_calendar_day FOR SELECT TO {everyone} USING (true);
CREATE POLICY set ON cases_calendar_day TO door_county, door_system_admin USING (true);
GRANT SELECT ON cases_calendar_day TO {everyone};
GRANT INSERT, UPDATE, DELETE ON cases_calendar_day TO door_county, door_system_admin;
