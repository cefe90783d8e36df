-- The parties' file: seen by the mediator whom the parties chose, and by the parties. A desk of the place sees that
-- there is one and how it stands; whoever reported the case that led to it sees that too.
CREATE POLICY community ON mediation_mediation FOR SELECT TO door_community
    USING (community_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY subdistrict ON mediation_mediation FOR SELECT TO door_subdistrict
    USING (subdistrict_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY county ON mediation_mediation FOR SELECT TO door_county
    USING (county_id = (SELECT current_setting('app.org')::bigint));
CREATE POLICY mediator ON mediation_mediation FOR SELECT TO door_mediator
    USING (mediator_account = (SELECT current_setting('app.account')::bigint));
CREATE POLICY party ON mediation_mediation FOR SELECT TO door_party
    USING (id = (SELECT current_setting('app.file')::bigint));
CREATE POLICY follower ON mediation_mediation FOR SELECT TO door_follower
    USING (case_id = (SELECT current_setting('app.case')::bigint));
CREATE POLICY machine ON mediation_mediation TO door_worker USING (true);
GRANT SELECT ON mediation_mediation TO door_community, door_subdistrict, door_county, door_mediator, door_party;
GRANT SELECT (id, number, case_id, state, outcome, requested_at) ON mediation_mediation TO door_follower;
GRANT SELECT, INSERT, UPDATE ON mediation_mediation TO door_worker;
