-- Activities of three years, a month of it ahead of us; twenty people go to each.

CREATE TEMP TABLE held AS
    SELECT n, pg_temp.id('activity', n) AS id, u.id AS unit_id,
        now() + interval '30 days' - n * (interval '1100 days' / greatest(1, pg_temp.many('people') / 10)) AS starts_at,
        (ARRAY['法律讲座', '乒乓球赛', '二人台演出', '义务劳动', '主题党日', '健康义诊'])[1 + mod(n, 6)] AS title
    FROM generate_series(1, pg_temp.many('people') / 10) n JOIN units u ON u.k = mod(n, (SELECT count(*) FROM units));
INSERT INTO events.activities (id, unit_id, title, summary, kind, place, starts_at, ends_at, capacity, audience, state, reach, posted_by,
        published_at, changed_at, committee_id, version)
    SELECT id, unit_id, title || n, title || '，欢迎大家参加，第' || n || '次。', 'lecture', '社区活动室', starts_at, starts_at + interval '2 hours', 40, '{"everyone": true}',
        state, 'all', 'bench', CASE WHEN state IN ('published', 'called_off') THEN starts_at - interval '9 days' END, starts_at, pg_temp.committee(), 1
    FROM held, LATERAL (SELECT CASE WHEN mod(n, 40) = 7 THEN 'draft' WHEN mod(n, 50) = 9 THEN 'submitted' WHEN mod(n, 60) = 11 THEN 'sent_back'
        WHEN mod(n, 30) = 13 THEN 'called_off' ELSE 'published' END AS state) AS s;
INSERT INTO events.sign_ups (activity_id, person_id, state, at, committee_id)
    SELECT id, pg_temp.id('person', 1 + mod(20 * n + k, pg_temp.many('people'))), 'going', starts_at - interval '5 days', pg_temp.committee()
    FROM held, generate_series(1, least(20, pg_temp.many('people'))) k;
DROP TABLE held;
