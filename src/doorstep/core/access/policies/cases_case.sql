-- Each desk sees its own area, a grid its own grid, a department what it holds, a follower one case. A complaint is
-- kept from whom it is about, whoever is asked to look into it.
CREATE POLICY community ON cases_case FOR SELECT TO door_community
    USING (community_id = (SELECT current_setting('app.org')::bigint) AND kept_from < 2);
CREATE POLICY subdistrict ON cases_case FOR SELECT TO door_subdistrict
    USING (subdistrict_id = (SELECT current_setting('app.org')::bigint) AND kept_from < 3);
CREATE POLICY county ON cases_case FOR SELECT TO door_county
    USING (county_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY grid ON cases_case FOR SELECT TO door_grid
    USING (grid_id = (SELECT current_setting('app.org')::bigint) AND kept_from < 1);
CREATE POLICY department ON cases_case FOR SELECT TO door_department
    USING (holder_unit_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY follower ON cases_case FOR SELECT TO door_follower
    USING (id = (SELECT current_setting('app.case')::bigint));
-- An outside handler sees the one case of the link, as long as this very link lives, is not taken back, and its unit
-- holds the case. The database reads its own clock: whatever opened the page, a link that is over shows nothing.
CREATE POLICY outside ON cases_case FOR SELECT TO door_outside
    USING (id = (SELECT current_setting('app.case')::bigint)
        AND holder_unit_id = (SELECT current_setting('app.unit')::bigint)
        AND EXISTS (SELECT FROM cases_outside_link l WHERE l.id = (SELECT current_setting('app.link')::bigint)
            AND l.case_id = cases_case.id AND l.unit_id = cases_case.holder_unit_id
            AND l.ended_at IS NULL AND l.until > now()));
-- A report is a beginning and nothing else: it comes without a holder and without promises.
CREATE POLICY report ON cases_case FOR INSERT TO door_anonymous
    WITH CHECK (state = 'reported' AND seq = 1 AND is_open AND holder_unit_id IS NULL AND outcome = ''
        AND voices = 0);
CREATE POLICY machine ON cases_case TO door_worker USING (true);
GRANT SELECT ON cases_case TO door_community, door_subdistrict, door_county, door_grid, door_department, door_follower,
    door_outside;
GRANT INSERT ON cases_case TO door_anonymous;
GRANT SELECT, INSERT, UPDATE ON cases_case TO door_worker;
