-- Whoever writes a row of the ledger lets it wait for the log; only the sequencer sees what waits and takes it away.
CREATE POLICY written_with_the_ledger ON proofs_waiting FOR INSERT
    TO door_anonymous, door_follower, door_outside, door_grid, door_community, door_subdistrict, door_county,
    door_department
    WITH CHECK (true);
CREATE POLICY machine ON proofs_waiting TO door_worker USING (true);
GRANT INSERT ON proofs_waiting
    TO door_anonymous, door_follower, door_outside, door_grid, door_community, door_subdistrict, door_county,
    door_department;
GRANT SELECT, INSERT, DELETE ON proofs_waiting TO door_worker;
