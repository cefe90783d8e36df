-- Hashes are for everybody, whose they are for the reporter of the case alone. Only the sequencer adds, nobody changes.
CREATE POLICY hashes ON proofs_entry FOR SELECT TO door_anonymous USING (true);
CREATE POLICY own ON proofs_entry FOR SELECT TO door_follower
    USING (case_id = (SELECT current_setting('app.case')::bigint));
CREATE POLICY machine_reads ON proofs_entry FOR SELECT TO door_worker USING (true);
CREATE POLICY machine_adds ON proofs_entry FOR INSERT TO door_worker WITH CHECK (true);
GRANT SELECT (leaf_index, leaf, nodes) ON proofs_entry TO door_anonymous;
GRANT SELECT ON proofs_entry TO door_follower;
GRANT SELECT, INSERT ON proofs_entry TO door_worker;
