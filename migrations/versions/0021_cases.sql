-- Cases: what was found, who looks after it, who reported it; rules, second looks, photos.

-- A zone is a compound or a part of one: residents who report choose among compounds.
ALTER TABLE patrol.zones ADD COLUMN kind TEXT DEFAULT 'place' NOT NULL;
UPDATE patrol.zones z SET kind = 'zone'
    WHERE NOT EXISTS (SELECT FROM members.places p WHERE p.committee_id = z.committee_id AND p.code = z.code);

CREATE TABLE patrol.units (
    unit_id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (unit_id)
);

CREATE TABLE patrol.cases (
    id UUID DEFAULT uuidv7() NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    place_key TEXT,
    zone TEXT,
    checkpoint_id UUID,
    words TEXT NOT NULL,
    severity TEXT NOT NULL,
    state TEXT NOT NULL,
    unit_id UUID,
    level INTEGER NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    climbs_at TIMESTAMP WITH TIME ZONE,
    paused_at TIMESTAMP WITH TIME ZONE,
    pause_reason TEXT,
    fixed_at TIMESTAMP WITH TIME ZONE,
    fixed_words TEXT NOT NULL,
    looked_again_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    merged_into UUID,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT cases_kind CHECK (kind IN ('lamp', 'fire_lane', 'ice', 'manhole', 'charging_cable', 'gas_smell', 'water', 'heating', 'lift', 'road', 'rubbish', 'noise', 'other')),
    CONSTRAINT cases_severity CHECK (severity IN ('low', 'normal', 'high', 'urgent')),
    CONSTRAINT cases_state CHECK (state IN ('received', 'routed', 'in_hand', 'paused', 'reopened', 'fixed', 'confirmed', 'closed', 'merged', 'dropped')),
    CONSTRAINT cases_pause_reason CHECK (pause_reason IN ('waiting_part', 'weather', 'needs_decision', 'resident_away')),
    CONSTRAINT cases_paused CHECK ((state = 'paused') = (paused_at IS NOT NULL)),
    CONSTRAINT cases_merged CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
    CONSTRAINT cases_level CHECK (level BETWEEN 0 AND 2),
    FOREIGN KEY(checkpoint_id) REFERENCES patrol.checkpoints (id),
    FOREIGN KEY(merged_into) REFERENCES patrol.cases (id)
);

CREATE INDEX cases_checkpoint_id ON patrol.cases (checkpoint_id);

CREATE INDEX cases_climbing ON patrol.cases (climbs_at) WHERE climbs_at IS NOT NULL;

CREATE INDEX cases_ended ON patrol.cases (ended_at) WHERE ended_at IS NOT NULL;

CREATE INDEX cases_newest ON patrol.cases (committee_id, opened_at, id);

CREATE INDEX cases_number ON patrol.cases (number);

CREATE INDEX cases_of_unit ON patrol.cases (unit_id, opened_at);

CREATE INDEX cases_to_look_at ON patrol.cases (zone) WHERE state = 'fixed';

CREATE INDEX cases_twins ON patrol.cases (kind, place_key) WHERE state NOT IN ('confirmed', 'closed', 'merged', 'dropped');

CREATE TABLE patrol.case_reports (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    number TEXT NOT NULL,
    channel TEXT NOT NULL,
    person_id UUID,
    place TEXT NOT NULL,
    words TEXT NOT NULL,
    contact VARCHAR,
    consented_at TIMESTAMP WITH TIME ZONE,
    slip INTEGER NOT NULL,
    reported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    fixed BOOLEAN,
    answered_at TIMESTAMP WITH TIME ZONE,
    content BYTEA NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT case_reports_number UNIQUE (committee_id, number),
    CONSTRAINT case_reports_channel CHECK (channel IN ('web', 'phone', 'paper', 'member', 'patrol', 'check')),
    CONSTRAINT case_reports_consent CHECK (contact IS NULL OR consented_at IS NOT NULL),
    FOREIGN KEY(case_id) REFERENCES patrol.cases (id)
);

CREATE INDEX case_reports_case_id ON patrol.case_reports (case_id);

CREATE INDEX case_reports_of_person ON patrol.case_reports (person_id, reported_at) WHERE person_id IS NOT NULL;

CREATE TABLE patrol.case_steps (
    id UUID DEFAULT uuidv7() NOT NULL,
    case_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    step TEXT NOT NULL,
    by UUID,
    words TEXT NOT NULL,
    why JSONB NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT case_steps_step CHECK (step IN ('received', 'joined', 'routed', 'taken', 'paused', 'resumed', 'fixed', 'confirmed', 'reopened', 'looked_again', 'climbed', 'merged', 'took_over', 'dropped', 'closed')),
    FOREIGN KEY(case_id) REFERENCES patrol.cases (id)
);

CREATE INDEX case_steps_case_id ON patrol.case_steps (case_id);

CREATE TABLE patrol.case_rules (
    id UUID DEFAULT uuidv7() NOT NULL,
    kind TEXT NOT NULL,
    zone TEXT,
    unit_id UUID,
    hours_to_take INTEGER NOT NULL,
    hours_to_fix INTEGER NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT case_rules_once UNIQUE NULLS NOT DISTINCT (committee_id, kind, zone),
    CONSTRAINT case_rules_kind CHECK (kind IN ('lamp', 'fire_lane', 'ice', 'manhole', 'charging_cable', 'gas_smell', 'water', 'heating', 'lift', 'road', 'rubbish', 'noise', 'other')),
    CONSTRAINT case_rules_hours CHECK (hours_to_take > 0 AND hours_to_fix >= hours_to_take)
);

CREATE TABLE patrol.second_looks (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    shift_id UUID NOT NULL,
    person_id UUID NOT NULL,
    fixed BOOLEAN NOT NULL,
    content BYTEA NOT NULL,
    device_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    time_quality TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT second_looks_time_quality CHECK (time_quality IN ('device', 'corrected', 'uncertain', 'server')),
    FOREIGN KEY(case_id) REFERENCES patrol.cases (id),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id)
);

CREATE INDEX second_looks_case_id ON patrol.second_looks (case_id);

CREATE INDEX second_looks_shift_id ON patrol.second_looks (shift_id);

CREATE TABLE patrol.photos (
    id UUID DEFAULT uuidv7() NOT NULL,
    case_id UUID NOT NULL,
    report_id UUID,
    part TEXT NOT NULL,
    file TEXT NOT NULL,
    sent BYTEA NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT photos_part CHECK ((part = 'found') = (report_id IS NOT NULL)),
    FOREIGN KEY(case_id) REFERENCES patrol.cases (id),
    CONSTRAINT photos_report_id_key UNIQUE (report_id),
    FOREIGN KEY(report_id) REFERENCES patrol.case_reports (id)
);

CREATE INDEX photos_case_id ON patrol.photos (case_id);

CREATE TABLE patrol.knocks (
    id UUID DEFAULT uuidv7() NOT NULL,
    what BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX knocks_of_whom ON patrol.knocks (what, at);

CREATE INDEX knocks_old ON patrol.knocks (at);

-- What was told of units before patrol wanted to know.
INSERT INTO patrol.units (unit_id, code, name, active, changed_at, committee_id)
    SELECT id, code, name, active, now(), committee_id FROM members.units;
