-- What is published is public knowledge; drafts are the county's desks', who alone keep the catalogue. Nobody removes one.
CREATE POLICY filling ON catalogue_version TO CURRENT_USER USING (true);
CREATE POLICY reading ON catalogue_version FOR SELECT TO {everyone} USING (published_at IS NOT NULL AND taken_back_at IS NULL);
CREATE POLICY keeping ON catalogue_version TO door_county, door_worker USING (true);
GRANT SELECT ON catalogue_version TO {everyone};
GRANT INSERT, UPDATE ON catalogue_version TO door_county, door_worker;
