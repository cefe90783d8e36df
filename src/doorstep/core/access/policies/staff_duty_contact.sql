-- How a unit's duty is reached is kept by the system administrator, and read by those who may send a case to that unit:
-- whoever acts in the same county. What is kept is sealed besides.
CREATE POLICY keeping ON staff_duty_contact TO door_system_admin, door_worker USING (true);
CREATE POLICY same_county ON staff_duty_contact FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (EXISTS (SELECT FROM staff_unit theirs JOIN areas_area there ON there.id = theirs.area_id
        JOIN staff_unit mine ON mine.id = (SELECT current_setting('app.unit')::bigint)
        JOIN areas_area here ON here.id = mine.area_id
        WHERE theirs.id = unit_id AND theirs.closed_at IS NULL
        AND coalesce(there.county_id, there.id) = coalesce(here.county_id, here.id)));
GRANT SELECT ON staff_duty_contact TO door_community, door_subdistrict, door_county, door_grid, door_department;
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_duty_contact TO door_system_admin, door_worker;
