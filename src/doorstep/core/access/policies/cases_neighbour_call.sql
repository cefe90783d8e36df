-- A call on neighbours is seen by whoever sees its case; only the machine writes it.
CREATE POLICY seen_with_case ON cases_neighbour_call FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY machine ON cases_neighbour_call TO door_worker USING (true);
GRANT SELECT ON cases_neighbour_call TO door_community, door_subdistrict, door_county, door_grid, door_department;
GRANT SELECT, INSERT, UPDATE ON cases_neighbour_call TO door_worker;
