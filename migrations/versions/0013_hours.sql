-- The account of hours.

CREATE TABLE members.hours (
    id UUID DEFAULT uuidv7() NOT NULL,
    person_id UUID NOT NULL,
    unit_id UUID,
    activity_id UUID,
    title TEXT NOT NULL,
    "on" DATE NOT NULL,
    minutes INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    by UUID,
    second_by UUID,
    told_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT hours_provenance CHECK (provenance IN ('measured', 'adjusted', 'paper')),
    CONSTRAINT hours_state CHECK (state IN ('counted', 'proposed', 'refused', 'withdrawn')),
    CONSTRAINT hours_activity CHECK ((provenance = 'adjusted') = (activity_id IS NULL)),
    CONSTRAINT hours_minutes CHECK (minutes <> 0 OR state = 'withdrawn'),
    CONSTRAINT hours_two_people
        CHECK (provenance <> 'adjusted' OR state <> 'counted' OR second_by IS DISTINCT FROM by OR by IS NULL),
    FOREIGN KEY(person_id) REFERENCES members.people (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX hours_of_activity ON members.hours (person_id, activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX hours_of_person ON members.hours (person_id, "on", id);
CREATE INDEX hours_of_unit ON members.hours (unit_id, "on") WHERE state = 'counted';
CREATE INDEX hours_proposed ON members.hours (committee_id, id) WHERE state = 'proposed';
