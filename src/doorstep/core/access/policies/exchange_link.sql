-- Under which number another platform knows a case is seen with the case; only the machine writes it.
CREATE POLICY seen_with_case ON exchange_link FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY machine ON exchange_link TO door_worker USING (true);
GRANT SELECT ON exchange_link TO door_community, door_subdistrict, door_county, door_grid, door_department;
GRANT SELECT, INSERT, UPDATE ON exchange_link TO door_worker;
