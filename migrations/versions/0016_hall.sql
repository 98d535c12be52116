-- The lecture hall, troupes, ten services, jobs.

CREATE TABLE events.topics (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    "group" TEXT NOT NULL,
    form TEXT NOT NULL,
    months INTEGER[] NOT NULL,
    place TEXT,
    needs_speaker BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT topics_committee_id_code_key UNIQUE (committee_id, code),
    CONSTRAINT topics_group CHECK ("group" IN ('law', 'manners', 'health', 'family', 'other')),
    CONSTRAINT topics_form CHECK (form IN ('classroom', 'outing', 'door_to_door', 'online', 'on_site')),
    CONSTRAINT topics_months CHECK (months <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
);
CREATE TABLE events.topic_votes (
    topic_id UUID NOT NULL,
    person_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (topic_id, person_id),
    FOREIGN KEY(topic_id) REFERENCES events.topics (id)
);
CREATE INDEX topic_votes_person_id ON events.topic_votes (person_id);
CREATE TABLE events.topic_tallies (
    topic_id UUID NOT NULL,
    "on" DATE NOT NULL,
    count INTEGER NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (topic_id, "on"),
    CONSTRAINT topic_tallies_count CHECK (count >= 0),
    FOREIGN KEY(topic_id) REFERENCES events.topics (id)
);
CREATE TABLE events.speakers (
    id UUID DEFAULT uuidv7() NOT NULL,
    person_id UUID,
    name VARCHAR,
    unit_id UUID,
    load_cap INTEGER NOT NULL,
    weekdays INTEGER[] NOT NULL,
    away JSONB NOT NULL,
    announced BOOLEAN NOT NULL,
    consent TEXT NOT NULL,
    consented_at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT speakers_consent CHECK (consent IN ('self', 'paper', 'told')),
    CONSTRAINT speakers_load_cap CHECK (load_cap BETWEEN 1 AND 20),
    CONSTRAINT speakers_weekdays CHECK (weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]),
    CONSTRAINT speakers_who CHECK (num_nonnulls(person_id, name) = 1 OR withdrawn_at IS NOT NULL)
);
CREATE INDEX speakers_of_unit ON events.speakers (unit_id);
CREATE UNIQUE INDEX speakers_person ON events.speakers (person_id) WHERE withdrawn_at IS NULL;
CREATE TABLE events.speaker_topics (
    speaker_id UUID NOT NULL,
    topic_id UUID NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (speaker_id, topic_id),
    FOREIGN KEY(speaker_id) REFERENCES events.speakers (id),
    FOREIGN KEY(topic_id) REFERENCES events.topics (id)
);
CREATE INDEX speaker_topics_topic_id ON events.speaker_topics (topic_id);
CREATE TABLE events.terms (
    id UUID DEFAULT uuidv7() NOT NULL,
    unit_id UUID NOT NULL,
    name TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    wanted JSONB NOT NULL,
    rooms JSONB NOT NULL,
    capacity INTEGER,
    repeats INTEGER NOT NULL,
    state TEXT NOT NULL,
    skipped JSONB NOT NULL,
    "left" JSONB NOT NULL,
    planned_at TIMESTAMP WITH TIME ZONE,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT terms_state CHECK (state IN ('draft', 'published')),
    CONSTRAINT terms_time CHECK (starts_on <= ends_on),
    CONSTRAINT terms_repeats CHECK (repeats BETWEEN 1 AND 5),
    CONSTRAINT terms_capacity CHECK (capacity > 0)
);
CREATE INDEX terms_newest ON events.terms (starts_on, id);
CREATE TABLE events.term_slots (
    term_id UUID NOT NULL,
    number INTEGER NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    place TEXT,
    topic_id UUID,
    speaker_id UUID,
    fixed BOOLEAN NOT NULL,
    why JSONB NOT NULL,
    activity_id UUID,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (term_id, number),
    CONSTRAINT term_slots_time CHECK (starts_at < ends_at),
    CONSTRAINT term_slots_topic CHECK (speaker_id IS NULL OR topic_id IS NOT NULL),
    FOREIGN KEY(term_id) REFERENCES events.terms (id),
    FOREIGN KEY(topic_id) REFERENCES events.topics (id),
    FOREIGN KEY(speaker_id) REFERENCES events.speakers (id),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id)
);
CREATE INDEX term_slots_activity_id ON events.term_slots (activity_id);
CREATE INDEX term_slots_speaker_id ON events.term_slots (speaker_id);
CREATE INDEX term_slots_topic_id ON events.term_slots (topic_id);
CREATE TABLE events.troupes (
    id UUID DEFAULT uuidv7() NOT NULL,
    name TEXT NOT NULL,
    discipline TEXT NOT NULL,
    about TEXT NOT NULL,
    unit_id UUID,
    leader_id UUID NOT NULL,
    rehearsals JSONB NOT NULL,
    repertoire JSONB NOT NULL,
    active BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT troupes_discipline CHECK (discipline IN ('choir', 'dance', 'exercise', 'errentai', 'calligraphy', 'instruments', 'chess', 'photo', 'other'))
);
CREATE INDEX troupes_leader ON events.troupes (leader_id);
CREATE UNIQUE INDEX troupes_name ON events.troupes (committee_id, name);
CREATE TABLE events.troupe_members (
    id UUID DEFAULT uuidv7() NOT NULL,
    troupe_id UUID NOT NULL,
    person_id UUID,
    name VARCHAR,
    part TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT troupe_members_who CHECK (num_nonnulls(person_id, name) = 1),
    FOREIGN KEY(troupe_id) REFERENCES events.troupes (id)
);
CREATE UNIQUE INDEX troupe_members_once ON events.troupe_members (troupe_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX troupe_members_person ON events.troupe_members (person_id);
CREATE INDEX troupe_members_troupe_id ON events.troupe_members (troupe_id);
CREATE TABLE events.troupe_invitations (
    id UUID DEFAULT uuidv7() NOT NULL,
    troupe_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    invited_by UUID,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    wishes TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT troupe_invitations_state CHECK (state IN ('asked', 'accepted', 'declined', 'withdrawn')),
    CONSTRAINT troupe_invitations_time CHECK (starts_at < ends_at),
    FOREIGN KEY(troupe_id) REFERENCES events.troupes (id)
);
CREATE INDEX troupe_invitations_by_start ON events.troupe_invitations (starts_at, id);
CREATE INDEX troupe_invitations_of_troupe ON events.troupe_invitations (troupe_id, starts_at, id);
CREATE INDEX troupe_invitations_of_unit ON events.troupe_invitations (unit_id, starts_at, id);
CREATE TABLE events.family_services (
    id UUID DEFAULT uuidv7() NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    skills TEXT[] NOT NULL,
    things TEXT[] NOT NULL,
    unit_kinds TEXT[] NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT family_services_committee_id_number_key UNIQUE (committee_id, number),
    CONSTRAINT family_services_number CHECK (number BETWEEN 1 AND 99)
);
CREATE TABLE events.service_cells (
    service_id UUID NOT NULL,
    family_type TEXT NOT NULL,
    unit_id UUID,
    slots INTEGER NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (service_id, family_type),
    CONSTRAINT service_cells_family_type CHECK (family_type IN ('minors', 'adults', 'elders', 'mobile')),
    CONSTRAINT service_cells_slots CHECK (slots >= 0),
    FOREIGN KEY(service_id) REFERENCES events.family_services (id)
);
CREATE INDEX service_cells_of_unit ON events.service_cells (unit_id);
CREATE TABLE events.service_requests (
    id UUID DEFAULT uuidv7() NOT NULL,
    service_id UUID NOT NULL,
    family_type TEXT NOT NULL,
    unit_id UUID,
    person_id UUID,
    name VARCHAR,
    phone VARCHAR,
    words VARCHAR,
    state TEXT NOT NULL,
    reason TEXT,
    satisfied TEXT,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    forgotten BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT service_requests_family_type CHECK (family_type IN ('minors', 'adults', 'elders', 'mobile')),
    CONSTRAINT service_requests_state CHECK (state IN ('asked', 'taken', 'done', 'unmet', 'withdrawn')),
    CONSTRAINT service_requests_satisfied CHECK (satisfied IN ('yes', 'partly', 'no')),
    FOREIGN KEY(service_id) REFERENCES events.family_services (id)
);
CREATE INDEX service_requests_by_time ON events.service_requests (made_at, id);
CREATE INDEX service_requests_of_cell ON events.service_requests (service_id, family_type, made_at);
CREATE INDEX service_requests_of_person ON events.service_requests (person_id, made_at, id);
CREATE INDEX service_requests_of_unit ON events.service_requests (unit_id, made_at, id);
CREATE INDEX service_requests_to_forget ON events.service_requests (closed_at) WHERE closed_at IS NOT NULL AND NOT forgotten;
CREATE TABLE events.jobs (
    id UUID DEFAULT uuidv7() NOT NULL,
    unit_id UUID NOT NULL,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    hours TEXT NOT NULL,
    pay TEXT NOT NULL,
    place TEXT NOT NULL,
    contact TEXT NOT NULL,
    openings INTEGER NOT NULL,
    until DATE NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT jobs_state CHECK (state IN ('draft', 'submitted', 'sent_back', 'published', 'closed', 'expired')),
    CONSTRAINT jobs_openings CHECK (openings > 0)
);
CREATE INDEX jobs_by_end ON events.jobs (until, id);
CREATE INDEX jobs_of_unit ON events.jobs (unit_id, until, id);
CREATE INDEX jobs_open ON events.jobs (until, id) WHERE state = 'published';
CREATE TABLE events.referrals (
    id UUID DEFAULT uuidv7() NOT NULL,
    job_id UUID NOT NULL,
    person_id UUID,
    name VARCHAR,
    phone VARCHAR,
    referred_by UUID,
    consent TEXT NOT NULL,
    state TEXT NOT NULL,
    referred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE,
    forgotten BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT referrals_state CHECK (state IN ('referred', 'hired', 'not_hired', 'unknown', 'withdrawn')),
    CONSTRAINT referrals_consent CHECK (consent IN ('self', 'paper', 'told')),
    FOREIGN KEY(job_id) REFERENCES events.jobs (id)
);
CREATE INDEX referrals_job_id ON events.referrals (job_id);
CREATE INDEX referrals_of_person ON events.referrals (person_id);
CREATE UNIQUE INDEX referrals_once ON events.referrals (job_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX referrals_to_ask ON events.referrals (referred_at) WHERE state = 'referred' AND asked_at IS NULL;
CREATE INDEX referrals_to_forget ON events.referrals (closed_at) WHERE closed_at IS NOT NULL AND NOT forgotten;
