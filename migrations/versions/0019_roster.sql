-- Volunteers, templates and plans of the roster, swaps, cover.

CREATE TABLE patrol.volunteers (
    person_id UUID NOT NULL,
    trained_until DATE,
    insured_until DATE,
    limits VARCHAR,
    stated_at TIMESTAMP WITH TIME ZONE,
    consented_at TIMESTAMP WITH TIME ZONE,
    max_a_week INTEGER DEFAULT '2' NOT NULL,
    min_rest_hours INTEGER DEFAULT '10' NOT NULL,
    free JSONB DEFAULT '[]' NOT NULL,
    paused_until DATE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (person_id),
    CONSTRAINT volunteers_max_a_week CHECK (max_a_week BETWEEN 1 AND 7),
    CONSTRAINT volunteers_min_rest_hours CHECK (min_rest_hours BETWEEN 0 AND 72),
    CONSTRAINT volunteers_consent CHECK ((limits IS NULL) OR (consented_at IS NOT NULL))
);
CREATE INDEX volunteers_trained ON patrol.volunteers (committee_id, trained_until);
CREATE TABLE patrol.roster_patterns (
    id UUID DEFAULT uuidv7() NOT NULL,
    squad_id UUID NOT NULL,
    season_from TEXT,
    season_until TEXT,
    weekdays INTEGER[] NOT NULL,
    starts TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    min_crew INTEGER NOT NULL,
    max_crew INTEGER NOT NULL,
    units_min INTEGER NOT NULL,
    outdoor BOOLEAN NOT NULL,
    cold BOOLEAN NOT NULL,
    stairs BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT roster_patterns_weekdays CHECK (weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]),
    CONSTRAINT roster_patterns_crew CHECK (min_crew BETWEEN 2 AND max_crew),
    CONSTRAINT roster_patterns_units CHECK (units_min BETWEEN 1 AND min_crew),
    CONSTRAINT roster_patterns_minutes CHECK (minutes BETWEEN 15 AND 720),
    CONSTRAINT roster_patterns_season CHECK ((season_from IS NULL) = (season_until IS NULL)),
    FOREIGN KEY(squad_id) REFERENCES patrol.squads (id)
);
CREATE INDEX roster_patterns_squad_id ON patrol.roster_patterns (squad_id);
CREATE TABLE patrol.roster_plans (
    id UUID DEFAULT uuidv7() NOT NULL,
    starts_on DATE NOT NULL,
    weeks INTEGER NOT NULL,
    state TEXT NOT NULL,
    weeks_done INTEGER NOT NULL,
    stop BOOLEAN NOT NULL,
    starts INTEGER NOT NULL,
    asked_by UUID NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    touched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    solved JSONB NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT roster_plans_state CHECK (state IN ('queued', 'running', 'done', 'stopped', 'failed', 'published')),
    CONSTRAINT roster_plans_weeks CHECK (weeks BETWEEN 1 AND 12)
);
CREATE INDEX roster_plans_at_work ON patrol.roster_plans (touched_at) WHERE state IN ('queued', 'running');
CREATE INDEX roster_plans_newest ON patrol.roster_plans (committee_id, asked_at, id);
CREATE TABLE patrol.roster_slots (
    plan_id UUID NOT NULL,
    number INTEGER NOT NULL,
    pattern_id UUID NOT NULL,
    squad_id UUID NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    min_crew INTEGER NOT NULL,
    max_crew INTEGER NOT NULL,
    units_min INTEGER NOT NULL,
    outdoor BOOLEAN NOT NULL,
    cold BOOLEAN NOT NULL,
    stairs BOOLEAN NOT NULL,
    missing INTEGER NOT NULL,
    gaps JSONB NOT NULL,
    shift_id UUID,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (plan_id, number),
    FOREIGN KEY(plan_id) REFERENCES patrol.roster_plans (id) ON DELETE CASCADE,
    FOREIGN KEY(pattern_id) REFERENCES patrol.roster_patterns (id),
    FOREIGN KEY(squad_id) REFERENCES patrol.squads (id),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id)
);
CREATE TABLE patrol.roster_places (
    plan_id UUID NOT NULL,
    number INTEGER NOT NULL,
    person_id UUID NOT NULL,
    fixed BOOLEAN NOT NULL,
    why JSONB NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (plan_id, number, person_id),
    FOREIGN KEY(plan_id, number) REFERENCES patrol.roster_slots (plan_id, number) ON DELETE CASCADE
);
CREATE TABLE patrol.shift_swaps (
    id UUID DEFAULT uuidv7() NOT NULL,
    shift_id UUID NOT NULL,
    from_id UUID NOT NULL,
    to_id UUID,
    state TEXT NOT NULL,
    offered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    taken_by UUID,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT shift_swaps_state CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn')),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id)
);
CREATE INDEX shift_swaps_from_id ON patrol.shift_swaps (from_id);
CREATE UNIQUE INDEX shift_swaps_one_open ON patrol.shift_swaps (shift_id, from_id) WHERE state = 'offered';
CREATE INDEX shift_swaps_shift_id ON patrol.shift_swaps (shift_id);
CREATE INDEX shift_swaps_to ON patrol.shift_swaps (to_id) WHERE state = 'offered';
CREATE TABLE patrol.covers (
    id UUID DEFAULT uuidv7() NOT NULL,
    shift_id UUID NOT NULL,
    places INTEGER NOT NULL,
    state TEXT NOT NULL,
    asked_by UUID NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT covers_state CHECK (state IN ('open', 'filled', 'nobody_left', 'stopped')),
    CONSTRAINT covers_places CHECK (places BETWEEN 1 AND 10),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id)
);
CREATE INDEX covers_due ON patrol.covers (next_at) WHERE state = 'open';
CREATE UNIQUE INDEX covers_one_open ON patrol.covers (shift_id) WHERE state = 'open';
CREATE INDEX covers_shift_id ON patrol.covers (shift_id);
CREATE TABLE patrol.cover_asks (
    id UUID DEFAULT uuidv7() NOT NULL,
    cover_id UUID NOT NULL,
    person_id UUID NOT NULL,
    batch INTEGER NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    why JSONB NOT NULL,
    state TEXT NOT NULL,
    answered_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT cover_asks_state CHECK (state IN ('asked', 'accepted', 'declined', 'over')),
    FOREIGN KEY(cover_id) REFERENCES patrol.covers (id)
);
CREATE INDEX cover_asks_of_person ON patrol.cover_asks (person_id, asked_at);
CREATE UNIQUE INDEX cover_asks_once ON patrol.cover_asks (cover_id, person_id);
ALTER TABLE patrol.shifts ADD COLUMN outdoor BOOLEAN DEFAULT true NOT NULL;

