-- The machine raises an alarm; the security administrator reads and answers it, the audit administrator reads it.
CREATE POLICY machine ON access_alarm TO door_worker USING (true);
CREATE POLICY security ON access_alarm TO door_security_admin USING (true);
CREATE POLICY audit ON access_alarm FOR SELECT TO door_audit_admin USING (true);
GRANT SELECT, INSERT ON access_alarm TO door_worker;
GRANT SELECT, UPDATE (answered_at, answered_by, words) ON access_alarm TO door_security_admin;
GRANT SELECT ON access_alarm TO door_audit_admin;
