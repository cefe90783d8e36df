-- The public part is for everybody; the sealed one for the sequencer, which destroys it when another key takes over.
CREATE POLICY published ON proofs_key FOR SELECT TO {everyone} USING (true);
CREATE POLICY machine_adds ON proofs_key FOR INSERT TO door_worker WITH CHECK (true);
CREATE POLICY machine_retires ON proofs_key FOR UPDATE TO door_worker USING (true);
GRANT SELECT (id, name, public, valid_from, valid_until) ON proofs_key TO {everyone};
GRANT SELECT, INSERT ON proofs_key TO door_worker;
GRANT UPDATE (private, valid_until) ON proofs_key TO door_worker;
