-- Everyone leaves a trace, and nobody changes one. The audit administrator reads them; a reporter reads which posts
-- opened their own case; the machine reads them to notice views in bulk.
CREATE POLICY trace ON access_read FOR INSERT TO {everyone} WITH CHECK (true);
CREATE POLICY audit ON access_read FOR SELECT TO door_audit_admin USING (true);
CREATE POLICY own_case ON access_read FOR SELECT TO door_follower
    USING (what = 'case' AND subject = (SELECT current_setting('app.case')::bigint));
CREATE POLICY watching ON access_read FOR SELECT TO door_worker USING (true);
GRANT INSERT ON access_read TO {everyone};
GRANT SELECT ON access_read TO door_audit_admin, door_worker;
-- Which post and when; not which person.
GRANT SELECT (id, at, role, post, what, subject) ON access_read TO door_follower;
