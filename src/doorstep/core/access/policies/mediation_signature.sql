-- Who has signed is seen by those who sign; the hands themselves only in the file that all of them have.
CREATE POLICY seen_with_agreement ON mediation_signature FOR SELECT TO door_mediator, door_party
    USING (EXISTS (SELECT FROM mediation_agreement a WHERE a.id = agreement_id));
CREATE POLICY machine ON mediation_signature TO door_worker USING (true);
GRANT SELECT (id, agreement_id, number, way, at, text_hash) ON mediation_signature TO door_mediator, door_party;
GRANT SELECT, INSERT, DELETE ON mediation_signature TO door_worker;
