-- What partners are to be told is between them and the machine.
CREATE POLICY machine ON exchange_update TO door_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON exchange_update TO door_worker;
