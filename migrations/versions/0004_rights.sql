-- What the roles of Postgres could still do and need not. Each line was a hole that tests/security found.

-- Rows of other committees are hidden by a policy of the table; whoever asks a partition by its own name goes around it.
DO $$
DECLARE
    child regclass;
    service text;
BEGIN
    FOR child, service IN
        SELECT c.oid, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relispartition AND c.relkind = 'r' AND n.nspname IN ('members', 'events', 'patrol', 'notify')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %I', child, service);
    END LOOP;
END $$;

-- Answers that are kept for repeated requests hold personal data: each service sees its own. What was kept before tells by
-- its route whose it is; the service of the version before this one fills the column in by itself.
ALTER TABLE bus.idempotency ADD COLUMN service text NOT NULL DEFAULT current_user;
UPDATE bus.idempotency SET service = CASE split_part(route, '/', 2)
    WHEN 'grants' THEN 'members' WHEN 'activities' THEN 'events' WHEN 'shifts' THEN 'patrol' WHEN 'robots' THEN 'notify'
    ELSE service END;
ALTER TABLE bus.idempotency DROP CONSTRAINT idempotency_pkey;
ALTER TABLE bus.idempotency ADD PRIMARY KEY (committee_id, service, actor, route, key);
DROP POLICY ours ON bus.idempotency;
CREATE POLICY ours ON bus.idempotency USING (committee_id = bus.committee() AND service = current_user);

-- The relay forgets the old ones: it need not read them.
REVOKE SELECT ON bus.idempotency FROM relay;
GRANT SELECT (created_at) ON bus.idempotency TO relay;

-- A caller who names no service at all is none.
CREATE OR REPLACE FUNCTION bus.check_caller(service text) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF session_user IS DISTINCT FROM service AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN
        RAISE insufficient_privilege USING MESSAGE = format('%s is not %s', session_user, service);
    END IF;
END $$;

-- A service could set the clock of another one's job, by its name.
CREATE OR REPLACE FUNCTION bus.schedule(job text, service text, queue text, every interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM bus.check_caller(service);
    PERFORM bus.check_caller(split_part(job, '.', 1));
    INSERT INTO bus.schedules AS s (job, service, queue, every) VALUES (job, service, queue, every)
        ON CONFLICT ON CONSTRAINT schedules_pkey DO UPDATE SET queue = excluded.queue, every = excluded.every
        WHERE (s.queue, s.every) IS DISTINCT FROM (excluded.queue, excluded.every);
END $$;

-- A clerk could replay what another committee had in quarantine.
CREATE OR REPLACE FUNCTION bus.replay(subscriber text, delivery_ids uuid[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    n int;
BEGIN
    PERFORM bus.check_caller(subscriber);
    UPDATE bus.deliveries d SET quarantined_at = NULL, failures = 0, starts = 0, attempts = 0, due_at = clock_timestamp()
        WHERE d.subscriber = replay.subscriber AND d.id = ANY (delivery_ids) AND d.quarantined_at IS NOT NULL
          AND (d.event_id IS NULL OR EXISTS (
              SELECT FROM bus.events e WHERE e.id = d.event_id AND e.committee_id = bus.committee()));
    GET DIAGNOSTICS n = ROW_COUNT;
    PERFORM pg_notify('deliveries', '');
    RETURN n;
END $$;

