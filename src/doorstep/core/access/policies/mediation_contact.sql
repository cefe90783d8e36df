-- How a party is reached is read by that party and by the mediator of the file; no other side, no desk.
CREATE POLICY own ON mediation_contact FOR SELECT TO door_party
    USING (party_id = (SELECT current_setting('app.link')::bigint));
CREATE POLICY mediator ON mediation_contact FOR SELECT TO door_mediator
    USING (EXISTS (SELECT FROM mediation_party p WHERE p.id = party_id));
CREATE POLICY machine ON mediation_contact TO door_worker USING (true);
GRANT SELECT ON mediation_contact TO door_party, door_mediator;
GRANT SELECT, INSERT, DELETE ON mediation_contact TO door_worker;
