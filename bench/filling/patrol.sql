-- A year of shifts that are over, two people each, with twenty check-ins a shift and now and then more than that.

CREATE TEMP TABLE shifts AS
    WITH so AS (SELECT greatest(1, pg_temp.many('check_ins') / 20) AS many)
    SELECT n, pg_temp.id('shift', n) AS id, s.id AS squad_id, now() - interval '1 day' - (so.many - n) * (interval '360 days' / so.many) AS starts_at
    FROM so, generate_series(1, so.many) n JOIN squads s ON s.k = mod(n, (SELECT count(*) FROM squads));

INSERT INTO patrol.shifts (id, squad_id, starts_at, ends_at, state, started_at, ended_at, handover, committee_id, version)
    SELECT id, squad_id, starts_at, starts_at + interval '2 hours', 'ended', starts_at, starts_at + interval '2 hours',
        CASE WHEN mod(n, 3) = 0 THEN '一切正常' ELSE '' END, pg_temp.committee(), 3 FROM shifts ORDER BY n;

INSERT INTO patrol.volunteers (person_id, trained_until, insured_until, version, committee_id)
SELECT person_id, '2099-12-31', '2099-12-31', 1, committee_id FROM patrol.people ON CONFLICT DO NOTHING;
ALTER TABLE patrol.shift_crew DROP CONSTRAINT shift_crew_overlap;
INSERT INTO patrol.shift_crew (shift_id, person_id, role, stand_in, during, committee_id)
    SELECT s.id, m.id, CASE k WHEN 0 THEN 'leader' ELSE 'member' END, false, tstzrange(starts_at, starts_at + interval '2 hours'), pg_temp.committee()
    FROM shifts s CROSS JOIN generate_series(0, 1) k
    JOIN members m ON m.n = 1 + mod(2 * s.n + k, pg_temp.many('people'));
ALTER TABLE patrol.shift_crew ADD CONSTRAINT shift_crew_overlap EXCLUDE USING gist (person_id WITH =, during WITH &&);

INSERT INTO patrol.check_ins (id, shift_id, checkpoint_id, person_id, device_id, seq, near, how, note, content, device_at,
        received_at, happened_at, time_quality, committee_id)
    SELECT pg_temp.id_at(at, 'check-in', 20 * s.n + k), s.id, p.ids[1 + mod(s.n + k, cardinality(p.ids))], pg_temp.id('person', 1 + mod(2 * s.n, pg_temp.many('people'))),
        'bench', k, true, 'scan', '', '\x00', at, at, at, 'device', pg_temp.committee()
    FROM shifts s, generate_series(1, 20) k, LATERAL (SELECT s.starts_at + k * interval '5 minutes' AS at) AS t,
        (SELECT array_agg(id) AS ids FROM patrol.checkpoints WHERE committee_id = pg_temp.committee()) AS p
    ORDER BY s.n, k;

INSERT INTO patrol.troubles (id, shift_id, place, kind, words, person_id, state, closed_at, content, device_at, received_at, happened_at,
        time_quality, committee_id)
    SELECT pg_temp.id('trouble', n), id, '3 号楼', 'lamp', '灯不亮', pg_temp.id('person', 1 + mod(2 * n, pg_temp.many('people'))),
        'closed', starts_at, '\x00', starts_at, starts_at, starts_at, 'device', pg_temp.committee() FROM shifts WHERE mod(n, 10) = 0;
INSERT INTO patrol.alarms (id, shift_id, began_at, step, ended_at, reason, note, committee_id)
    SELECT pg_temp.id('alarm', n), id, starts_at, 'buddy', starts_at, 'check_in', '', pg_temp.committee() FROM shifts WHERE mod(n, 20) = 0;
INSERT INTO patrol.sos (id, person_id, shift_id, device_at, raised_at, acknowledged_at, stood_down_at, committee_id)
    SELECT pg_temp.id('sos', n), pg_temp.id('person', 1 + mod(2 * n, pg_temp.many('people'))), id, starts_at, starts_at, starts_at, starts_at, pg_temp.committee()
    FROM shifts WHERE mod(n, 50) = 0;
