-- Whoever asks for a list, their own desk and the levels above it see that it was asked for; another person decides.
CREATE POLICY community ON cases_export TO door_community
    USING (community = (SELECT current_setting('app.org')::bigint));
CREATE POLICY subdistrict ON cases_export TO door_subdistrict
    USING (subdistrict = (SELECT current_setting('app.org')::bigint));
CREATE POLICY county ON cases_export TO door_county
    USING (county = (SELECT current_setting('app.org')::bigint));
CREATE POLICY department ON cases_export TO door_department
    USING (unit = (SELECT current_setting('app.org')::bigint));
CREATE POLICY machine ON cases_export TO door_worker USING (true);
GRANT SELECT, INSERT ON cases_export TO door_community, door_subdistrict, door_county, door_department;
GRANT UPDATE (decision, decided_by, decided_post, decided_at, words, until, fetched) ON cases_export
    TO door_community, door_subdistrict, door_county, door_department;
GRANT SELECT, DELETE ON cases_export TO door_worker;
