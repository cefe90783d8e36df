-- The sign-in page alone.
CREATE POLICY gate ON staff_recovery_code TO door_gate USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_recovery_code TO door_gate;
