-- The record is seen with its file; the machine alone adds to it, and nobody changes it.
CREATE POLICY seen_with_file ON mediation_event FOR SELECT
    TO door_community, door_subdistrict, door_county, door_mediator, door_party
    USING (EXISTS (SELECT FROM mediation_mediation m WHERE m.id = mediation_id));
CREATE POLICY machine ON mediation_event TO door_worker USING (true);
GRANT SELECT ON mediation_event TO door_community, door_subdistrict, door_county, door_mediator, door_party;
GRANT SELECT, INSERT ON mediation_event TO door_worker;
