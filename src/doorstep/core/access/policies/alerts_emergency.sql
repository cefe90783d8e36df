-- That emergency mode is on, where, why and until when is public; what is asked for is seen by those who answer for it.
CREATE POLICY public_while_open ON alerts_emergency FOR SELECT TO {everyone} USING (state = 'open');
CREATE POLICY of_grid ON alerts_emergency FOR SELECT TO door_grid
    USING (grid_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY of_community ON alerts_emergency FOR SELECT TO door_community
    USING (community_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY of_subdistrict ON alerts_emergency FOR SELECT TO door_subdistrict
    USING (subdistrict_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY of_county ON alerts_emergency FOR SELECT TO door_county
    USING (county_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY machine ON alerts_emergency TO door_worker USING (true);
GRANT SELECT ON alerts_emergency TO {everyone};
GRANT INSERT, UPDATE ON alerts_emergency TO door_worker;
