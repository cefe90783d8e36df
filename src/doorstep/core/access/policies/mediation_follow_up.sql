-- What a party says of the agreement is read by that party and by the mediator.
CREATE POLICY own ON mediation_follow_up FOR SELECT TO door_party
    USING (party_id = (SELECT current_setting('app.link')::bigint));
CREATE POLICY mediator ON mediation_follow_up FOR SELECT TO door_mediator
    USING (EXISTS (SELECT FROM mediation_mediation m WHERE m.id = mediation_id));
CREATE POLICY machine ON mediation_follow_up TO door_worker USING (true);
GRANT SELECT ON mediation_follow_up TO door_mediator, door_party;
GRANT SELECT, INSERT, UPDATE, DELETE ON mediation_follow_up TO door_worker;
