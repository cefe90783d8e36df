-- A desk puts posts of its own area on duty; whoever holds the post finds it in their calendar, which the gate reads.
CREATE POLICY own_area ON rota_shift TO door_community, door_subdistrict, door_county
    USING (org_id = (SELECT current_setting('app.org')::bigint))
    WITH CHECK (org_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY calendars ON rota_shift FOR SELECT TO door_gate USING (true);
GRANT SELECT, INSERT, UPDATE ON rota_shift TO door_community, door_subdistrict, door_county;
GRANT SELECT ON rota_shift TO door_gate;
