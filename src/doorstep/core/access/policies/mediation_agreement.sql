-- The text is read by those who sign it.
CREATE POLICY seen_with_file ON mediation_agreement FOR SELECT TO door_mediator, door_party
    USING (EXISTS (SELECT FROM mediation_mediation m WHERE m.id = mediation_id));
CREATE POLICY machine ON mediation_agreement TO door_worker USING (true);
GRANT SELECT ON mediation_agreement TO door_mediator, door_party;
GRANT SELECT, INSERT, UPDATE, DELETE ON mediation_agreement TO door_worker;
