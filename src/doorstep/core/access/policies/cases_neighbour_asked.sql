-- Who comes is seen with the case; who was asked and did not say that they come is seen by the machine alone.
CREATE POLICY who_comes ON cases_neighbour_asked FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (answer = 'coming' AND EXISTS (SELECT FROM cases_neighbour_call n WHERE n.id = call_id));
CREATE POLICY machine ON cases_neighbour_asked TO door_worker USING (true);
GRANT SELECT ON cases_neighbour_asked TO door_community, door_subdistrict, door_county, door_grid, door_department;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_neighbour_asked TO door_worker;
