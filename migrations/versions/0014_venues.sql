-- Venues, their hours and closures, stewards, bookings.

CREATE TABLE events.venues (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    unit_id UUID NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    place_code TEXT,
    address TEXT NOT NULL,
    capacity INTEGER,
    seats INTEGER,
    step_free TEXT NOT NULL,
    access_note TEXT NOT NULL,
    rules TEXT NOT NULL,
    key_holder_id UUID,
    public BOOLEAN NOT NULL,
    walk_in BOOLEAN NOT NULL,
    bookable BOOLEAN NOT NULL,
    needs_approval BOOLEAN NOT NULL,
    slot_minutes INTEGER NOT NULL,
    longest_minutes INTEGER NOT NULL,
    max_hours_ahead INTEGER NOT NULL,
    stewards_needed INTEGER NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT venues_committee_id_code_key UNIQUE (committee_id, code),
    CONSTRAINT venues_kind CHECK (kind IN ('room', 'ground', 'hall', 'yard', 'reading_room', 'warm_room', 'vehicle', 'equipment')),
    CONSTRAINT venues_step_free CHECK (step_free IN ('yes', 'partly', 'no')),
    CONSTRAINT venues_figures CHECK (capacity > 0 AND seats > 0 AND slot_minutes > 0),
    CONSTRAINT venues_bounds CHECK (longest_minutes > 0 AND max_hours_ahead > 0 AND stewards_needed >= 0)
);
CREATE INDEX venues_of_unit ON events.venues (unit_id);

CREATE TABLE events.venue_stewards (
    venue_id UUID NOT NULL,
    person_id UUID NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (venue_id, person_id),
    FOREIGN KEY(venue_id) REFERENCES events.venues (id)
);
CREATE INDEX venue_stewards_person_id ON events.venue_stewards (person_id);

CREATE TABLE events.steward_duties (
    venue_id UUID NOT NULL,
    day DATE NOT NULL,
    person_id UUID NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (venue_id, day, person_id),
    FOREIGN KEY(venue_id) REFERENCES events.venues (id)
);
CREATE INDEX steward_duties_person_id ON events.steward_duties (person_id);

CREATE TABLE events.venue_hours (
    id UUID DEFAULT uuidv7() NOT NULL,
    venue_id UUID NOT NULL,
    season_from TEXT,
    season_until TEXT,
    weekdays SMALLINT[] NOT NULL,
    on_days TEXT NOT NULL,
    opens INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    note TEXT,
    note_from INTEGER,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT venue_hours_on_days CHECK (on_days IN ('all', 'working', 'holiday')),
    CONSTRAINT venue_hours_note CHECK (note IN ('minors_with_guardian', 'help_desk', 'members_only', 'quiet', 'course')),
    CONSTRAINT venue_hours_times CHECK (0 <= opens AND opens < closes AND closes <= 1440),
    CONSTRAINT venue_hours_season CHECK ((season_from IS NULL) = (season_until IS NULL)),
    CONSTRAINT venue_hours_weekdays CHECK (weekdays <@ '{1,2,3,4,5,6,7}' AND weekdays <> '{}'),
    FOREIGN KEY(venue_id) REFERENCES events.venues (id)
);
CREATE INDEX venue_hours_venue_id ON events.venue_hours (venue_id);

CREATE TABLE events.venue_exceptions (
    id UUID DEFAULT uuidv7() NOT NULL,
    venue_id UUID NOT NULL,
    day DATE NOT NULL,
    opens INTEGER,
    closes INTEGER,
    reason TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT venue_exceptions_both CHECK ((opens IS NULL) = (closes IS NULL)),
    CONSTRAINT venue_exceptions_times CHECK (0 <= opens AND opens < closes AND closes <= 1440),
    FOREIGN KEY(venue_id) REFERENCES events.venues (id)
);
CREATE INDEX venue_exceptions_of_day ON events.venue_exceptions (venue_id, day);

CREATE TABLE events.venue_closures (
    id UUID DEFAULT uuidv7() NOT NULL,
    venue_id UUID NOT NULL,
    kind TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE,
    reason TEXT NOT NULL,
    closed_by TEXT NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    lifted_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT venue_closures_kind CHECK (kind IN ('cold', 'air', 'works', 'event', 'other')),
    CONSTRAINT venue_closures_time CHECK (since < until),
    FOREIGN KEY(venue_id) REFERENCES events.venues (id)
);
CREATE INDEX venue_closures_in_force ON events.venue_closures (venue_id, since) WHERE lifted_at IS NULL;

CREATE TABLE events.booking_series (
    id UUID DEFAULT uuidv7() NOT NULL,
    venue_id UUID NOT NULL,
    rule TEXT NOT NULL,
    until DATE NOT NULL,
    confirmed_until DATE NOT NULL,
    asked_for DATE,
    asked_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(venue_id) REFERENCES events.venues (id)
);
CREATE INDEX booking_series_confirmed_until ON events.booking_series (confirmed_until);

CREATE TABLE events.bookings (
    id UUID DEFAULT uuidv7() NOT NULL,
    venue_id UUID NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    people INTEGER,
    person_id UUID,
    unit_id UUID,
    activity_id UUID,
    series_id UUID,
    state TEXT NOT NULL,
    reason TEXT,
    closure_id UUID,
    was TEXT,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT bookings_kind CHECK (kind IN ('booking', 'block')),
    CONSTRAINT bookings_state CHECK (state IN ('asked', 'confirmed', 'suspended', 'waiting', 'withdrawn', 'rejected', 'cancelled', 'released')),
    CONSTRAINT bookings_time CHECK (starts_at < ends_at AND ends_at - starts_at <= interval '31 days'),
    CONSTRAINT bookings_people CHECK (people > 0),
    CONSTRAINT bookings_suspended CHECK ((state = 'suspended') = (closure_id IS NOT NULL)),
    CONSTRAINT bookings_was CHECK ((state = 'suspended') = (was IS NOT NULL)),
    CONSTRAINT bookings_one_at_a_time EXCLUDE USING gist (venue_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state IN ('asked', 'confirmed', 'suspended')),
    FOREIGN KEY(venue_id) REFERENCES events.venues (id),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id),
    FOREIGN KEY(series_id) REFERENCES events.booking_series (id),
    FOREIGN KEY(closure_id) REFERENCES events.venue_closures (id)
);
CREATE INDEX bookings_asked ON events.bookings (starts_at, id) WHERE state = 'asked';
CREATE INDEX bookings_by_time ON events.bookings (starts_at, id);
CREATE INDEX bookings_of_activity ON events.bookings (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX bookings_of_person ON events.bookings (person_id, starts_at, id);
CREATE INDEX bookings_of_series ON events.bookings (series_id, starts_at) WHERE series_id IS NOT NULL;
CREATE INDEX bookings_of_unit ON events.bookings (unit_id, starts_at, id);
CREATE INDEX bookings_of_venue ON events.bookings (venue_id, starts_at, id);
CREATE INDEX bookings_suspended_by ON events.bookings (closure_id) WHERE closure_id IS NOT NULL;
CREATE INDEX bookings_waiting ON events.bookings (venue_id, id) WHERE state = 'waiting';
