-- What the other files write their rows with.

CREATE OR REPLACE FUNCTION pg_temp.committee() RETURNS uuid LANGUAGE sql STABLE
    RETURN current_setting('fill.committee')::uuid;
CREATE OR REPLACE FUNCTION pg_temp.many(what text) RETURNS int LANGUAGE sql STABLE
    RETURN current_setting('fill.' || what)::int;

-- The id of the n-th of a kind.
CREATE OR REPLACE FUNCTION pg_temp.id(kind text, n bigint) RETURNS uuid LANGUAGE sql STABLE
    RETURN md5(current_setting('fill.committee') || kind || n)::uuid;

-- The same with a time in front, as UUIDv7 have it.
CREATE OR REPLACE FUNCTION pg_temp.id_at(moment timestamptz, kind text, n bigint) RETURNS uuid LANGUAGE sql STABLE
    RETURN overlay(pg_temp.id(kind, n)::text PLACING left(bus.first_uuid(moment)::text, 14) || '7' FROM 1 FOR 15)::uuid;

-- Partitions for the months that are over.
DO $$
DECLARE
    p text;
    month timestamptz;
BEGIN
    FOR p IN SELECT parent FROM bus.partitioned LOOP
        FOR n IN 1..13 LOOP
            month := date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - n * interval '1 month';
            CONTINUE WHEN to_regclass(p || to_char(month AT TIME ZONE 'UTC', '_YYYY_MM')) IS NOT NULL;
            EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
                p || to_char(month AT TIME ZONE 'UTC', '_YYYY_MM'), p,
                bus.first_uuid(month), bus.first_uuid(month + interval '1 month'));
        END LOOP;
    END LOOP;
END $$;

DROP TABLE IF EXISTS pg_temp.units, pg_temp.places, pg_temp.zones, pg_temp.teams, pg_temp.squads, pg_temp.rule,
    pg_temp.members, pg_temp.shifts, pg_temp.told;
