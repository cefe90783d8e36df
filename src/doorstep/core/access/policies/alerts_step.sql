-- Who drafted, approved and ended what is seen by staff who see the thing itself; steps are only ever added.
CREATE POLICY seen_with_the_thing ON alerts_step FOR SELECT
    TO door_grid, door_community, door_subdistrict, door_county
    USING (EXISTS (SELECT FROM alerts_reminder r WHERE r.id = reminder_id)
        OR EXISTS (SELECT FROM alerts_emergency e WHERE e.id = emergency_id));
CREATE POLICY machine ON alerts_step TO door_worker USING (true);
GRANT SELECT ON alerts_step TO door_grid, door_community, door_subdistrict, door_county;
GRANT SELECT, INSERT ON alerts_step TO door_worker;
