-- The bus: what services published and what is still to be delivered, the clock, and the committees.
-- Services hold no right on these tables; they call the functions, which look at who calls.

CREATE SCHEMA bus;
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE bus.committees (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL
);

-- The committee that the transaction acts for; set by the door through which it came.
CREATE FUNCTION bus.committee() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.committee', true), '')::uuid;

-- ---------------------------------------------------------------- partitions by month

-- Tables that grow are partitioned by the time inside their UUIDv7 keys.
CREATE TABLE bus.partitioned (parent text PRIMARY KEY);

CREATE FUNCTION bus.first_uuid(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

CREATE FUNCTION bus.make_partitions() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    p text;
    month timestamptz;
    child text;
    made int := 0;
BEGIN
    FOR p IN SELECT parent FROM bus.partitioned LOOP
        FOR n IN 0..2 LOOP
            month := date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + n * interval '1 month';
            child := p || to_char(month AT TIME ZONE 'UTC', '_YYYY_MM');
            CONTINUE WHEN to_regclass(child) IS NOT NULL;
            BEGIN
                EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', child, p,
                               bus.first_uuid(month), bus.first_uuid(month + interval '1 month'));
                made := made + 1;
            EXCEPTION WHEN check_violation THEN
                RAISE WARNING '% keeps rows of that month in its default partition', p;
            END;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;

