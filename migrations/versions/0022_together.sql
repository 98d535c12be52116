-- Calls to which everybody answers together, drills, weather.

CREATE TABLE patrol.responses (
    id UUID DEFAULT uuidv7() NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    drill BOOLEAN NOT NULL,
    place TEXT NOT NULL,
    zone TEXT,
    words TEXT NOT NULL,
    needs JSONB NOT NULL,
    state TEXT NOT NULL,
    raised_by UUID NOT NULL,
    raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ring INTEGER NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE,
    stood_down_by UUID,
    stood_down_at TIMESTAMP WITH TIME ZONE,
    note TEXT DEFAULT '' NOT NULL,
    review_until TIMESTAMP WITH TIME ZONE,
    remind_at TIMESTAMP WITH TIME ZONE,
    reviewed_by UUID,
    reviewed_at TIMESTAMP WITH TIME ZONE,
    review TEXT DEFAULT '' NOT NULL,
    change TEXT DEFAULT '' NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT responses_kind CHECK (kind IN ('fire', 'gas', 'flood', 'earthquake', 'person', 'power', 'other')),
    CONSTRAINT responses_severity CHECK (severity IN ('minor', 'serious', 'major')),
    CONSTRAINT responses_state CHECK (state IN ('raised', 'stood_down', 'closed')),
    CONSTRAINT responses_over CHECK ((state = 'raised') = (stood_down_at IS NULL)),
    CONSTRAINT responses_reviewed CHECK ((state = 'closed') = (reviewed_at IS NOT NULL))
);
CREATE INDEX responses_newest ON patrol.responses (committee_id, raised_at, id);
CREATE INDEX responses_ringing ON patrol.responses (next_at) WHERE state = 'raised';
CREATE INDEX responses_to_review ON patrol.responses (remind_at) WHERE state = 'stood_down';

CREATE TABLE patrol.response_calls (
    response_id UUID NOT NULL,
    person_id UUID NOT NULL,
    ring INTEGER NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    answer TEXT,
    task TEXT,
    answered_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (response_id, person_id),
    CONSTRAINT response_calls_answer CHECK (answer IN ('ack', 'decline', 'later')),
    CONSTRAINT response_calls_task CHECK (task IN ('lead', 'first_aid', 'carry', 'traffic', 'calm', 'driver', 'any')),
    CONSTRAINT response_calls_answered CHECK ((answer IS NULL) = (answered_at IS NULL)),
    FOREIGN KEY(response_id) REFERENCES patrol.responses (id)
);
CREATE INDEX response_calls_of_person ON patrol.response_calls (person_id, response_id);

CREATE TABLE patrol.response_log (
    id UUID DEFAULT uuidv7() NOT NULL,
    response_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by UUID,
    code TEXT NOT NULL,
    words TEXT NOT NULL,
    facts JSONB NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT response_log_code CHECK (code IN ('raised', 'rung', 'answered', 'filled', 'noted', 'stood_down', 'reminded', 'reviewed')),
    FOREIGN KEY(response_id) REFERENCES patrol.responses (id)
);
CREATE INDEX response_log_of_response ON patrol.response_log (response_id, id);

-- What was written into a log stays as it was written, whoever asks.
CREATE FUNCTION patrol.refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of a response is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER response_log_stays BEFORE UPDATE OR DELETE ON patrol.response_log
    FOR EACH ROW EXECUTE FUNCTION patrol.refuse_to_rewrite();

CREATE TABLE patrol.weather_modes (
    id UUID DEFAULT uuidv7() NOT NULL,
    weather TEXT NOT NULL,
    level TEXT NOT NULL,
    words TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE,
    state TEXT NOT NULL,
    raised_by UUID NOT NULL,
    raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_by UUID,
    ended_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT weather_modes_weather CHECK (weather IN ('cold', 'heat', 'storm', 'air')),
    CONSTRAINT weather_modes_level CHECK (level IN ('blue', 'yellow', 'orange', 'red')),
    CONSTRAINT weather_modes_state CHECK (state IN ('on', 'off')),
    CONSTRAINT weather_modes_times CHECK (since < until),
    CONSTRAINT weather_modes_ended CHECK ((state = 'off') = (ended_at IS NOT NULL))
);
CREATE INDEX weather_modes_newest ON patrol.weather_modes (committee_id, id);
CREATE UNIQUE INDEX weather_modes_one_on ON patrol.weather_modes (committee_id, weather) WHERE state = 'on';

ALTER TABLE patrol.shifts
    ADD COLUMN weather_id UUID REFERENCES patrol.weather_modes (id);
CREATE INDEX shifts_paused ON patrol.shifts (weather_id) WHERE weather_id IS NOT NULL;

CREATE TABLE events.weather_modes (
    weather_id UUID NOT NULL,
    weather TEXT NOT NULL,
    mode TEXT NOT NULL,
    words TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (weather_id),
    CONSTRAINT weather_modes_weather CHECK (weather IN ('cold', 'heat', 'storm', 'air')),
    CONSTRAINT weather_modes_mode CHECK (mode IN ('on', 'off'))
);
ALTER TABLE events.venue_exceptions ADD COLUMN weather_id UUID;
ALTER TABLE events.venue_closures ADD COLUMN weather_id UUID;
ALTER TABLE events.venue_closures DROP CONSTRAINT venue_closures_kind;
ALTER TABLE events.venue_closures ADD CONSTRAINT venue_closures_kind
    CHECK (kind IN ('cold', 'heat', 'storm', 'air', 'works', 'event', 'other'));

ALTER TABLE notify.messages DROP CONSTRAINT messages_answer;
ALTER TABLE notify.messages ADD CONSTRAINT messages_answer CHECK (answer IN ('ack', 'decline', 'call_me', 'later'));
