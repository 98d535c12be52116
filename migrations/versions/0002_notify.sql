-- What the models of notify cannot say.

SELECT bus.partition('notify.messages');
SELECT bus.partition('notify.sendings');

-- The id of what follows from an event: its time in front, the rest a hash of what makes it the only one.
CREATE FUNCTION notify.id_of(event uuid, VARIADIC parts text[]) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (
        SELECT (left(replace(event::text, '-', ''), 12) || '8' || left(hash, 3) || '8' || substr(hash, 4, 15))::uuid
        FROM encode(sha256(convert_to(event::text || '|' || array_to_string(parts, '|', ''), 'UTF8')), 'hex') AS hash
    );

-- The moment, or the end of the quiet hours that it falls into.
CREATE FUNCTION notify.after_quiet(moment timestamptz, quiet_from time, quiet_until time) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT CASE
            WHEN quiet_from < quiet_until AND clock >= quiet_from AND clock < quiet_until
                THEN (day + quiet_until) AT TIME ZONE 'Asia/Shanghai'
            WHEN quiet_from > quiet_until AND clock < quiet_until
                THEN (day + quiet_until) AT TIME ZONE 'Asia/Shanghai'
            WHEN quiet_from > quiet_until AND clock >= quiet_from
                THEN (day + 1 + quiet_until) AT TIME ZONE 'Asia/Shanghai'
            ELSE moment
        END
        FROM (SELECT moment AT TIME ZONE 'Asia/Shanghai' AS local) AS here,
            LATERAL (SELECT local::time AS clock, local::date AS day) AS parts
    );

-- Whoever has the inbox open hears of what is new or different in it; a hundred readers a notification.
CREATE FUNCTION notify.wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('live', jsonb_build_object(
        'to', jsonb_agg('inbox:' || person_id),
        'news', CASE WHEN count(*) = 1 THEN jsonb_build_object('id', min(id::text)) ELSE '{}' END
    )::text)
    FROM (SELECT id, person_id, row_number() OVER () / 100 AS bundle FROM changed WHERE inbox) AS readers
    GROUP BY bundle;
    RETURN NULL;
END $$;
CREATE TRIGGER wake_of_new AFTER INSERT ON notify.messages
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION notify.wake();
CREATE TRIGGER wake_of_change AFTER UPDATE ON notify.messages
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION notify.wake();
