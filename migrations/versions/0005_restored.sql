-- Who asked to be forgotten (domain/erasing.py of members), and what follows a restore (embedded/restore.py).

CREATE TABLE members.erasures (
    person_id uuid NOT NULL,
    at timestamptz DEFAULT now() NOT NULL,
    asked_by uuid,
    known text, -- the name, until it is gone everywhere
    committee_id uuid DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (person_id)
);
ALTER TABLE members.erasures ENABLE ROW LEVEL SECURITY;
CREATE POLICY ours ON members.erasures USING (committee_id = bus.committee());
GRANT SELECT, INSERT, UPDATE, DELETE ON members.erasures TO members;

-- Take a person out of the register. The row stays, without anything that says who it was, so that counts stay true.
CREATE FUNCTION members.erase(person uuid, by uuid) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    known text;
    today date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    SELECT p.name INTO known FROM members.people p WHERE p.id = person FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO members.erasures (person_id, asked_by, known) VALUES (person, by, known) ON CONFLICT (person_id) DO NOTHING;
    DELETE FROM members.sessions s WHERE s.person_id = person;
    DELETE FROM members.sign_in_codes c WHERE c.person_id = person;
    DELETE FROM members.grants g WHERE g.person_id = person;
    DELETE FROM members.person_skills s WHERE s.person_id = person;
    DELETE FROM members.memberships m WHERE m.person_id = person AND m.valid_from >= today;
    UPDATE members.memberships m SET valid_until = today
        WHERE m.person_id = person AND (m.valid_until IS NULL OR m.valid_until > today);
    -- An import that is undone would bring them back, and so would its workbook.
    DELETE FROM members.import_files f USING members.import_changes c, members.import_batches b
        WHERE f.import_id = c.import_id AND b.id = c.import_id AND c.kind = 'person' AND c.row_id = person
          AND b.state NOT IN ('checking', 'checked', 'applying');
    DELETE FROM members.import_changes c WHERE c.kind = 'person' AND c.row_id = person;
    UPDATE members.import_batches b SET by_name = '（已删除）' WHERE b.created_by = person;
    -- Old workbooks name people by their number: this one must not find them.
    UPDATE members.people p SET name = '（已删除）', number = 'X' || right(replace(person::text, '-', ''), 16), phone = NULL, phone_blind = NULL, email = NULL, active = false,
        unit_id = NULL, place_id = NULL, changed_at = clock_timestamp(), version = p.version + 1
        WHERE p.id = person;
    RETURN true;
END $$;

