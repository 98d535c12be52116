-- The three lists: needs, offers, projects; matches, claims, wishes, support; and the joint meeting's agenda.

CREATE TABLE events.needs (
    state TEXT NOT NULL,
    unmatched_at TIMESTAMP WITH TIME ZONE,
    answer_due_at TIMESTAMP WITH TIME ZONE,
    decision TEXT,
    answer TEXT,
    answered_at TIMESTAMP WITH TIME ZONE,
    id UUID DEFAULT uuidv7() NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    what TEXT,
    skills TEXT[] NOT NULL,
    unit_id UUID,
    person_id UUID,
    written_by UUID,
    worded_by UUID,
    compound TEXT,
    building TEXT,
    entrance TEXT,
    from_at TIMESTAMP WITH TIME ZONE,
    until_at TIMESTAMP WITH TIME ZONE,
    times TEXT[] NOT NULL,
    amount INTEGER NOT NULL,
    "left" INTEGER NOT NULL,
    measure TEXT NOT NULL,
    reason TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT needs_kind CHECK (kind IN ('venue', 'skill', 'goods', 'people', 'service', 'wish', 'other')),
    CONSTRAINT needs_what CHECK (what IN ('room', 'hall', 'sports_ground', 'equipment', 'books', 'furniture', 'clothing', 'food', 'appliances', 'tools', 'volunteers', 'coaches', 'performers', 'drivers', 'repair', 'haircut', 'legal_advice', 'health_check', 'tutoring', 'company', 'transport', 'shopping', 'photos', 'lecture')),
    CONSTRAINT needs_measure CHECK (measure IN ('pieces', 'people', 'hours', 'times', 'places', 'days', 'sets')),
    CONSTRAINT needs_times CHECK (times <@ ARRAY['weekday_day', 'weekday_evening', 'weekend_day', 'weekend_evening']),
    CONSTRAINT needs_state CHECK (state IN ('draft', 'verify', 'published', 'claimed', 'met', 'closed', 'withdrawn')),
    CONSTRAINT needs_left CHECK ("left" BETWEEN 0 AND amount),
    CONSTRAINT needs_time CHECK (from_at < until_at),
    CONSTRAINT needs_owner CHECK (num_nonnulls(unit_id, person_id) <= 1),
    CONSTRAINT needs_building CHECK (compound IS NOT NULL OR building IS NULL),
    CONSTRAINT needs_entrance CHECK (building IS NOT NULL OR entrance IS NULL),
    CONSTRAINT needs_decision CHECK (decision IN ('do', 'not_now', 'no')),
    CONSTRAINT needs_answered CHECK (num_nonnulls(decision, answer, answered_at) IN (0, 3)),
    CONSTRAINT needs_published CHECK (state NOT IN ('published', 'claimed') OR published_at IS NOT NULL)
);

CREATE INDEX needs_listed ON events.needs (published_at, id);

