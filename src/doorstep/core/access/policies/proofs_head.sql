-- Published: everybody reads every head, the sequencer adds, nobody changes.
CREATE POLICY published ON proofs_head FOR SELECT TO {everyone} USING (true);
CREATE POLICY machine_adds ON proofs_head FOR INSERT TO door_worker WITH CHECK (true);
GRANT SELECT ON proofs_head TO {everyone};
GRANT INSERT ON proofs_head TO door_worker;
