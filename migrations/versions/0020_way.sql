-- On the way: checklists, key areas, pauses, joining on the spot, handovers that are read.

ALTER TABLE patrol.shifts
    ADD COLUMN restored_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN carried UUID[] DEFAULT '{}' NOT NULL,
    ADD COLUMN handover_read_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN handover_read_by UUID;
ALTER TABLE patrol.shift_crew ADD COLUMN joined_at TIMESTAMP WITH TIME ZONE;

CREATE TABLE patrol.checklists (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    items JSONB NOT NULL,
    places UUID[] NOT NULL,
    active BOOLEAN NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    made_by UUID NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT checklists_version UNIQUE (committee_id, code, version),
    CONSTRAINT checklists_number CHECK (version > 0)
);
CREATE FUNCTION patrol.checklists_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a checklist stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER checklists_stay BEFORE UPDATE OR DELETE ON patrol.checklists
    FOR EACH ROW EXECUTE FUNCTION patrol.checklists_stay();

CREATE TABLE patrol.key_areas (
    id UUID DEFAULT uuidv7() NOT NULL,
    name TEXT NOT NULL,
    zone TEXT,
    every_minutes INTEGER,
    times INTEGER,
    active BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT key_areas_rhythm CHECK (num_nonnulls(every_minutes, times) = 1),
    CONSTRAINT key_areas_every CHECK (every_minutes BETWEEN 5 AND 240),
    CONSTRAINT key_areas_times CHECK (times BETWEEN 1 AND 10)
);
CREATE TABLE patrol.key_area_checkpoints (
    key_area_id UUID NOT NULL,
    checkpoint_id UUID NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (key_area_id, checkpoint_id),
    FOREIGN KEY(key_area_id) REFERENCES patrol.key_areas (id),
    FOREIGN KEY(checkpoint_id) REFERENCES patrol.checkpoints (id)
);
CREATE INDEX key_area_checkpoints_checkpoint_id ON patrol.key_area_checkpoints (checkpoint_id);
CREATE TABLE patrol.key_area_days (
    id UUID DEFAULT uuidv7() NOT NULL,
    key_area_id UUID NOT NULL,
    kind TEXT NOT NULL,
    on_day DATE,
    weekday INTEGER,
    first_day DATE,
    last_day DATE,
    begins TIME WITHOUT TIME ZONE NOT NULL,
    ends TIME WITHOUT TIME ZONE NOT NULL,
    note TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT key_area_days_kind CHECK (kind IN ('school', 'market', 'festival', 'exam_quiet', 'other')),
    CONSTRAINT key_area_days_when CHECK (num_nonnulls(on_day, weekday) = 1),
    CONSTRAINT key_area_days_weekday CHECK (weekday BETWEEN 1 AND 7),
    CONSTRAINT key_area_days_times CHECK (begins < ends),
    CONSTRAINT key_area_days_season CHECK (first_day <= last_day),
    FOREIGN KEY(key_area_id) REFERENCES patrol.key_areas (id)
);
CREATE INDEX key_area_days_of_area ON patrol.key_area_days (key_area_id);
CREATE TABLE patrol.tips (
    id UUID DEFAULT uuidv7() NOT NULL,
    months INTEGER[] NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT tips_months CHECK (months <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
);

CREATE TABLE patrol.skips (
    id UUID NOT NULL,
    shift_id UUID NOT NULL,
    checkpoint_id UUID NOT NULL,
    person_id UUID NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    content BYTEA NOT NULL,
    device_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    time_quality TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT skips_time_quality CHECK (time_quality IN ('device', 'corrected', 'uncertain', 'server')),
    CONSTRAINT skips_reason CHECK (reason IN ('blocked', 'locked', 'unsafe', 'weather', 'called_away', 'no_time', 'other')),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id),
    FOREIGN KEY(checkpoint_id) REFERENCES patrol.checkpoints (id)
);
CREATE INDEX skips_by_shift ON patrol.skips (shift_id, happened_at);
CREATE TABLE patrol.checks (
    id UUID NOT NULL,
    shift_id UUID NOT NULL,
    checkpoint_id UUID NOT NULL,
    checklist_id UUID NOT NULL,
    person_id UUID NOT NULL,
    answers JSONB NOT NULL,
    failed TEXT[] NOT NULL,
    content BYTEA NOT NULL,
    device_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    time_quality TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT checks_time_quality CHECK (time_quality IN ('device', 'corrected', 'uncertain', 'server')),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id),
    FOREIGN KEY(checkpoint_id) REFERENCES patrol.checkpoints (id),
    FOREIGN KEY(checklist_id) REFERENCES patrol.checklists (id)
);
CREATE INDEX checks_at_checkpoint ON patrol.checks (checkpoint_id, happened_at);
CREATE INDEX checks_by_shift ON patrol.checks (shift_id, happened_at);
CREATE INDEX checks_checklist_id ON patrol.checks (checklist_id);
CREATE INDEX checks_newest ON patrol.checks (committee_id, happened_at, id);
CREATE TABLE patrol.pauses (
    id UUID NOT NULL,
    shift_id UUID NOT NULL,
    person_id UUID NOT NULL,
    reason TEXT NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    content BYTEA NOT NULL,
    device_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    time_quality TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT pauses_time_quality CHECK (time_quality IN ('device', 'corrected', 'uncertain', 'server')),
    CONSTRAINT pauses_reason CHECK (reason IN ('warming', 'helping', 'waiting_for_help', 'weather', 'other')),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id)
);
CREATE INDEX pauses_by_shift ON patrol.pauses (shift_id);
CREATE UNIQUE INDEX pauses_one_open ON patrol.pauses (shift_id) WHERE ended_at IS NULL;
CREATE TABLE patrol.crew_confirmations (
    shift_id UUID NOT NULL,
    moment TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by UUID NOT NULL,
    present UUID[] NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (shift_id, moment),
    CONSTRAINT crew_confirmations_moment CHECK (moment IN ('start', 'end')),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id)
);
CREATE TABLE patrol.join_tries (
    person_id UUID NOT NULL,
    wrong INTEGER NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (person_id)
);
