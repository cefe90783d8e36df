-- Whether a link went out is seen with the link; where it went and what opens it, sealed, by the machine alone.
CREATE POLICY seen_with_link ON notices_link_notice FOR SELECT
    TO door_community, door_subdistrict, door_county, door_grid, door_department
    USING (EXISTS (SELECT FROM cases_outside_link l WHERE l.id = link_id));
CREATE POLICY machine ON notices_link_notice TO door_worker USING (true);
GRANT SELECT (link_id, channel, hint, state, attempts, look_again_at, written_at, sent_at, trouble)
    ON notices_link_notice TO door_community, door_subdistrict, door_county, door_grid, door_department;
GRANT SELECT, INSERT, UPDATE ON notices_link_notice TO door_worker;
