-- Written with the report, read by the machine for whoever writes a report, and by a desk with the case.
CREATE POLICY seen_with_case ON cases_likeness FOR SELECT TO door_community, door_subdistrict, door_county
    USING (EXISTS (SELECT FROM cases_case c WHERE c.id = case_id));
CREATE POLICY beginning ON cases_likeness FOR INSERT TO door_anonymous WITH CHECK (seq = 1);
CREATE POLICY machine ON cases_likeness TO door_worker USING (true);
GRANT SELECT ON cases_likeness TO door_community, door_subdistrict, door_county;
GRANT INSERT ON cases_likeness TO door_anonymous;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_likeness TO door_worker;
