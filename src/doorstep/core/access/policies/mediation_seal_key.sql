-- The keys that seal agreements are the machine's alone.
CREATE POLICY machine ON mediation_seal_key TO door_worker USING (true);
GRANT SELECT, INSERT ON mediation_seal_key TO door_worker;
