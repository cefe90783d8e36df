-- That the calendar became another is noted by the machine, which then reckons open cases again; desks see how far.
CREATE POLICY seen ON cases_calendar_change FOR SELECT TO door_community, door_subdistrict, door_county USING (true);
CREATE POLICY machine ON cases_calendar_change TO door_worker USING (true);
GRANT SELECT ON cases_calendar_change TO door_community, door_subdistrict, door_county;
GRANT SELECT, INSERT, UPDATE ON cases_calendar_change TO door_worker;
