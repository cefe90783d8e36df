-- The sign-in page keeps sessions; the security administrator sees that they exist and ends them.
CREATE POLICY gate ON staff_session TO door_gate USING (true);
CREATE POLICY security ON staff_session TO door_security_admin USING (true);
GRANT SELECT, INSERT, UPDATE ON staff_session TO door_gate;
GRANT SELECT (id, account_id, began_at, seen_at, expires_at, ended_at, second_factor, browser), UPDATE (ended_at)
    ON staff_session TO door_security_admin;
