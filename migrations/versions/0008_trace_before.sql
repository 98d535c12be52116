-- notify.trace as 0003 has it.

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

REVOKE ALL ON FUNCTION notify.trace FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notify.trace TO notify;
