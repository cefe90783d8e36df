-- In which channel somebody wrote to us is between them and the machine.
CREATE POLICY machine ON notices_account TO door_worker USING (true);
GRANT SELECT, INSERT, DELETE ON notices_account TO door_worker;
