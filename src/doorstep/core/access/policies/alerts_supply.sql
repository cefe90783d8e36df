-- What is brought to which door is read with the need, by the machine.
CREATE POLICY machine ON alerts_supply TO door_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON alerts_supply TO door_worker;
