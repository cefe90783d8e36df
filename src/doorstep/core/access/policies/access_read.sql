-- Everyone leaves a trace; only the audit administrator reads them, and nobody changes them.
CREATE POLICY trace ON access_read FOR INSERT TO {everyone} WITH CHECK (true);
CREATE POLICY audit ON access_read FOR SELECT TO door_audit_admin USING (true);
GRANT INSERT ON access_read TO {everyone};
GRANT SELECT ON access_read TO door_audit_admin;
