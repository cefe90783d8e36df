-- What goes out is public as long as it is true; a draft, a drill and what is over are seen by those who answer for the
-- place. Only the machine writes, after the rules and the two approvals.
CREATE POLICY public_while_true ON alerts_reminder FOR SELECT TO {everyone}
    USING (state IN ('going', 'cancelled') AND drill = '');
CREATE POLICY of_grid ON alerts_reminder FOR SELECT TO door_grid
    USING (grid_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY of_community ON alerts_reminder FOR SELECT TO door_community
    USING (community_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY of_subdistrict ON alerts_reminder FOR SELECT TO door_subdistrict
    USING (subdistrict_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY of_county ON alerts_reminder FOR SELECT TO door_county
    USING (county_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY machine ON alerts_reminder TO door_worker USING (true);
GRANT SELECT ON alerts_reminder TO {everyone};
GRANT INSERT, UPDATE ON alerts_reminder TO door_worker;