-- What the bus still holds of a person: members' news of them, events that name them, answers kept for repeated requests.
-- Reads the whole record of events: for a worker, not for a request.
CREATE FUNCTION bus.forget(person uuid, known text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    nobody constant jsonb := jsonb_build_object('name', '（已删除）', 'phone', NULL, 'email', NULL, 'unit_id', NULL,
        'unit_code', NULL, 'unit_name', NULL, 'place_code', NULL, 'zone_code', NULL, 'groups', '[]'::jsonb,
        'skills', '[]'::jsonb, 'active', false);
    n int;
    m int;
BEGIN
    PERFORM bus.check_caller('members');
    UPDATE bus.events e SET payload = jsonb_set(e.payload, '{people}', (
            SELECT jsonb_agg(CASE WHEN p.one ->> 'person_id' = person::text THEN p.one || nobody ELSE p.one END ORDER BY p.n)
            FROM jsonb_array_elements(e.payload -> 'people') WITH ORDINALITY AS p (one, n)))
        WHERE e.topic = 'members.people_changed.v1' AND e.committee_id = bus.committee()
          AND e.payload @> jsonb_build_object('people', jsonb_build_array(jsonb_build_object('person_id', person)));
    GET DIAGNOSTICS n = ROW_COUNT;
    -- A code that is still under way to somebody who is gone leads nowhere.
    DELETE FROM bus.deliveries d USING bus.events e
        WHERE d.event_id = e.id AND e.topic = 'members.sign_in_code_made.v1' AND e.committee_id = bus.committee()
          AND e.payload ->> 'person_id' = person::text;
    UPDATE bus.events e SET payload = jsonb_build_object('person_id', person)
        WHERE e.topic = 'members.sign_in_code_made.v1' AND e.committee_id = bus.committee()
          AND e.payload ->> 'person_id' = person::text;
    UPDATE bus.events e SET payload = replace(e.payload::text, to_json(known)::text, '"（已删除）"')::jsonb
        WHERE e.committee_id = bus.committee() AND e.topic <> 'members.people_changed.v1'
          AND (e.actor = 'person:' || person OR position(person::text IN e.payload::text) > 0)
          AND position(to_json(known)::text IN e.payload::text) > 0;
    GET DIAGNOSTICS m = ROW_COUNT;
    DELETE FROM bus.idempotency i WHERE i.committee_id = bus.committee()
        AND (i.actor = 'person:' || person OR position(convert_to(person::text, 'UTF8') IN i.body) > 0);
    RETURN n + m;
END $$;
REVOKE ALL ON FUNCTION members.erase, bus.forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION members.erase, bus.forget TO members;

-- Each time that the database was taken back to an earlier moment.
CREATE TABLE bus.epochs (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    restored_to timestamptz NOT NULL,
    deliveries_held int NOT NULL,
    sendings_held int NOT NULL,
    sessions_ended int NOT NULL
);

-- What was under way at the moment to which we were taken back went on in the time that is lost: who was to be told may
-- have been told. Alarms ring again; where a second copy replaces the first it is sent again; the rest waits for a person
-- (docs/decisions/0005). For the owner of the database only, before anything else runs on it.
CREATE FUNCTION bus.begin_epoch(restored_to timestamptz, replaced text[], end_sessions boolean) RETURNS bus.epochs
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    deliveries int;
    sendings int;
    sessions int := 0;
    epoch bus.epochs;
BEGIN
    UPDATE bus.deliveries d SET quarantined_at = clock_timestamp(),
            last_error = 'under way when the database was taken back: it may have been told already'
        WHERE d.subscriber = 'notify' AND d.queue = 'notify' AND d.event_id IS NOT NULL AND d.quarantined_at IS NULL
          AND d.topic NOT LIKE 'members.%' AND d.topic NOT IN (
              'patrol.shift_started.v1', 'patrol.shift_ended.v1', 'notify.messages_written.v1');
    GET DIAGNOSTICS deliveries = ROW_COUNT;
    UPDATE bus.deliveries SET due_at = clock_timestamp(), attempts = 0, starts = 0 WHERE quarantined_at IS NULL;
    UPDATE notify.sendings s SET state = 'unknown', lease_until = NULL, sealed = NULL,
            detail = 'under way when the database was taken back'
        WHERE s.state IN ('queued', 'sending', 'failed') AND s.due_at <= clock_timestamp()
          AND s.priority > 0 AND s.channel <> ALL (replaced);
    GET DIAGNOSTICS sendings = ROW_COUNT;
    UPDATE notify.sendings s SET state = 'queued', lease_until = NULL WHERE s.state = 'sending';
    DELETE FROM notify.turns;
    DELETE FROM bus.heartbeats;
    DELETE FROM members.sign_in_codes WHERE used_at IS NULL;
    IF end_sessions THEN
        DELETE FROM members.sessions;
        GET DIAGNOSTICS sessions = ROW_COUNT;
    END IF;
    INSERT INTO bus.epochs (restored_to, deliveries_held, sendings_held, sessions_ended)
        VALUES (begin_epoch.restored_to, deliveries, sendings, sessions) RETURNING * INTO epoch;
    RETURN epoch;
END $$;
REVOKE ALL ON FUNCTION bus.begin_epoch FROM PUBLIC;
