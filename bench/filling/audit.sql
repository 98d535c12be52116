-- A long log. Its hashes are no chain: this committee is not for verifying.

INSERT INTO audit.heads VALUES (pg_temp.committee(), 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
INSERT INTO audit.entries (committee_id, seq, at, actor, action, object_kind, object_id, facts, correlation_id, hash)
    SELECT pg_temp.committee(), h.seq + n, now() - (2 * pg_temp.many('people') - n) * interval '30 seconds',
        'person:' || pg_temp.id('person', 1 + mod(n * n, 400)),
        (ARRAY['members.person_changed', 'members.person_read_in_full', 'events.activity_posted', 'patrol.said_all_well', 'notify.rule_changed'])[1 + mod(n, 5)],
        'person', pg_temp.id('person', 1 + mod(n * 7, pg_temp.many('people')))::text, '{}', '', sha256(n::text::bytea)
    FROM generate_series(1, 2 * pg_temp.many('people')::bigint) n, (SELECT seq FROM audit.heads WHERE committee_id = pg_temp.committee()) AS h;
UPDATE audit.heads SET seq = (SELECT max(seq) FROM audit.entries WHERE committee_id = pg_temp.committee()) WHERE committee_id = pg_temp.committee();
