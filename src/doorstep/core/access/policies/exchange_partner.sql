-- A desk keeps the partners of its own area; their key and secret are read by nobody who sits at a desk.
CREATE POLICY own_area ON exchange_partner TO door_community, door_subdistrict, door_county
    USING (org_id = (SELECT current_setting('app.org')::bigint))
    WITH CHECK (org_id = (SELECT current_setting('app.org')::bigint));
-- The system administrator sees which of them a subscriber of events belongs to.
CREATE POLICY named_by_keeper ON exchange_partner FOR SELECT TO door_system_admin USING (true);
GRANT SELECT (id, name, org_id, ended_at) ON exchange_partner TO door_system_admin;
CREATE POLICY machine ON exchange_partner TO door_worker USING (true);
GRANT SELECT (id, org_id, name, source, unit_id, wants_all, address, opened_at, ended_at, sent_up_to, look_again_at,
    attempts, trouble) ON exchange_partner TO door_community, door_subdistrict, door_county;
GRANT INSERT ON exchange_partner TO door_community, door_subdistrict, door_county;
GRANT UPDATE (key_hash, secret, address, wants_all, unit_id, ended_at, look_again_at)
    ON exchange_partner TO door_community, door_subdistrict, door_county;
GRANT SELECT, INSERT, UPDATE ON exchange_partner TO door_worker;
