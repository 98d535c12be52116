-- What operators watch (shared/metrics.py) and what is known of one correlation id (shared/trace.py). Both look across
-- services, so they run with the owner's rights, and they give numbers, ids and times: never what an event says.

-- How sending to people fares. Of finished sendings only those of the last hour's events are counted: all of them may be
-- millions; what still waits or is given up is found by the partial indexes, however old it is.
CREATE FUNCTION notify.figures() RETURNS TABLE (name text, labels jsonb, value double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    WITH classes AS (
        SELECT class, (n - 1)::int AS priority
        FROM unnest(ARRAY['critical', 'duty', 'service', 'news']) WITH ORDINALITY AS c (class, n)
    ), standing AS (
        SELECT channel, state, detail FROM notify.sendings WHERE state IN ('queued', 'failed')
        UNION ALL SELECT channel, state, detail FROM notify.sendings WHERE state = 'sending'
        UNION ALL SELECT channel, state, detail FROM notify.sendings WHERE state IN ('gave_up', 'unknown')
    )
    SELECT 'sending_oldest_due_seconds', jsonb_build_object('class', class), coalesce(extract(epoch FROM clock_timestamp() - (
        SELECT min(s.due_at) FROM notify.sendings s
        WHERE s.state IN ('queued', 'failed') AND s.priority = classes.priority AND s.due_at <= clock_timestamp())), 0)
    FROM classes
    UNION ALL
    SELECT 'sendings_open', jsonb_build_object('channel', channel, 'state', state), count(*) FROM standing GROUP BY channel, state
    UNION ALL
    SELECT 'sendings_last_hour', jsonb_build_object('channel', channel, 'state', state), count(*) FROM notify.sendings
    WHERE id >= bus.first_uuid(now() - interval '1 hour') GROUP BY channel, state
    UNION ALL
    SELECT 'gateway_errors', jsonb_build_object('channel', channel, 'kind', kind), count(*)
    FROM standing, LATERAL (SELECT CASE
        WHEN detail ~ '^HTTP 5' THEN 'http_5xx'
        WHEN detail ~ '^HTTP 429' THEN 'too_often'
        WHEN detail ~ '^HTTP 4' THEN 'http_4xx'
        WHEN detail ~ '^HTTP ' THEN 'http_other'
        WHEN detail = 'cut off' THEN 'cut_off'
        WHEN detail = 'not_configured' THEN 'not_configured'
        WHEN detail ~ '^[A-Z]\w*(Error|Timeout|Exception)' THEN 'no_answer'
        ELSE 'refused' END AS kind) AS why
    WHERE state IN ('failed', 'gave_up', 'unknown') AND detail IS NOT NULL
    GROUP BY channel, kind;
$$;

-- How the installation fares. A service is a role with a schema of its own.
CREATE FUNCTION bus.figures() RETURNS TABLE (name text, labels jsonb, value double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    WITH services AS (
        SELECT r.rolname::text AS service FROM pg_roles r JOIN pg_namespace n ON n.nspname = r.rolname
        WHERE r.rolcanlogin AND NOT r.rolsuper
    ), delivering AS (
        SELECT service, count(d.id) FILTER (WHERE d.quarantined_at IS NULL) AS open, count(d.quarantined_at) AS quarantined,
            extract(epoch FROM clock_timestamp() - min(uuid_extract_timestamp(d.id)) FILTER (WHERE d.quarantined_at IS NULL)) AS age
        FROM services LEFT JOIN bus.deliveries d ON d.subscriber = service
        GROUP BY service
    )
    SELECT 'schema_revision', '{}'::jsonb, max(version_num::int) FROM public.alembic_version
    UNION ALL
    SELECT 'delivery_oldest_seconds', jsonb_build_object('subscriber', service), greatest(coalesce(age, 0), 0) FROM delivering
    UNION ALL
    SELECT 'deliveries_open', jsonb_build_object('subscriber', service), open FROM delivering
    UNION ALL
    SELECT 'deliveries_quarantined', jsonb_build_object('subscriber', service), quarantined FROM delivering
    UNION ALL
    SELECT 'relay_tick_age_seconds', '{}', coalesce(extract(epoch FROM clock_timestamp() - max(slot)), 'Infinity') FROM bus.schedules
    UNION ALL
    SELECT 'worker_beat_age_seconds', jsonb_build_object('service', service),
        coalesce(extract(epoch FROM clock_timestamp() - h.at), 'Infinity')
    FROM services LEFT JOIN bus.heartbeats h USING (service)
    UNION ALL
    SELECT 'postgres_connections', '{}', count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'
    UNION ALL
    SELECT 'postgres_connections_limit', '{}', current_setting('max_connections')::int
    UNION ALL
    SELECT 'postgres_oldest_transaction_seconds', '{}', coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)
    FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
    UNION ALL
    SELECT 'wal_archive_failing', '{}', (last_failed_time > coalesce(last_archived_time, '-infinity'))::int
    FROM pg_stat_archiver WHERE current_setting('archive_mode') <> 'off' AND last_failed_time IS NOT NULL
    UNION ALL
    SELECT * FROM notify.figures();
$$;

-- The events of a correlation id, or of the one to which this event belongs, with what is left of their deliveries: a
-- delivery that is done is a row that is gone. What an event of the clock has led to is not known beyond itself.
CREATE FUNCTION bus.trace(wanted uuid) RETURNS TABLE (
    event_id uuid, topic text, subject uuid, occurred_at timestamptz, recorded_at timestamptz, actor text, correlation_id text,
    causation_id uuid, delivery_id uuid, subscriber text, attempts int, failures int, last_error text, due_at timestamptz,
    quarantined_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    WITH found AS (
        SELECT e.* FROM bus.events e
        WHERE e.committee_id = bus.committee() AND (e.id = wanted OR e.correlation_id = coalesce(
            (SELECT nullif(f.correlation_id, '') FROM bus.events f WHERE f.id = wanted AND f.committee_id = bus.committee()),
            wanted::text))
        ORDER BY e.id LIMIT 200
    )
    SELECT e.id, e.topic, e.subject, e.occurred_at, e.recorded_at, e.actor, e.correlation_id, e.causation_id,
        d.id, d.subscriber, d.attempts, d.failures, split_part(d.last_error, E'\n', 1), d.due_at, d.quarantined_at
    FROM found e LEFT JOIN bus.deliveries d ON d.event_id = e.id
    ORDER BY e.id, d.subscriber;
$$;

-- What notify made of these events: of each the first readers' messages and their ways, and how many readers there are.
CREATE FUNCTION notify.trace(events uuid[], most int) RETURNS TABLE (
    event_id uuid, people bigint, message_id uuid, person_id uuid, class text, created_at timestamptz, read_at timestamptz,
    answered_at timestamptz, sending_id uuid, channel text, state text, attempts int, detail text, due_at timestamptz,
    sent_at timestamptz
) LANGUAGE sql STABLE AS $$
    SELECT m.event_id, m.people, m.id, m.person_id, m.class, m.created_at, m.read_at, m.answered_at,
        s.id, s.channel, s.state, s.attempts, s.detail, s.due_at, s.sent_at
    FROM (
        SELECT *, count(*) OVER (PARTITION BY n.event_id) AS people,
            row_number() OVER (PARTITION BY n.event_id ORDER BY n.created_at, n.id) AS place
        FROM notify.messages n WHERE n.event_id = ANY (events)
    ) AS m LEFT JOIN notify.sendings s ON s.message_id = m.id
    WHERE m.place <= most
    ORDER BY m.event_id, m.place, s.id;
$$;

REVOKE ALL ON FUNCTION bus.figures, bus.trace, notify.figures, notify.trace FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bus.figures TO members, events, patrol, notify;
GRANT EXECUTE ON FUNCTION bus.trace, notify.trace TO notify;