CREATE FUNCTION bus.partition(parent text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %s_other PARTITION OF %s DEFAULT', parent, parent);
    INSERT INTO bus.partitioned VALUES (parent);
    PERFORM bus.make_partitions();
END $$;

-- ---------------------------------------------------------------- events and deliveries

CREATE TABLE bus.events (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    topic text NOT NULL,
    committee_id uuid NOT NULL REFERENCES bus.committees,
    subject uuid,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    actor text NOT NULL,
    correlation_id text NOT NULL,
    causation_id uuid,
    data_class text NOT NULL CHECK (data_class IN ('A', 'B', 'C')),
    payload jsonb NOT NULL
) PARTITION BY RANGE (id);
SELECT bus.partition('bus.events');
CREATE INDEX events_topic ON bus.events (topic, id);
CREATE INDEX events_subject ON bus.events (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX events_correlation ON bus.events (correlation_id);

CREATE TABLE bus.deliveries (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    event_id uuid, -- null: a tick of the clock
    slot timestamptz, -- of a tick
    subscriber text NOT NULL,
    topic text NOT NULL,
    queue text NOT NULL,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- when to ring for it, or to ring again
    attempts int NOT NULL DEFAULT 0, -- rings
    starts int NOT NULL DEFAULT 0, -- since the last outcome
    failures int NOT NULL DEFAULT 0,
    last_error text,
    quarantined_at timestamptz
) WITH (fillfactor = 70);
CREATE INDEX deliveries_due ON bus.deliveries (queue, due_at) WHERE quarantined_at IS NULL;
CREATE INDEX deliveries_quarantined ON bus.deliveries (subscriber) WHERE quarantined_at IS NOT NULL;
CREATE UNIQUE INDEX deliveries_one_tick ON bus.deliveries (topic) WHERE slot IS NOT NULL AND quarantined_at IS NULL;

CREATE FUNCTION bus.ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('deliveries', '');
    RETURN NULL;
END $$;
CREATE TRIGGER ring AFTER INSERT ON bus.deliveries FOR EACH STATEMENT EXECUTE FUNCTION bus.ring();

-- A service speaks and acts for itself only; the owner of the database (tests, operators) for all.
CREATE FUNCTION bus.check_caller(service text) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF session_user <> service AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN
        RAISE insufficient_privilege USING MESSAGE = format('%s is not %s', session_user, service);
    END IF;
END $$;

CREATE FUNCTION bus.publish(
    topic text, subject uuid, occurred_at timestamptz, actor text, correlation_id text, causation_id uuid,
    data_class text, payload jsonb, subscribers text[], queues text[]
) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    new_id uuid;
BEGIN
    PERFORM bus.check_caller(split_part(topic, '.', 1));
    INSERT INTO bus.events (topic, committee_id, subject, occurred_at, actor, correlation_id, causation_id, data_class, payload)
        VALUES (topic, bus.committee(), subject, occurred_at, actor, correlation_id, causation_id, data_class, payload)
        RETURNING id INTO new_id;
    INSERT INTO bus.deliveries (event_id, subscriber, topic, queue)
        SELECT new_id, s.subscriber, publish.topic, s.queue FROM unnest(subscribers, queues) AS s (subscriber, queue);
    RETURN new_id;
END $$;

CREATE FUNCTION bus.acknowledge(subscriber text, delivery_id uuid) RETURNS TABLE (
    event_id uuid, topic text, committee_id uuid, occurred_at timestamptz, subject uuid, actor text, correlation_id text,
    payload jsonb
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
    mine bus.deliveries;
BEGIN
    PERFORM bus.check_caller(acknowledge.subscriber);
    DELETE FROM bus.deliveries d WHERE d.id = delivery_id AND d.subscriber = acknowledge.subscriber RETURNING d.* INTO mine;
    IF mine.id IS NULL THEN
        RETURN;
    END IF;
    IF mine.event_id IS NULL THEN
        RETURN QUERY SELECT NULL::uuid, mine.topic, NULL::uuid, mine.slot, NULL::uuid, 'clock', '', '{}'::jsonb;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT e.id, e.topic, e.committee_id, e.occurred_at, e.subject, e.actor, e.correlation_id, e.payload
        FROM bus.events e,
             LATERAL (SELECT set_config('app.committee', e.committee_id::text, true)) AS entered
        WHERE e.id = mine.event_id;
END $$;

CREATE FUNCTION bus.start(subscriber text, delivery_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM bus.check_caller(subscriber);
    UPDATE bus.deliveries d SET starts = d.starts + 1,
        quarantined_at = CASE WHEN d.starts >= 3 THEN now() END,
        last_error = CASE WHEN d.starts >= 3 THEN 'three starts without an outcome' ELSE d.last_error END
        WHERE d.id = delivery_id AND d.subscriber = start.subscriber AND d.quarantined_at IS NULL;
END $$;

CREATE FUNCTION bus.fail(subscriber text, delivery_id uuid, error text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM bus.check_caller(subscriber);
    UPDATE bus.deliveries d SET failures = d.failures + 1, starts = 0, last_error = error,
        quarantined_at = CASE WHEN d.failures >= 7 THEN now() END
        WHERE d.id = delivery_id AND d.subscriber = fail.subscriber AND d.quarantined_at IS NULL;
END $$;

CREATE FUNCTION bus.quarantined(subscriber text) RETURNS TABLE (
    delivery_id uuid, topic text, event_id uuid, failures int, last_error text, quarantined_at timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
    PERFORM bus.check_caller(quarantined.subscriber);
    RETURN QUERY
        SELECT d.id, d.topic, d.event_id, d.failures, d.last_error, d.quarantined_at FROM bus.deliveries d
        LEFT JOIN bus.events e ON e.id = d.event_id
        WHERE d.subscriber = quarantined.subscriber AND d.quarantined_at IS NOT NULL
          AND (e.committee_id = bus.committee() OR d.event_id IS NULL)
        ORDER BY d.quarantined_at DESC LIMIT 500;
END $$;

CREATE FUNCTION bus.replay(subscriber text, delivery_ids uuid[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    n int;
BEGIN
    PERFORM bus.check_caller(subscriber);
    UPDATE bus.deliveries d SET quarantined_at = NULL, failures = 0, starts = 0, attempts = 0, due_at = clock_timestamp()
        WHERE d.subscriber = replay.subscriber AND d.id = ANY (delivery_ids) AND d.quarantined_at IS NOT NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    PERFORM pg_notify('deliveries', '');
    RETURN n;
END $$;

-- ---------------------------------------------------------------- the clock

CREATE TABLE bus.schedules (
    job text PRIMARY KEY,
    service text NOT NULL,
    queue text NOT NULL,
    every interval NOT NULL,
    slot timestamptz NOT NULL DEFAULT '-infinity' -- the last one that was rung for
);

CREATE FUNCTION bus.schedule(job text, service text, queue text, every interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM bus.check_caller(service);
    INSERT INTO bus.schedules AS s (job, service, queue, every) VALUES (job, service, queue, every)
        ON CONFLICT ON CONSTRAINT schedules_pkey DO UPDATE SET queue = excluded.queue, every = excluded.every
        WHERE (s.queue, s.every) IS DISTINCT FROM (excluded.queue, excluded.every);
END $$;

-- One tick a job and slot, however many clocks there are; of slots that were slept through, the last.
CREATE FUNCTION bus.tick() RETURNS int LANGUAGE sql AS $$
    WITH due AS (
        UPDATE bus.schedules SET slot = date_bin(every, clock_timestamp(), 'epoch')
        WHERE slot < date_bin(every, clock_timestamp(), 'epoch')
        RETURNING job, service, queue, slot
    ), rung AS (
        INSERT INTO bus.deliveries (subscriber, topic, queue, slot)
        SELECT service, job, queue, slot FROM due
        ON CONFLICT (topic) WHERE slot IS NOT NULL AND quarantined_at IS NULL DO NOTHING
        RETURNING 1
    ) SELECT count(*)::int FROM rung;
$$;

-- ---------------------------------------------------------------- signs of life

CREATE TABLE bus.heartbeats (
    service text PRIMARY KEY,
    at timestamptz NOT NULL
);

CREATE FUNCTION bus.beat(service text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM bus.check_caller(service);
    INSERT INTO bus.heartbeats VALUES (service, clock_timestamp())
        ON CONFLICT ON CONSTRAINT heartbeats_pkey DO UPDATE SET at = excluded.at;
END $$;

CREATE FUNCTION bus.last_beat(service text) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    RETURN (SELECT h.at FROM bus.heartbeats h WHERE h.service = last_beat.service);

-- ---------------------------------------------------------------- keys of repeated requests

CREATE TABLE bus.idempotency (
    committee_id uuid NOT NULL,
    actor text NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    request bytea NOT NULL, -- hash
    status int,
    headers jsonb,
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (committee_id, actor, route, key)
);
CREATE INDEX idempotency_age ON bus.idempotency (created_at);
ALTER TABLE bus.idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY ours ON bus.idempotency USING (committee_id = bus.committee());
