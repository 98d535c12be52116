-- What units lend, and who has it until when.

CREATE TABLE events.equipment (
    id UUID DEFAULT uuidv7() NOT NULL,
    unit_id UUID NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    count INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    out_now INTEGER NOT NULL,
    kept_at TEXT NOT NULL,
    rules TEXT NOT NULL,
    longest_days INTEGER NOT NULL,
    needs_approval BOOLEAN NOT NULL,
    steward_id UUID,
    active BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT equipment_kind CHECK (kind IN ('furniture', 'sound', 'tools', 'costumes', 'other')),
    CONSTRAINT equipment_figures CHECK (count > 0 AND missing >= 0 AND longest_days > 0),
    CONSTRAINT equipment_never_more_out CHECK (out_now BETWEEN 0 AND count - missing)
);
CREATE INDEX equipment_by_name ON events.equipment (name, id);
CREATE INDEX equipment_of_steward ON events.equipment (steward_id) WHERE steward_id IS NOT NULL;
CREATE INDEX equipment_of_unit ON events.equipment (unit_id);

CREATE SEQUENCE events.loan_numbers;

CREATE TABLE events.loans (
    id UUID DEFAULT uuidv7() NOT NULL,
    number BIGINT DEFAULT nextval('events.loan_numbers') NOT NULL,
    equipment_id UUID NOT NULL,
    count INTEGER NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    person_id UUID,
    unit_id UUID,
    troupe_id UUID,
    activity_id UUID,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    handed INTEGER NOT NULL,
    back INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    out_at TIMESTAMP WITH TIME ZONE,
    condition_out TEXT,
    note_out TEXT NOT NULL,
    condition_in TEXT,
    note_in TEXT NOT NULL,
    told TEXT,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    forgotten BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT loans_number_key UNIQUE (number),
    CONSTRAINT loans_state CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn', 'lapsed', 'out', 'in')),
    CONSTRAINT loans_time CHECK (starts_at < ends_at),
    CONSTRAINT loans_count CHECK (count > 0 AND handed BETWEEN 0 AND count),
    CONSTRAINT loans_back CHECK (back >= 0 AND missing >= 0 AND back + missing <= handed),
    CONSTRAINT loans_out CHECK ((state = 'out') = (handed > back + missing)),
    CONSTRAINT loans_handed_out CHECK ((state IN ('out', 'in')) = (out_at IS NOT NULL)),
    CONSTRAINT loans_condition CHECK (condition_out IN ('good', 'worn', 'damaged') AND condition_in IN ('good', 'worn', 'damaged')),
    CONSTRAINT loans_told CHECK (told IN ('due', 'overdue', 'still_out')),
    FOREIGN KEY(equipment_id) REFERENCES events.equipment (id),
    FOREIGN KEY(troupe_id) REFERENCES events.troupes (id),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id) ON DELETE SET NULL
);
CREATE INDEX loans_by_end ON events.loans (ends_at, id);
CREATE INDEX loans_holding ON events.loans (equipment_id) WHERE state IN ('asked', 'approved', 'out');
CREATE INDEX loans_of_activity ON events.loans (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX loans_of_equipment ON events.loans (equipment_id, ends_at, id);
CREATE INDEX loans_of_person ON events.loans (person_id, ends_at, id);
CREATE INDEX loans_of_troupe ON events.loans (troupe_id, ends_at, id) WHERE troupe_id IS NOT NULL;
CREATE INDEX loans_of_unit ON events.loans (unit_id, ends_at, id) WHERE unit_id IS NOT NULL;
CREATE INDEX loans_to_forget ON events.loans (closed_at) WHERE closed_at IS NOT NULL AND NOT forgotten;
CREATE INDEX loans_to_lapse ON events.loans (starts_at) WHERE state IN ('asked', 'approved');
CREATE INDEX loans_to_remind ON events.loans (ends_at) WHERE state = 'out';
