-- What was told in four weeks: many events to fifty people each, by push, and two to everybody.

CREATE TEMP TABLE told AS
    SELECT n, pg_temp.id_at(at, 'told', n) AS id, at, n <= 2 AS to_all, (ARRAY['critical', 'duty', 'service', 'news', 'news'])[1 + mod(n, 5)] AS class
    FROM generate_series(1, greatest(2, pg_temp.many('people') / 30)) n,
        LATERAL (SELECT now() - n * (interval '28 days' / greatest(2, pg_temp.many('people') / 30)) AS at) AS t;
INSERT INTO bus.events (id, topic, committee_id, occurred_at, recorded_at, actor, correlation_id, data_class, payload)
    SELECT id, 'events.activity_published.v1', pg_temp.committee(), at, at, 'system', pg_temp.id('request', n)::text, 'B', '{}' FROM told;
INSERT INTO notify.texts (event_id, rule_id, language, topic, class, title, body, sms_code, created_at, committee_id)
    SELECT t.id, r.id, 'zh', 'events.activity_published.v1', class, '新活动' || n, '……', '', at, pg_temp.committee() FROM told t, rule r;
CREATE TEMP TABLE readers AS
    SELECT t.id AS event_id, t.at, t.class, m.id AS person_id, mod(m.n, 5) AS k FROM told t JOIN members m ON t.to_all
    UNION ALL
    SELECT t.id, t.at, t.class, m.id, mod(k, 5) FROM told t CROSS JOIN generate_series(1, 50) k
        JOIN members m ON m.n = 1 + mod(50 * t.n + k, pg_temp.many('people')) WHERE NOT t.to_all
    UNION ALL
    SELECT t.id, t.at, t.class, nullif(current_setting('fill.reader'), '')::uuid, mod(t.n, 5) FROM told t
        WHERE t.n <= 3000 AND current_setting('fill.reader') <> '';
INSERT INTO notify.messages (id, event_id, rule_id, language, topic, thread, person_id, class, role, inbox, needs_answer, ring,
        created_at, read_at, committee_id)
    SELECT notify.id_of(event_id, person_id::text), event_id, r.id, 'zh', 'events.activity_published.v1', event_id, person_id, class, 'everyone',
        true, false, 0, at, CASE WHEN k > 0 THEN at END, pg_temp.committee()
    FROM readers, rule r ON CONFLICT DO NOTHING;
INSERT INTO notify.sendings (id, message_id, event_id, channel, priority, state, due_at, expires_at, attempts, created_at, sent_at, committee_id)
    SELECT notify.id_of(event_id, person_id::text, 'web_push'), notify.id_of(event_id, person_id::text), event_id, 'web_push', 3,
        CASE k WHEN 0 THEN 'sent' ELSE 'delivered' END, at, at + interval '1 day', 1, at, at, pg_temp.committee()
    FROM readers ON CONFLICT DO NOTHING;
DROP TABLE readers;
