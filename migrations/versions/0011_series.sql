-- Series, days, changes of plan.

CREATE TABLE events.days (
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    "on" DATE NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    corrected BOOLEAN NOT NULL,
    PRIMARY KEY (committee_id, "on"),
    CONSTRAINT days_kind CHECK (kind IN ('holiday', 'working', 'ordinary'))
);
CREATE TABLE events.series (
    id UUID DEFAULT uuidv7() NOT NULL,
    unit_id UUID NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    kind TEXT NOT NULL,
    form TEXT,
    place TEXT NOT NULL,
    capacity INTEGER,
    audience JSONB NOT NULL,
    rule TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    start_time TIME WITHOUT TIME ZONE NOT NULL,
    minutes INTEGER NOT NULL,
    seasons JSONB NOT NULL,
    days TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    reach TEXT NOT NULL,
    posted_by TEXT NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    made_until DATE,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT series_kind CHECK (kind IN ('lecture', 'sport', 'culture', 'work_day', 'party_day', 'service', 'show', 'other')),
    CONSTRAINT series_form CHECK (form IN ('classroom', 'outing', 'door_to_door', 'online', 'on_site')),
    CONSTRAINT series_state CHECK (state IN ('draft', 'submitted', 'sent_back', 'published', 'ended')),
    CONSTRAINT series_reach CHECK (reach IN ('all', 'unit', 'guests')),
    CONSTRAINT series_days CHECK (days IN ('all', 'no_holidays', 'working')),
    CONSTRAINT series_minutes CHECK (minutes BETWEEN 5 AND 1440),
    CONSTRAINT series_capacity CHECK (capacity > 0),
    CONSTRAINT series_dates CHECK (ends_on >= starts_on)
);
CREATE INDEX series_of_unit ON events.series (unit_id, title, id);
CREATE TABLE events.standing_places (
    series_id UUID NOT NULL,
    person_id UUID NOT NULL,
    buddy_id UUID,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (series_id, person_id),
    FOREIGN KEY(series_id) REFERENCES events.series (id)
);
CREATE INDEX standing_places_person_id ON events.standing_places (person_id);
CREATE TABLE events.templates (
    id UUID DEFAULT uuidv7() NOT NULL,
    unit_id UUID NOT NULL,
    name TEXT NOT NULL,
    plan JSONB NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX templates_of_unit ON events.templates (unit_id, name);
CREATE TABLE events.polls (
    activity_id UUID NOT NULL,
    options JSONB NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    chosen INTEGER,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (activity_id),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id)
);
CREATE TABLE events.poll_answers (
    activity_id UUID NOT NULL,
    person_id UUID NOT NULL,
    options JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (activity_id, person_id),
    FOREIGN KEY(activity_id) REFERENCES events.polls (activity_id) ON DELETE CASCADE
);
CREATE INDEX poll_answers_person_id ON events.poll_answers (person_id);
CREATE TABLE events.swaps (
    id UUID DEFAULT uuidv7() NOT NULL,
    activity_id UUID NOT NULL,
    from_id UUID NOT NULL,
    to_id UUID NOT NULL,
    state TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT swaps_state CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn')),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id)
);
CREATE UNIQUE INDEX swaps_open ON events.swaps (activity_id, from_id) WHERE state = 'offered';
CREATE INDEX swaps_to ON events.swaps (to_id);

ALTER TABLE events.activities ADD COLUMN series_id UUID REFERENCES events.series (id);
ALTER TABLE events.activities ADD COLUMN occurs_on DATE;
ALTER TABLE events.activities ADD COLUMN own JSONB DEFAULT '[]' NOT NULL;
ALTER TABLE events.activities ADD CONSTRAINT activities_occurrence CHECK ((series_id IS NULL) = (occurs_on IS NULL)) NOT VALID;
ALTER TABLE events.activities VALIDATE CONSTRAINT activities_occurrence;
ALTER TABLE events.activities DROP CONSTRAINT activities_state;
ALTER TABLE events.activities ADD CONSTRAINT activities_state
    CHECK (state IN ('draft', 'submitted', 'sent_back', 'published', 'postponed', 'called_off')) NOT VALID;
ALTER TABLE events.activities VALIDATE CONSTRAINT activities_state;
CREATE UNIQUE INDEX activities_of_series ON events.activities (series_id, occurs_on) WHERE series_id IS NOT NULL;
