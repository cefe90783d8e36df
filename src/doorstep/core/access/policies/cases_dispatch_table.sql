-- What rules dispatching is no secret: whoever asks "why me?" is answered. Drafts are for the county that writes them.
CREATE POLICY in_public ON cases_dispatch_table FOR SELECT
    TO door_follower, door_grid, door_community, door_subdistrict, door_county, door_department
    USING (state = 'published');
CREATE POLICY county ON cases_dispatch_table TO door_county
    USING (county_id = (SELECT current_setting('app.org')::bigint))
    WITH CHECK (county_id = (SELECT current_setting('app.org')::bigint));
-- A subdistrict writes along, about its own places (cases/rules/table/editing.py), and never publishes.
CREATE POLICY subdistrict_reads ON cases_dispatch_table FOR SELECT TO door_subdistrict
    USING (EXISTS (SELECT FROM areas_area a
        WHERE a.id = (SELECT current_setting('app.org')::bigint) AND a.county_id = cases_dispatch_table.county_id));
CREATE POLICY subdistrict_writes ON cases_dispatch_table FOR UPDATE TO door_subdistrict
    USING (state = 'draft' AND EXISTS (SELECT FROM areas_area a
        WHERE a.id = (SELECT current_setting('app.org')::bigint) AND a.county_id = cases_dispatch_table.county_id))
    WITH CHECK (state = 'draft');
CREATE POLICY machine ON cases_dispatch_table FOR SELECT TO door_worker USING (true);
GRANT SELECT ON cases_dispatch_table
    TO door_follower, door_grid, door_community, door_subdistrict, door_county, door_department, door_worker;
GRANT INSERT, UPDATE ON cases_dispatch_table TO door_county;
GRANT UPDATE (rows, next_row, seq) ON cases_dispatch_table TO door_subdistrict;
