-- Who the parties are is seen with the file.
CREATE POLICY seen_with_file ON mediation_party FOR SELECT
    TO door_community, door_subdistrict, door_county, door_mediator, door_party
    USING (EXISTS (SELECT FROM mediation_mediation m WHERE m.id = mediation_id));
CREATE POLICY machine ON mediation_party TO door_worker USING (true);
GRANT SELECT ON mediation_party TO door_community, door_subdistrict, door_county, door_mediator, door_party;
GRANT SELECT, INSERT, UPDATE ON mediation_party TO door_worker;
