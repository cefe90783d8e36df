-- The system administrator keeps the subscribers; their secrets are read by the machine alone, which signs with them.
CREATE POLICY keeper ON exchange_subscription TO door_system_admin USING (true);
CREATE POLICY machine ON exchange_subscription TO door_worker USING (true);
GRANT SELECT (id, name, partner_id, url, kinds, area_id, case_class, made_at, paused_at, stopped_at, stopped_because,
    ended_at, failures, failing_since, rest_until, answered_at, old_until) ON exchange_subscription
    TO door_system_admin;
GRANT INSERT ON exchange_subscription TO door_system_admin;
GRANT UPDATE (name, url, kinds, area_id, case_class, secret, old_secret, old_until, paused_at, stopped_at,
    stopped_because, ended_at, failures, failing_since, rest_until) ON exchange_subscription TO door_system_admin;
GRANT SELECT, UPDATE ON exchange_subscription TO door_worker;
