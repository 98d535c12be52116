-- What is not urgent may wait for a time of the day, and is told together.

-- {class: morning, evening, both or at_once}; what is not said is told at once.
ALTER TABLE notify.preferences ADD COLUMN digest JSONB NOT NULL DEFAULT '{}';

-- held: waits for the digest of due_at, and for whom; bundled: went into one, whose sending is digest_id.
ALTER TABLE notify.sendings ADD COLUMN held_for UUID;
ALTER TABLE notify.sendings ADD COLUMN digest_id UUID;
ALTER TABLE notify.sendings DROP CONSTRAINT sendings_state;
ALTER TABLE notify.sendings ADD CONSTRAINT sendings_state CHECK (state IN (
    'queued', 'held', 'bundled', 'sending', 'sent', 'delivered', 'acknowledged', 'failed', 'gave_up', 'unknown',
    'cancelled'));
CREATE INDEX sendings_held ON notify.sendings (due_at, held_for) WHERE state = 'held';
CREATE INDEX sendings_digest ON notify.sendings (digest_id) WHERE digest_id IS NOT NULL;

-- The times of the digests around a moment: those of its day, and of the days before and after.
CREATE FUNCTION notify.digests_around(moment timestamptz) RETURNS TABLE (name text, slot timestamptz)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
        SELECT times.name, ((moment AT TIME ZONE 'Asia/Shanghai')::date + days.n + times.clock) AT TIME ZONE 'Asia/Shanghai'
        FROM (VALUES ('morning', time '07:30'), ('evening', time '18:00')) AS times (name, clock),
            generate_series(-1, 1) AS days (n);
    END;

-- The first digest after a moment for who wants it in the morning, in the evening or at both times; else none.
CREATE FUNCTION notify.next_digest(moment timestamptz, choice text) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT min(slot) FROM notify.digests_around(moment) WHERE slot > moment AND choice IN (name, 'both'));

-- The time of the digest that is written at a moment.
CREATE FUNCTION notify.last_digest(moment timestamptz) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT max(slot) FROM notify.digests_around(moment) WHERE slot <= moment);

-- As before, and for which digest a message waits, or with which it went out.
DROP FUNCTION notify.trace;
CREATE FUNCTION notify.trace(events uuid[], most int) RETURNS TABLE (
    event_id uuid, people bigint, message_id uuid, person_id uuid, class text, created_at timestamptz, read_at timestamptz,
    answered_at timestamptz, sending_id uuid, channel text, state text, attempts int, detail text, due_at timestamptz,
    sent_at timestamptz, digest_at timestamptz
) LANGUAGE sql STABLE AS $$
    SELECT e.id, n.people, m.id, m.person_id, m.class, m.created_at, m.read_at, m.answered_at,
        s.id, s.channel, s.state, s.attempts, s.detail, s.due_at, s.sent_at,
        CASE WHEN s.held_for IS NOT NULL THEN s.due_at END
    FROM unnest(events) AS e (id)
    CROSS JOIN LATERAL (
        SELECT coalesce((SELECT k.people FROM notify.told_counts k WHERE k.event_id = e.id),
                        (SELECT count(*) FROM notify.messages c WHERE c.event_id = e.id)) AS people
    ) AS n
    CROSS JOIN LATERAL (
        SELECT * FROM notify.messages f
        WHERE f.event_id = e.id ORDER BY f.rule_id, f.id LIMIT most
    ) AS m
    LEFT JOIN notify.sendings s ON s.message_id = m.id
    ORDER BY e.id, m.created_at, m.id, s.id;
$$;
REVOKE ALL ON FUNCTION notify.trace FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notify.trace TO notify;
