-- Units, places, the tree, squads and checkpoints, for a committee that has none; then both kinds numbered from 0.

CREATE TEMP TABLE empty AS SELECT NOT EXISTS (SELECT FROM members.units WHERE committee_id = pg_temp.committee()) AS yes;

INSERT INTO members.units (id, code, name, committee_id)
    SELECT pg_temp.id('unit', n), 'U' || n, '单位' || n || '党支部', pg_temp.committee() FROM generate_series(1, 14) n, empty WHERE yes;
INSERT INTO members.places (id, code, kind, name, path, committee_id)
    SELECT pg_temp.id('compound', n), 'K' || n, 'compound', '小区' || n, ('K' || n)::ltree, pg_temp.committee()
    FROM generate_series(1, 9) n, empty WHERE yes;
INSERT INTO members.places (id, code, kind, name, parent_id, path, households, committee_id)
    SELECT pg_temp.id('entrance', n * 10 + e), 'K' || n || 'E' || e, 'entrance', e || '单元', pg_temp.id('compound', n),
        ('K' || n || '.K' || n || 'E' || e)::ltree, 20, pg_temp.committee()
    FROM generate_series(1, 9) n, generate_series(1, 6) e, empty WHERE yes;
INSERT INTO members.org_nodes (id, code, line, kind, name, path, unit_id, valid_from, committee_id)
    SELECT pg_temp.id('root', 1), 'V', 'vertical', 'branch', '社区党支部', 'V'::ltree, NULL::uuid, date '2012-10-31', pg_temp.committee() FROM empty WHERE yes
    UNION ALL SELECT pg_temp.id('root', 2), 'H', 'horizontal', 'liaison_committee', '联络委员会', 'H', NULL, '2012-10-31', pg_temp.committee() FROM empty WHERE yes
    UNION ALL SELECT pg_temp.id('zone', n), 'Z' || n, 'vertical', 'zone', '片区' || n, ('V.Z' || n)::ltree, NULL, '2012-10-31', pg_temp.committee()
        FROM generate_series(1, 9) n, empty WHERE yes
    UNION ALL SELECT pg_temp.id('team', n), 'T' || n, 'vertical', 'activity_group', '小组' || n, ('V.T' || n)::ltree, NULL, '2012-10-31', pg_temp.committee()
        FROM generate_series(1, 9) n, empty WHERE yes
    UNION ALL SELECT pg_temp.id('unit node', n), 'N' || n, 'horizontal', 'unit', '单位' || n, ('H.N' || n)::ltree, pg_temp.id('unit', n), '2012-10-31', pg_temp.committee()
        FROM generate_series(1, 14) n, empty WHERE yes;
INSERT INTO events.units (unit_id, code, name, kind, needs_approval, active, changed_at, committee_id)
    SELECT id, code, name, kind, needs_approval, active, now(), committee_id FROM members.units, empty
    WHERE yes AND committee_id = pg_temp.committee();
INSERT INTO patrol.checkpoints (id, code, number, name, zone, qr_token, active, committee_id, version)
    SELECT pg_temp.id('checkpoint', n), 'P' || n, n, '点位' || n, 'Z' || (1 + mod(n, 9)), md5(pg_temp.committee()::text || n), true, pg_temp.committee(), 1
    FROM generate_series(1, 36) n, empty WHERE yes;
INSERT INTO patrol.squads (id, code, name, leader_id, zone, active, committee_id, version)
    SELECT pg_temp.id('squad', n), 'S' || n, '巡逻队' || n, pg_temp.id('person', n), 'Z' || (1 + mod(n, 9)), true, pg_temp.committee(), 1
    FROM generate_series(1, 12) n, empty WHERE yes;
INSERT INTO patrol.routes (squad_id, position, checkpoint_id, committee_id)
    SELECT pg_temp.id('squad', n), k, pg_temp.id('checkpoint', 3 * (n - 1) + k), pg_temp.committee()
    FROM generate_series(1, 12) n, generate_series(1, 3) k, empty WHERE yes;
INSERT INTO notify.rules (id, code, topic, condition, audience, template, class, needs_answer, why, "on", version, committee_id)
    SELECT pg_temp.id('rule', 1), 'bench', 'events.activity_published.v1', '{}', '{}', 'new_activity', 'news', false, '{"zh": "", "en": ""}', true, 1, pg_temp.committee()
    WHERE NOT EXISTS (SELECT FROM notify.rules WHERE committee_id = pg_temp.committee());
DROP TABLE empty;

CREATE TEMP TABLE units AS SELECT row_number() OVER (ORDER BY code) - 1 AS k, id, code, name
    FROM members.units WHERE committee_id = pg_temp.committee();
CREATE TEMP TABLE places AS
    SELECT row_number() OVER (ORDER BY code) - 1 AS k, id, split_part(path::text, '.', 1) AS compound
    FROM members.places WHERE committee_id = pg_temp.committee() AND kind = 'entrance';
CREATE TEMP TABLE zones AS SELECT row_number() OVER (ORDER BY code) - 1 AS k, id, code
    FROM members.org_nodes WHERE committee_id = pg_temp.committee() AND kind = 'zone';
CREATE TEMP TABLE teams AS SELECT row_number() OVER (ORDER BY code) - 1 AS k, id, code
    FROM members.org_nodes WHERE committee_id = pg_temp.committee() AND kind = 'activity_group';
CREATE TEMP TABLE squads AS SELECT row_number() OVER (ORDER BY code) - 1 AS k, id
    FROM patrol.squads WHERE committee_id = pg_temp.committee();
CREATE TEMP TABLE rule AS SELECT id FROM notify.rules WHERE committee_id = pg_temp.committee() ORDER BY code LIMIT 1;
ANALYZE units, places, zones, teams, squads;
