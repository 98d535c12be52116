-- notify.trace as 0008 has it.

CREATE FUNCTION notify.trace(events uuid[], most int) RETURNS TABLE (
    event_id uuid, people bigint, message_id uuid, person_id uuid, class text, created_at timestamptz, read_at timestamptz,
    answered_at timestamptz, sending_id uuid, channel text, state text, attempts int, detail text, due_at timestamptz,
    sent_at timestamptz
) LANGUAGE sql STABLE AS $$
    SELECT e.id, n.people, m.id, m.person_id, m.class, m.created_at, m.read_at, m.answered_at,
        s.id, s.channel, s.state, s.attempts, s.detail, s.due_at, s.sent_at
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