-- Nobody is on a crew whose training or insurance ends before the shift does: not by hand either.
CREATE FUNCTION patrol.last_day(during tstzrange) RETURNS date LANGUAGE sql IMMUTABLE
    RETURN ((upper(during) - interval '1 second') AT TIME ZONE 'Asia/Shanghai')::date;

CREATE FUNCTION patrol.admit_to_crew() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day date := patrol.last_day(NEW.during);
    them patrol.volunteers;
BEGIN
    IF NEW.during IS NULL OR isempty(NEW.during) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO them FROM patrol.volunteers v WHERE v.person_id = NEW.person_id FOR SHARE;
    IF them.trained_until IS NULL OR them.trained_until < day THEN
        RAISE EXCEPTION 'not trained until %', day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shift_crew_trained';
    END IF;
    IF them.insured_until IS NULL OR them.insured_until < day THEN
        RAISE EXCEPTION 'not insured until %', day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shift_crew_insured';
    END IF;
    RETURN NEW;
END $$;
-- By name after busy_from_shift, which says when the shift is. A shift that ended early asks nothing new.
CREATE TRIGGER z_admit_to_crew BEFORE INSERT ON patrol.shift_crew
    FOR EACH ROW EXECUTE FUNCTION patrol.admit_to_crew();
CREATE TRIGGER z_admit_to_moved_crew BEFORE UPDATE OF during, person_id ON patrol.shift_crew FOR EACH ROW
    WHEN (OLD.during IS NULL OR OLD.person_id <> NEW.person_id OR upper(NEW.during) > upper(OLD.during))
    EXECUTE FUNCTION patrol.admit_to_crew();
