-- Members with names as they are common here, each at home in a unit and in a zone; most live somewhere, some do more.

CREATE TEMP TABLE members AS
    WITH words AS (
        SELECT string_to_array('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕', NULL) AS surnames,
            string_to_array('伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力玉华红建国志海燕春梅生光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘', NULL) AS given
    )
    SELECT n, pg_temp.id('person', n) AS id, 'L' || lpad(n::text, 7, '0') AS number,
        surnames[1 + floor(random() ^ 1.5 * cardinality(surnames))::int] || given[1 + floor(random() * cardinality(given))::int]
            || CASE WHEN random() < 0.7 THEN given[1 + floor(random() * cardinality(given))::int] ELSE '' END AS name,
        u.id AS unit_id, u.code AS unit_code, u.name AS unit_name, p.id AS place_id, p.compound, z.id AS zone_id, z.code AS zone,
        t.id AS team_id, t.code AS team,
        CASE WHEN mod(n, 20) = 0 THEN (ARRAY['law', 'medicine', 'teaching', 'electrics', 'first_aid'])[1 + mod(n / 20, 5)] END AS skill
    FROM generate_series(1, pg_temp.many('people')) n CROSS JOIN words
    JOIN units u ON u.k = mod(n, (SELECT count(*) FROM units))
    JOIN zones z ON z.k = mod(n, (SELECT count(*) FROM zones))
    LEFT JOIN places p ON p.k = mod(n, (SELECT count(*) FROM places)) AND mod(n, 3) > 0
    LEFT JOIN teams t ON t.k = mod(n, (SELECT nullif(count(*), 0) FROM teams)) AND mod(n, 4) = 0;
ALTER TABLE members ADD PRIMARY KEY (n);

INSERT INTO members.people (id, number, name, phone_blind, unit_id, place_id, committee_id)
    SELECT id, number, name, sha256(id::text::bytea), unit_id, place_id, pg_temp.committee() FROM members ORDER BY n;
INSERT INTO members.person_skills (person_id, skill, number, committee_id)
    SELECT id, skill, number, pg_temp.committee() FROM members WHERE skill IS NOT NULL;

-- A gist is built much faster than it is kept.
ALTER TABLE members.memberships DROP CONSTRAINT memberships_one_home, DROP CONSTRAINT memberships_one_of_each;
INSERT INTO members.memberships (id, person_id, kind, unit_id, valid_from, committee_id)
    SELECT pg_temp.id('home', n), id, 'home', unit_id, '2020-01-01', pg_temp.committee() FROM members;
INSERT INTO members.memberships (id, person_id, kind, place_id, valid_from, committee_id)
    SELECT pg_temp.id('lives', n), id, 'community', place_id, '2020-01-01', pg_temp.committee() FROM members WHERE place_id IS NOT NULL;
INSERT INTO members.memberships (id, person_id, kind, node_id, valid_from, committee_id)
    SELECT pg_temp.id('in zone', n), id, 'node', zone_id, '2020-01-01', pg_temp.committee() FROM members;
INSERT INTO members.memberships (id, person_id, kind, node_id, valid_from, committee_id)
    SELECT pg_temp.id('in team', n), id, 'node', team_id, '2020-01-01', pg_temp.committee() FROM members WHERE team_id IS NOT NULL;
ALTER TABLE members.memberships
    ADD CONSTRAINT memberships_one_home EXCLUDE USING gist
        (person_id WITH =, kind WITH =, daterange(valid_from, valid_until) WITH &&) WHERE (kind IN ('home', 'community')),
    ADD CONSTRAINT memberships_one_of_each EXCLUDE USING gist
        (person_id WITH =, node_id WITH =, role_in WITH =, daterange(valid_from, valid_until) WITH &&)
        WHERE (kind = 'node');

DO $$
DECLARE
    service text;
BEGIN
    FOREACH service IN ARRAY ARRAY['events', 'patrol', 'notify'] LOOP
        EXECUTE format('INSERT INTO %I.people (person_id, name, unit_id, unit_code, unit_name, place_code, zone_code, groups,
                skills, active, changed_at, committee_id)
            SELECT id, name, unit_id, unit_code, unit_name, compound, zone, array_remove(ARRAY[team], NULL),
                array_remove(ARRAY[skill], NULL), true, now(), pg_temp.committee() FROM members', service);
    END LOOP;
END $$;
