-- That there is a patrol and when it walks next is public; it names nobody. The machine writes what members decide.
CREATE POLICY reading ON alerts_patrol FOR SELECT TO {everyone} USING (true);
CREATE POLICY machine ON alerts_patrol TO door_worker USING (true);
GRANT SELECT ON alerts_patrol TO {everyone};
GRANT INSERT, UPDATE, DELETE ON alerts_patrol TO door_worker;
