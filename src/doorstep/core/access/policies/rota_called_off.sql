-- As the meetings that they belong to.
CREATE POLICY with_meeting ON rota_called_off TO door_community, door_subdistrict, door_county
    USING (EXISTS (SELECT FROM rota_meeting m WHERE m.id = meeting_id))
    WITH CHECK (EXISTS (SELECT FROM rota_meeting m WHERE m.id = meeting_id));
CREATE POLICY public ON rota_called_off FOR SELECT TO door_anonymous
    USING (EXISTS (SELECT FROM rota_meeting m WHERE m.id = meeting_id));
CREATE POLICY calendars ON rota_called_off FOR SELECT TO door_gate USING (true);
GRANT SELECT, INSERT, DELETE ON rota_called_off TO door_community, door_subdistrict, door_county;
GRANT SELECT ON rota_called_off TO door_anonymous, door_gate;
