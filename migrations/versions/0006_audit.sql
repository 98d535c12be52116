-- The audit log: a chain a committee (shared/audit.py). Services append to it by the functions; nobody changes it.

CREATE SCHEMA audit;

CREATE TABLE audit.heads (
    committee_id uuid PRIMARY KEY REFERENCES bus.committees,
    seq bigint NOT NULL,
    hash bytea NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE audit.entries (
    committee_id uuid NOT NULL REFERENCES bus.committees,
    seq bigint NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    on_behalf_of text,
    action text NOT NULL,
    object_kind text NOT NULL,
    object_id text,
    facts jsonb NOT NULL, -- ids and our own words: no personal data
    correlation_id text NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (committee_id, seq)
);
CREATE INDEX entries_actor ON audit.entries (committee_id, actor, seq);
CREATE INDEX entries_object ON audit.entries (committee_id, object_id, seq);
CREATE INDEX entries_action ON audit.entries (committee_id, action, seq);
CREATE INDEX entries_at ON audit.entries (committee_id, at);

CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'the audit log is not changed';
END $$;

CREATE FUNCTION audit.go_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.committee_id <> old.committee_id OR new.seq <> old.seq + 1 THEN
        RAISE insufficient_privilege USING MESSAGE = 'the head of the audit log goes on by one';
    END IF;
    RETURN new;
END $$;

-- Of statements too: an UPDATE that meets no row is refused as well.
CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entries FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER refuse BEFORE DELETE OR TRUNCATE ON audit.heads FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER go_on BEFORE UPDATE ON audit.heads FOR EACH ROW EXECUTE FUNCTION audit.go_on();

-- The end of the chain; it is the caller's until their transaction ends. Reading it without the lock would fork the chain.
CREATE FUNCTION audit.lock() RETURNS TABLE (committee_id uuid, seq bigint, hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO audit.heads VALUES (bus.committee(), 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT h.committee_id, h.seq, h.hash FROM audit.heads h WHERE h.committee_id = bus.committee() FOR UPDATE;
END $$;

-- One row more. It must stand right behind the last one: two writers who read the same end cannot both go on.
CREATE FUNCTION audit.append(
    seq bigint, at timestamptz, actor text, on_behalf_of text, action text, object_kind text, object_id text, facts jsonb,
    correlation_id text, previous bytea, hash bytea
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM bus.check_caller(split_part(action, '.', 1));
    UPDATE audit.heads h SET seq = append.seq, hash = append.hash
        WHERE h.committee_id = bus.committee() AND h.seq = append.seq - 1 AND h.hash = previous;
    IF NOT FOUND THEN
        RAISE serialization_failure USING MESSAGE = 'this is not the end of the audit log';
    END IF;
    INSERT INTO audit.entries
        VALUES (bus.committee(), seq, at, actor, on_behalf_of, action, object_kind, object_id, facts, correlation_id, hash);
END $$;

REVOKE ALL ON FUNCTION audit.lock, audit.append, audit.refuse, audit.go_on FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO members, events, patrol, notify;
GRANT EXECUTE ON FUNCTION audit.lock, audit.append TO members, events, patrol, notify;

-- members shows the log to the secretary, verifies it, and anchors it.
GRANT SELECT ON audit.entries, audit.heads TO members;
ALTER TABLE audit.entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.heads ENABLE ROW LEVEL SECURITY;
CREATE POLICY ours ON audit.entries USING (committee_id = bus.committee());
CREATE POLICY ours ON audit.heads USING (committee_id = bus.committee());
