-- Only the sign-in page reads secrets. The system administrator opens accounts, the security administrator locks
-- and unlocks them; neither reads a password or a second factor.
CREATE POLICY gate ON staff_account TO door_gate USING (true);
CREATE POLICY administrators ON staff_account TO door_system_admin, door_security_admin, door_worker USING (true);
CREATE POLICY audit ON staff_account FOR SELECT TO door_audit_admin USING (true);
GRANT SELECT, UPDATE ON staff_account TO door_gate;
GRANT SELECT (id, username, person_id, failures, locked_until, disabled_at, totp_confirmed_at, password_changed_at,
    must_change_password) ON staff_account TO door_system_admin, door_security_admin, door_audit_admin, door_worker;
GRANT INSERT ON staff_account TO door_system_admin, door_worker;
GRANT UPDATE (password, must_change_password, password_changed_at) ON staff_account TO door_system_admin;
GRANT UPDATE (failures, locked_until, disabled_at, totp_secret, totp_confirmed_at) ON staff_account
    TO door_security_admin;
