-- Everyone leaves a trace; only the audit administrator reads them, and nobody changes them.
CREATE POLICY trace ON access_deed FOR INSERT TO {everyone} WITH CHECK (true);
CREATE POLICY audit ON access_deed FOR SELECT TO door_audit_admin USING (true);
GRANT INSERT ON access_deed TO {everyone};
GRANT SELECT ON access_deed TO door_audit_admin;
