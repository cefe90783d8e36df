-- What parties are told: only the machine writes and sends.
CREATE POLICY machine ON mediation_letter TO door_worker USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON mediation_letter TO door_worker;
