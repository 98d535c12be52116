-- Sign-up with rules, offers of seats, guests, attendance.

ALTER TABLE events.people ADD COLUMN phone_blind BYTEA;
CREATE INDEX people_phone_blind ON events.people (phone_blind);

ALTER TABLE events.activities ADD COLUMN sign_up JSONB DEFAULT '{}' NOT NULL;
ALTER TABLE events.activities ADD COLUMN finished_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE events.activities ADD COLUMN credit_minutes INTEGER;
ALTER TABLE events.series ADD COLUMN sign_up JSONB DEFAULT '{}' NOT NULL;

ALTER TABLE events.sign_ups
    ADD COLUMN guest BOOLEAN DEFAULT false NOT NULL,
    ADD COLUMN party_size INTEGER DEFAULT 1 NOT NULL,
    ADD COLUMN part TEXT,
    ADD COLUMN quotas INTEGER[] DEFAULT '{}' NOT NULL,
    ADD COLUMN by TEXT DEFAULT 'self' NOT NULL,
    ADD COLUMN by_id UUID,
    ADD COLUMN why JSONB DEFAULT '[]' NOT NULL,
    ADD COLUMN asked_id UUID,
    ADD COLUMN offer_until TIMESTAMP WITH TIME ZONE,
    ADD COLUMN details TEXT;
ALTER TABLE events.sign_ups DROP CONSTRAINT sign_ups_state;
ALTER TABLE events.sign_ups
    ADD CONSTRAINT sign_ups_state CHECK (state IN ('going', 'waiting', 'offered', 'cancelled')) NOT VALID,
    ADD CONSTRAINT sign_ups_by CHECK (by IN ('self', 'clerk', 'phone', 'neighbour')) NOT VALID,
    ADD CONSTRAINT sign_ups_part CHECK (part IN ('leader', 'first_aider', 'driver', 'photographer', 'helper')) NOT VALID,
    ADD CONSTRAINT sign_ups_party CHECK (party_size BETWEEN 1 AND 20) NOT VALID,
    ADD CONSTRAINT sign_ups_offer CHECK ((state = 'offered') = (offer_until IS NOT NULL)) NOT VALID;
ALTER TABLE events.sign_ups VALIDATE CONSTRAINT sign_ups_state, VALIDATE CONSTRAINT sign_ups_by,
    VALIDATE CONSTRAINT sign_ups_part, VALIDATE CONSTRAINT sign_ups_party, VALIDATE CONSTRAINT sign_ups_offer;
CREATE INDEX sign_ups_seated ON events.sign_ups (activity_id) WHERE state IN ('going', 'offered');
CREATE INDEX sign_ups_offers ON events.sign_ups (offer_until) WHERE state = 'offered';
CREATE UNIQUE INDEX sign_ups_asked ON events.sign_ups (asked_id) WHERE asked_id IS NOT NULL;
CREATE INDEX sign_ups_told ON events.sign_ups (activity_id) WHERE details IS NOT NULL;

CREATE TABLE events.guests (
    id UUID DEFAULT uuidv7() NOT NULL,
    activity_id UUID NOT NULL,
    name TEXT,
    phone TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id) ON DELETE CASCADE
);
CREATE INDEX guests_activity ON events.guests (activity_id);
CREATE TABLE events.attendances (
    id UUID NOT NULL,
    activity_id UUID NOT NULL,
    person_id UUID NOT NULL,
    source TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    device_id TEXT NOT NULL,
    by UUID,
    undone_at TIMESTAMP WITH TIME ZONE,
    undone_by UUID,
    credited INTEGER,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT attendances_source CHECK (source IN ('leader', 'scan', 'sheet', 'door')),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id)
);
CREATE UNIQUE INDEX attendances_once ON events.attendances (activity_id, person_id) WHERE undone_at IS NULL;
CREATE INDEX attendances_person ON events.attendances (person_id, at) WHERE undone_at IS NULL;
CREATE SEQUENCE events.sheet_numbers;
CREATE TABLE events.sheets (
    id UUID DEFAULT uuidv7() NOT NULL,
    number BIGINT DEFAULT nextval('events.sheet_numbers') NOT NULL,
    activity_id UUID NOT NULL,
    people JSONB NOT NULL,
    printed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT sheets_number_key UNIQUE (number),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id) ON DELETE CASCADE
);
CREATE INDEX sheets_activity_id ON events.sheets (activity_id);
CREATE TABLE events.code_tries (
    activity_id UUID NOT NULL,
    person_id UUID NOT NULL,
    wrong INTEGER NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (activity_id, person_id),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id) ON DELETE CASCADE
);
CREATE TABLE events.reminders (
    activity_id UUID NOT NULL,
    ahead TEXT NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (activity_id, ahead, starts_at),
    CONSTRAINT reminders_ahead CHECK (ahead IN ('day', 'hour')),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id) ON DELETE CASCADE
);
CREATE INDEX reminders_old ON events.reminders (starts_at);

-- In which of an activity's quotas somebody falls, by their numbers from 0. Whose age we do not know falls in none by age.
CREATE FUNCTION events.quotas_of(rules jsonb, place text, zone text, unit text, age int) RETURNS int[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg((n - 1)::int ORDER BY n), '{}')
    FROM jsonb_array_elements(rules -> 'quotas') WITH ORDINALITY AS q (quota, n)
    WHERE CASE quota ->> 'by'
        WHEN 'zone' THEN coalesce(quota -> 'of' ? zone, false) OR coalesce(quota -> 'of' ? place, false)
        WHEN 'unit' THEN coalesce(quota -> 'of' ? unit, false)
        ELSE coalesce(age >= coalesce((quota ->> 'least')::int, 0) AND age <= coalesce((quota ->> 'most')::int, 150), false)
    END
$$;
REVOKE ALL ON FUNCTION events.quotas_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION events.quotas_of TO events;
