-- Lists of a committee whose tables have grown long. A page is found by an index that begins with the committee and goes
-- on in the order of the list: what other committees have is never read, nor what lies before the page.

CREATE INDEX people_of_unit ON members.people (unit_id, number, id);
DROP INDEX members.people_unit_id;
CREATE INDEX memberships_heads ON members.memberships (node_id) WHERE role_in <> 'member';
CREATE INDEX import_batches_newest ON members.import_batches (committee_id, id);

CREATE INDEX activities_by_start ON events.activities (committee_id, starts_at, id);
CREATE INDEX activities_by_state ON events.activities (committee_id, state, starts_at, id);
DROP INDEX events.activities_to_check;
CREATE INDEX sign_ups_in_turn ON events.sign_ups (activity_id, turn) WHERE state <> 'cancelled';

DROP INDEX patrol.shifts_by_start;
CREATE INDEX shifts_by_start ON patrol.shifts (committee_id, starts_at, id);
CREATE INDEX shifts_by_state ON patrol.shifts (committee_id, state, starts_at, id);
CREATE INDEX shifts_handed_over ON patrol.shifts (squad_id, starts_at) WHERE state = 'ended' AND handover <> '';
CREATE INDEX sos_newest ON patrol.sos (committee_id, raised_at, id);

CREATE INDEX texts_newest ON notify.texts (committee_id, event_id) WHERE language = 'zh';
CREATE INDEX texts_of_class ON notify.texts (committee_id, class, event_id) WHERE language = 'zh';
CREATE INDEX messages_to_answer ON notify.messages (person_id)
    WHERE inbox AND needs_answer AND answer IS NULL AND cancelled_at IS NULL;

-- ---------------------------------------------------------------- words that contain these

-- Chinese names are searched by one character or two, of which trigrams know nothing. *shortest*: of none below.
CREATE FUNCTION bus.pieces(words text, shortest int DEFAULT 1) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(
        SELECT DISTINCT substr(lower(words), n, size) FROM generate_series(1, length(words)) n, generate_series(shortest, 2) size
        WHERE n + size <= length(words) + 1);
REVOKE ALL ON FUNCTION bus.pieces FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bus.pieces TO members, events;

DROP INDEX members.people_name_parts;
CREATE INDEX people_name_pieces ON members.people USING gin (bus.pieces(name));
CREATE INDEX activities_pieces ON events.activities USING gin (bus.pieces(title || ' ' || place || ' ' || summary));

-- Under row-level security such an index is never used: its operator might tell of rows that are not ours, for all that
-- Postgres knows. These show the same rows as the policies do, by the rights of their owner, and what one may ask for.
CREATE VIEW members.names AS
    SELECT id, number, name, phone_blind, active, unit_id, place_id FROM members.people WHERE committee_id = bus.committee();
CREATE VIEW events.words AS
    SELECT id, unit_id, title, place, summary, title || ' ' || place || ' ' || summary AS words, starts_at, ends_at, state,
        reach, published_at
    FROM events.activities WHERE committee_id = bus.committee();
GRANT SELECT ON members.names TO members;
GRANT SELECT ON events.words TO events;

-- ---------------------------------------------------------------- counts that are kept

-- How many members there are of what, in committees too large to count each time; see domain/tallies.py of members.
CREATE TABLE members.tallies (
    committee_id uuid DEFAULT bus.committee() NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    members int NOT NULL,
    PRIMARY KEY (committee_id, kind, key)
);
ALTER TABLE members.tallies ENABLE ROW LEVEL SECURITY;
CREATE POLICY ours ON members.tallies USING (committee_id = bus.committee());
GRANT SELECT, INSERT, UPDATE, DELETE ON members.tallies TO members;

-- How telling of an event fares that was told to many; see domain/tallies.py of notify.
CREATE TABLE notify.told_counts (
    event_id uuid NOT NULL,
    people int NOT NULL,
    answered int NOT NULL,
    unreachable int NOT NULL,
    queued int NOT NULL,
    sent int NOT NULL,
    delivered int NOT NULL,
    failed int NOT NULL,
    counted_at timestamptz NOT NULL,
    committee_id uuid DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (event_id)
);
ALTER TABLE notify.told_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY ours ON notify.told_counts USING (committee_id = bus.committee());
GRANT SELECT, INSERT, UPDATE, DELETE ON notify.told_counts TO notify;

-- As before, but of the messages of an event none are read beyond the first ones in the order of their index.
CREATE OR REPLACE FUNCTION notify.trace(events uuid[], most int) RETURNS TABLE (
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