CREATE INDEX needs_of_person ON events.needs (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX needs_of_unit ON events.needs (unit_id, id);

CREATE INDEX needs_open_skills ON events.needs USING gin (skills) WHERE state = 'published';

CREATE INDEX needs_open_what ON events.needs (kind, what, published_at) WHERE state = 'published';

CREATE INDEX needs_to_answer ON events.needs (answer_due_at) WHERE answered_at IS NULL;

CREATE INDEX needs_unmatched ON events.needs (published_at) WHERE state = 'published' AND unmatched_at IS NULL;

CREATE INDEX needs_written_by ON events.needs (written_by) WHERE written_by IS NOT NULL;

CREATE TABLE events.supports (
    need_id UUID NOT NULL,
    household BYTEA NOT NULL,
    person_id UUID,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (need_id, household),
    CONSTRAINT supports_once_a_person UNIQUE (need_id, person_id),
    FOREIGN KEY(need_id) REFERENCES events.needs (id)
);

CREATE INDEX supports_person_id ON events.supports (person_id);

CREATE TABLE events.wishes (
    need_id UUID NOT NULL,
    whose VARCHAR NOT NULL,
    consented_at TIMESTAMP WITH TIME ZONE NOT NULL,
    link BYTEA,
    pin BYTEA,
    tries_left INTEGER NOT NULL,
    confirmed_by TEXT,
    note TEXT,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (need_id),
    FOREIGN KEY(need_id) REFERENCES events.needs (id),
    CONSTRAINT wishes_link_key UNIQUE (link)
);

CREATE TABLE events.clearances (
    need_id UUID NOT NULL,
    finding BYTEA NOT NULL,
    by UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (need_id, finding),
    FOREIGN KEY(need_id) REFERENCES events.needs (id)
);

CREATE TABLE events.offers (
    state TEXT NOT NULL,
    id UUID DEFAULT uuidv7() NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    what TEXT,
    skills TEXT[] NOT NULL,
    unit_id UUID,
    person_id UUID,
    written_by UUID,
    worded_by UUID,
    compound TEXT,
    building TEXT,
    entrance TEXT,
    from_at TIMESTAMP WITH TIME ZONE,
    until_at TIMESTAMP WITH TIME ZONE,
    times TEXT[] NOT NULL,
    amount INTEGER NOT NULL,
    "left" INTEGER NOT NULL,
    measure TEXT NOT NULL,
    reason TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT offers_kind CHECK (kind IN ('venue', 'skill', 'goods', 'people', 'service', 'wish', 'other')),
    CONSTRAINT offers_what CHECK (what IN ('room', 'hall', 'sports_ground', 'equipment', 'books', 'furniture', 'clothing', 'food', 'appliances', 'tools', 'volunteers', 'coaches', 'performers', 'drivers', 'repair', 'haircut', 'legal_advice', 'health_check', 'tutoring', 'company', 'transport', 'shopping', 'photos', 'lecture')),
    CONSTRAINT offers_measure CHECK (measure IN ('pieces', 'people', 'hours', 'times', 'places', 'days', 'sets')),
    CONSTRAINT offers_times CHECK (times <@ ARRAY['weekday_day', 'weekday_evening', 'weekend_day', 'weekend_evening']),
    CONSTRAINT offers_state CHECK (state IN ('draft', 'published', 'withdrawn')),
    CONSTRAINT offers_left CHECK ("left" BETWEEN 0 AND amount),
    CONSTRAINT offers_time CHECK (from_at < until_at),
    CONSTRAINT offers_owner CHECK (num_nonnulls(unit_id, person_id) <= 1),
    CONSTRAINT offers_building CHECK (compound IS NOT NULL OR building IS NULL),
    CONSTRAINT offers_entrance CHECK (building IS NOT NULL OR entrance IS NULL)
);

CREATE INDEX offers_listed ON events.offers (published_at, id);

CREATE INDEX offers_of_person ON events.offers (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX offers_of_unit ON events.offers (unit_id, id);

CREATE INDEX offers_open_skills ON events.offers USING gin (skills) WHERE state = 'published';

CREATE INDEX offers_open_what ON events.offers (kind, what, published_at) WHERE state = 'published';

CREATE TABLE events.matches (
    id UUID DEFAULT uuidv7() NOT NULL,
    need_id UUID NOT NULL,
    offer_id UUID NOT NULL,
    why JSONB NOT NULL,
    ordering INTEGER[] NOT NULL,
    state TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT matches_once UNIQUE (need_id, offer_id),
    CONSTRAINT matches_state CHECK (state IN ('proposed', 'taken', 'declined')),
    FOREIGN KEY(need_id) REFERENCES events.needs (id),
    FOREIGN KEY(offer_id) REFERENCES events.offers (id)
);

CREATE INDEX matches_offer_id ON events.matches (offer_id);

CREATE TABLE events.claims (
    id UUID DEFAULT uuidv7() NOT NULL,
    need_id UUID NOT NULL,
    offer_id UUID,
    unit_id UUID,
    person_id UUID,
    amount INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    delivered_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT claims_state CHECK (state IN ('asked', 'open', 'delivered', 'confirmed', 'withdrawn')),
    CONSTRAINT claims_amount CHECK (amount > 0),
    CONSTRAINT claims_by CHECK (num_nonnulls(unit_id, person_id) = 1),
    FOREIGN KEY(need_id) REFERENCES events.needs (id),
    FOREIGN KEY(offer_id) REFERENCES events.offers (id)
);

CREATE INDEX claims_carried ON events.claims (unit_id) WHERE state IN ('asked', 'open');

CREATE INDEX claims_of_need ON events.claims (need_id, at);

CREATE INDEX claims_of_offer ON events.claims (offer_id) WHERE offer_id IS NOT NULL;

CREATE INDEX claims_of_person ON events.claims (person_id, id);

CREATE INDEX claims_of_unit ON events.claims (unit_id, id);

CREATE TABLE events.claim_partners (
    claim_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    agrees BOOLEAN,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (claim_id, unit_id),
    FOREIGN KEY(claim_id) REFERENCES events.claims (id)
);

CREATE INDEX claim_partners_unit_id ON events.claim_partners (unit_id);

CREATE TABLE events.projects (
    id UUID DEFAULT uuidv7() NOT NULL,
    need_id UUID,
    unit_id UUID,
    title TEXT NOT NULL,
    steps JSONB NOT NULL,
    state TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT projects_state CHECK (state IN ('planned', 'running', 'done', 'confirmed', 'dropped')),
    CONSTRAINT projects_of CHECK (num_nonnulls(need_id, unit_id) = 1),
    CONSTRAINT projects_need_id_key UNIQUE (need_id),
    FOREIGN KEY(need_id) REFERENCES events.needs (id)
);

CREATE INDEX projects_listed ON events.projects (made_at, id);

CREATE INDEX projects_of_unit ON events.projects (unit_id) WHERE unit_id IS NOT NULL;

CREATE TABLE members.agenda_items (
    id UUID DEFAULT uuidv7() NOT NULL,
    kind TEXT NOT NULL,
    about UUID NOT NULL,
    title TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT agenda_items_once UNIQUE (kind, about)
);

CREATE INDEX agenda_items_open ON members.agenda_items (since, id) WHERE settled_at IS NULL;

-- Which wish a resident's link opens; from then on the transaction acts for its committee. Null: none.
CREATE FUNCTION events.open_wish(link bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    wish events.wishes;
BEGIN
    SELECT w.* INTO wish FROM events.wishes w WHERE w.link = open_wish.link;
    IF wish.need_id IS NOT NULL THEN
        PERFORM set_config('app.committee', wish.committee_id::text, true);
    END IF;
    RETURN wish.need_id;
END $$;

REVOKE ALL ON FUNCTION events.open_wish FROM PUBLIC;
GRANT EXECUTE ON FUNCTION events.open_wish TO events;
