-- That there is a patrol and when it walks next is public; it names nobody. The machine writes what members decide.
CREATE POLICY reading ON alerts_round FOR SELECT TO {everyone} USING (true);
CREATE POLICY machine ON alerts_round TO door_worker USING (true);
GRANT SELECT ON alerts_round TO {everyone};
GRANT INSERT, UPDATE, DELETE ON alerts_round TO door_worker;
