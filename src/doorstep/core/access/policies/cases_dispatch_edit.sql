-- Changes are seen and written with their draft; nobody changes one but to mark that it was taken back.
CREATE POLICY with_table ON cases_dispatch_edit TO door_subdistrict, door_county
    USING (EXISTS (SELECT FROM cases_dispatch_table t
        WHERE t.id = table_id AND t.county_id IN (SELECT coalesce(a.county_id, a.id) FROM areas_area a
            WHERE a.id = (SELECT current_setting('app.org')::bigint))));
GRANT SELECT, INSERT ON cases_dispatch_edit TO door_subdistrict, door_county;
GRANT UPDATE (is_undone) ON cases_dispatch_edit TO door_subdistrict, door_county;
