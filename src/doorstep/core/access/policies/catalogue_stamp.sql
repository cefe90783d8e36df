-- Everybody may see that the catalogue changed; it is counted up by whoever publishes.
CREATE POLICY filling ON catalogue_stamp TO CURRENT_USER USING (true);
CREATE POLICY reading ON catalogue_stamp FOR SELECT TO {everyone} USING (true);
CREATE POLICY counting ON catalogue_stamp TO door_county, door_worker USING (true);
GRANT SELECT ON catalogue_stamp TO {everyone};
GRANT UPDATE ON catalogue_stamp TO door_county, door_worker;
