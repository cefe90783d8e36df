-- A part is seen by whoever sees it as a case or holds the case that it belongs to; only the machine writes it.
CREATE POLICY seen_with_case ON cases_part FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id IN (case_id, whole_id)));
CREATE POLICY seen_outside ON cases_part FOR SELECT TO door_outside
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id IN (case_id, whole_id)));
CREATE POLICY machine ON cases_part TO door_worker USING (true);
GRANT SELECT ON cases_part TO door_community, door_subdistrict, door_county, door_grid, door_department,
    door_outside;
GRANT SELECT, INSERT, UPDATE ON cases_part TO door_worker;
