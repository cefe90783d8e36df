-- The table of moves is public knowledge; only whoever migrates fills it.
CREATE POLICY filling ON cases_move TO CURRENT_USER USING (true);
CREATE POLICY reading ON cases_move FOR SELECT TO {everyone} USING (true);
GRANT SELECT ON cases_move TO {everyone};
