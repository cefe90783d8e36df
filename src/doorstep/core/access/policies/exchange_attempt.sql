-- What receivers answered.
CREATE POLICY keeper ON exchange_attempt FOR SELECT TO door_system_admin USING (true);
CREATE POLICY machine ON exchange_attempt TO door_worker USING (true);
GRANT SELECT ON exchange_attempt TO door_system_admin;
GRANT SELECT, INSERT, DELETE ON exchange_attempt TO door_worker;
