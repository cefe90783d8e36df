-- What was said in confidence is read by the mediator who wrote it, as long as the file is theirs. The machine erases
-- it at the end of its term, and reads no word of it.
CREATE POLICY own ON mediation_note FOR SELECT TO door_mediator
    USING (account = (SELECT current_setting('app.account')::bigint)
        AND EXISTS (SELECT FROM mediation_mediation m WHERE m.id = mediation_id));
CREATE POLICY written ON mediation_note FOR INSERT TO door_mediator
    WITH CHECK (account = (SELECT current_setting('app.account')::bigint)
        AND EXISTS (SELECT FROM mediation_mediation m WHERE m.id = mediation_id));
CREATE POLICY machine ON mediation_note TO door_worker USING (true);
GRANT SELECT, INSERT ON mediation_note TO door_mediator;
GRANT SELECT (id, mediation_id, erase_on), UPDATE (erase_on), DELETE ON mediation_note TO door_worker;
