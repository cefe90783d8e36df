-- Numbers without persons: each desk those of its own area, the machine counts.
CREATE POLICY county ON cases_topic FOR SELECT TO door_county
    USING (county_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY subdistrict ON cases_topic FOR SELECT TO door_subdistrict
    USING (subdistrict_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY community ON cases_topic FOR SELECT TO door_community
    USING (community_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY machine ON cases_topic TO door_worker USING (true);
GRANT SELECT ON cases_topic TO door_county, door_subdistrict, door_community;
GRANT SELECT, INSERT, DELETE ON cases_topic TO door_worker;
