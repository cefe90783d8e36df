-- What an area answered: its own desk or grid writes and corrects it, whoever asked reads it. Nobody removes one.
CREATE POLICY own ON catalogue_demand_answer TO door_grid, door_community, door_subdistrict
    USING (area_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY asker ON catalogue_demand_answer FOR SELECT TO door_community, door_subdistrict, door_county, door_department
    USING (asked_by_id = (SELECT current_setting('app.unit')::bigint));
GRANT SELECT, INSERT ON catalogue_demand_answer TO door_grid, door_community, door_subdistrict;
GRANT SELECT ON catalogue_demand_answer TO door_county, door_department;
GRANT UPDATE (values, corrected_at) ON catalogue_demand_answer TO door_grid, door_community, door_subdistrict;
