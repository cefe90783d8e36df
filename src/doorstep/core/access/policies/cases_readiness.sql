-- Who signed up to be asked is read by the machine alone, which shows everybody their own word and nobody else's.
CREATE POLICY machine ON cases_readiness TO door_worker USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_readiness TO door_worker;
