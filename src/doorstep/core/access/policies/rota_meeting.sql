-- A desk keeps the meeting of its own area; all who sign in see it, and anybody where it is public. The gate reads for
-- whoever holds the address of a calendar.
CREATE POLICY own_area ON rota_meeting TO door_community, door_subdistrict, door_county
    USING (org_id = (SELECT current_setting('app.org')::bigint))
    WITH CHECK (org_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY public ON rota_meeting FOR SELECT TO door_anonymous USING (is_public);
CREATE POLICY calendars ON rota_meeting FOR SELECT TO door_gate USING (true);
GRANT SELECT, INSERT, UPDATE ON rota_meeting TO door_community, door_subdistrict, door_county;
GRANT SELECT ON rota_meeting TO door_anonymous, door_gate;
