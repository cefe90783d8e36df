-- Which family asked is known to the machine alone, which says on the page that one did.
CREATE POLICY machine ON alerts_family TO door_worker USING (true);
GRANT SELECT, INSERT, DELETE ON alerts_family TO door_worker;
