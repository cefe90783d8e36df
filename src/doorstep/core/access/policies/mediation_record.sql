-- For those who talk with one another: the parties and their mediator.
CREATE POLICY seen_with_file ON mediation_record FOR SELECT TO door_mediator, door_party
    USING (EXISTS (SELECT FROM mediation_mediation m WHERE m.id = mediation_id));
CREATE POLICY machine ON mediation_record TO door_worker USING (true);
GRANT SELECT ON mediation_record TO door_mediator, door_party;
GRANT SELECT, INSERT, DELETE ON mediation_record TO door_worker;
