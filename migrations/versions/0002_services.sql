-- The tables of the four services at 0.1.0, as their models had them then.

-- -------------------------------------------------------------------------------- members

CREATE SCHEMA members;

CREATE SEQUENCE members.member_numbers;

CREATE TABLE members.grants (
    id UUID DEFAULT uuidv7() NOT NULL,
    person_id UUID NOT NULL,
    role TEXT NOT NULL,
    unit_id UUID,
    place TEXT,
    valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
    valid_until TIMESTAMP WITH TIME ZONE,
    granted_by TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT grants_role CHECK (role IN ('secretary', 'clerk', 'duty', 'liaison')),
    CONSTRAINT grants_liaison_unit CHECK (role <> 'liaison' OR unit_id IS NOT NULL)
);

CREATE INDEX grants_person_id ON members.grants (person_id);

CREATE TABLE members.sessions (
    id UUID DEFAULT uuidv7() NOT NULL,
    token BYTEA NOT NULL,
    person_id UUID NOT NULL,
    device TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT sessions_token_key UNIQUE (token)
);

CREATE INDEX sessions_person_id ON members.sessions (person_id);

CREATE TABLE members.sign_in_codes (
    id UUID DEFAULT uuidv7() NOT NULL,
    browser BYTEA NOT NULL,
    address BYTEA,
    phone BYTEA NOT NULL,
    person_id UUID,
    code VARCHAR NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    tries INTEGER NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX sign_in_codes_browser ON members.sign_in_codes (browser);

CREATE INDEX sign_in_codes_phone ON members.sign_in_codes (phone, made_at);

CREATE INDEX sign_in_codes_address ON members.sign_in_codes (address);

CREATE TABLE members.api_keys (
    id UUID DEFAULT uuidv7() NOT NULL,
    unit_id UUID NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    scopes TEXT[] NOT NULL,
    key BYTEA NOT NULL,
    request BYTEA,
    ending TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by TEXT NOT NULL,
    last_used_at TIMESTAMP WITH TIME ZONE,
    expires_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT api_keys_kind CHECK (kind IN ('test', 'team', 'live')),
    CONSTRAINT api_keys_key_key UNIQUE (key),
    CONSTRAINT api_keys_request_key UNIQUE (request)
);

CREATE INDEX api_keys_unit_id ON members.api_keys (unit_id);

CREATE TABLE members.import_batches (
    id UUID DEFAULT uuidv7() NOT NULL,
    filename TEXT NOT NULL,
    digest BYTEA NOT NULL,
    request_key BYTEA NOT NULL,
    state TEXT NOT NULL,
    counts JSONB NOT NULL,
    errors JSONB NOT NULL,
    progress DOUBLE PRECISION NOT NULL,
    stop BOOLEAN NOT NULL,
    starts INTEGER NOT NULL,
    touched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    by_name TEXT NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE,
    undone_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT import_batches_state CHECK (state IN ('checking', 'checked', 'applying', 'applied', 'undone', 'failed', 'stopped')),
    CONSTRAINT import_batches_request_key UNIQUE (committee_id, created_by, request_key)
);

CREATE TABLE members.people (
    id UUID DEFAULT uuidv7() NOT NULL,
    number TEXT DEFAULT 'M' || lpad(nextval('members.member_numbers')::text, 5, '0') NOT NULL,
    name TEXT NOT NULL,
    phone VARCHAR,
    phone_blind BYTEA,
    email VARCHAR,
    category TEXT DEFAULT 'in_service' NOT NULL,
    language TEXT DEFAULT 'zh' NOT NULL,
    active BOOLEAN DEFAULT 'true' NOT NULL,
    unit_id UUID,
    place_id UUID,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT people_number_key UNIQUE (committee_id, number),
    CONSTRAINT people_category CHECK (category IN ('in_service', 'retired', 'floating', 'flexible', 'probationary')),
    CONSTRAINT people_language CHECK (language IN ('zh', 'en'))
);

CREATE INDEX people_place_id ON members.people (place_id);

CREATE INDEX people_name_parts ON members.people USING gin (name gin_trgm_ops);

CREATE INDEX people_unit_id ON members.people (unit_id);

CREATE UNIQUE INDEX people_phone_key ON members.people (committee_id, phone_blind) WHERE active;

CREATE TABLE members.places (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id UUID,
    path ltree NOT NULL,
    households INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT places_code_key UNIQUE (committee_id, code),
    CONSTRAINT places_kind CHECK (kind IN ('compound', 'building', 'entrance')),
    CONSTRAINT places_parent CHECK ((kind = 'compound') = (parent_id IS NULL)),
    CONSTRAINT places_households CHECK (households >= 0),
    FOREIGN KEY(parent_id) REFERENCES members.places (id)
);

CREATE INDEX places_path ON members.places USING gist (path);

CREATE INDEX places_parent_id ON members.places (parent_id);

CREATE TABLE members.units (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT DEFAULT 'other' NOT NULL,
    needs_approval BOOLEAN DEFAULT 'true' NOT NULL,
    active BOOLEAN DEFAULT 'true' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT units_code_key UNIQUE (committee_id, code),
    CONSTRAINT units_kind CHECK (kind IN ('community', 'sports', 'culture', 'school', 'kindergarten', 'health', 'safety', 'transport', 'heating', 'design', 'shops', 'bank', 'social', 'other'))
);

CREATE TABLE members.import_files (
    import_id UUID NOT NULL,
    content VARCHAR NOT NULL,
    keep_until TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (import_id),
    FOREIGN KEY(import_id) REFERENCES members.import_batches (id) ON DELETE CASCADE
);

CREATE INDEX import_files_keep_until ON members.import_files (keep_until);

CREATE TABLE members.import_changes (
    import_id UUID NOT NULL,
    kind TEXT NOT NULL,
    row_id UUID NOT NULL,
    before JSONB,
    version INTEGER NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (import_id, kind, row_id),
    CONSTRAINT import_changes_kind CHECK (kind IN ('unit', 'place', 'node', 'person')),
    FOREIGN KEY(import_id) REFERENCES members.import_batches (id) ON DELETE CASCADE
);

CREATE TABLE members.person_skills (
    person_id UUID NOT NULL,
    skill TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (person_id, skill),
    CONSTRAINT person_skills_skill CHECK (skill IN ('law', 'medicine', 'teaching', 'electrics', 'plumbing', 'driving', 'first_aid', 'accounting', 'calligraphy', 'errentai', 'coaching', 'sign_language', 'mongolian')),
    FOREIGN KEY(person_id) REFERENCES members.people (id) ON DELETE CASCADE
);

CREATE INDEX person_skills_skill ON members.person_skills (skill);

CREATE TABLE members.org_nodes (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    line TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    path ltree NOT NULL,
    unit_id UUID,
    valid_from DATE NOT NULL,
    valid_until DATE,
    version INTEGER DEFAULT '1' NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT org_nodes_code_key UNIQUE (committee_id, code),
    CONSTRAINT org_nodes_line CHECK (line IN ('vertical', 'horizontal')),
    CONSTRAINT org_nodes_kind CHECK (kind IN ('branch', 'zone', 'liaison_committee', 'unit', 'compound_group', 'stairwell_group', 'activity_group', 'volunteer_team')),
    CONSTRAINT org_nodes_dates CHECK (valid_until > valid_from),
    FOREIGN KEY(unit_id) REFERENCES members.units (id)
);

CREATE INDEX org_nodes_path ON members.org_nodes USING gist (path);

CREATE INDEX org_nodes_unit_id ON members.org_nodes (unit_id);

CREATE TABLE members.memberships (
    id UUID DEFAULT uuidv7() NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT NOT NULL,
    unit_id UUID,
    place_id UUID,
    node_id UUID,
    role_in TEXT DEFAULT 'member' NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT memberships_kind CHECK (kind IN ('home', 'community', 'node')),
    CONSTRAINT memberships_role CHECK (role_in IN ('member', 'leader', 'deputy')),
    CONSTRAINT memberships_target CHECK (CASE kind WHEN 'home' THEN unit_id WHEN 'community' THEN place_id ELSE node_id END IS NOT NULL AND num_nonnulls(unit_id, place_id, node_id) = 1),
    CONSTRAINT memberships_dates CHECK (valid_until > valid_from),
    FOREIGN KEY(person_id) REFERENCES members.people (id) ON DELETE CASCADE,
    FOREIGN KEY(unit_id) REFERENCES members.units (id),
    FOREIGN KEY(place_id) REFERENCES members.places (id),
    FOREIGN KEY(node_id) REFERENCES members.org_nodes (id)
);

CREATE INDEX memberships_place_id ON members.memberships (place_id);

CREATE INDEX memberships_node_id ON members.memberships (node_id);

CREATE INDEX memberships_unit_id ON members.memberships (unit_id);

CREATE INDEX memberships_person ON members.memberships (person_id, kind);

CREATE TABLE members.node_places (
    node_id UUID NOT NULL,
    place_id UUID NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (node_id, place_id),
    FOREIGN KEY(node_id) REFERENCES members.org_nodes (id) ON DELETE CASCADE,
    FOREIGN KEY(place_id) REFERENCES members.places (id)
);

CREATE INDEX node_places_place_id ON members.node_places (place_id);

-- -------------------------------------------------------------------------------- events

CREATE SCHEMA events;

CREATE SEQUENCE events.turns;

CREATE TABLE events.people (
    person_id UUID NOT NULL,
    name TEXT NOT NULL,
    unit_id UUID,
    unit_code TEXT,
    unit_name TEXT,
    place_code TEXT,
    zone_code TEXT,
    groups TEXT[] NOT NULL,
    skills TEXT[] NOT NULL,
    language TEXT DEFAULT 'zh' NOT NULL,
    active BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (person_id)
);

CREATE INDEX people_unit_id ON events.people (unit_id);

CREATE TABLE events.units (
    unit_id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    needs_approval BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (unit_id)
);

CREATE INDEX units_code ON events.units (code);

CREATE TABLE events.labels (
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (committee_id, kind, code)
);

CREATE TABLE events.activities (
    id UUID DEFAULT uuidv7() NOT NULL,
    unit_id UUID NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    kind TEXT NOT NULL,
    form TEXT,
    place TEXT NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    capacity INTEGER,
    audience JSONB NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    reach TEXT NOT NULL,
    posted_by TEXT NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT activities_kind CHECK (kind IN ('lecture', 'sport', 'culture', 'work_day', 'party_day', 'service', 'show', 'other')),
    CONSTRAINT activities_form CHECK (form IN ('classroom', 'outing', 'door_to_door', 'online', 'on_site')),
    CONSTRAINT activities_state CHECK (state IN ('draft', 'submitted', 'sent_back', 'published', 'called_off')),
    CONSTRAINT activities_reach CHECK (reach IN ('all', 'unit', 'guests')),
    CONSTRAINT activities_time CHECK (starts_at < ends_at),
    CONSTRAINT activities_capacity CHECK (capacity > 0),
    CONSTRAINT activities_published CHECK (state <> 'published' OR published_at IS NOT NULL)
);

CREATE INDEX activities_of_unit ON events.activities (unit_id, starts_at, id);

CREATE INDEX activities_open ON events.activities (starts_at, id) WHERE published_at IS NOT NULL;

CREATE INDEX activities_to_check ON events.activities (starts_at, id) WHERE state = 'submitted';

CREATE TABLE events.feeds (
    person_id UUID NOT NULL,
    secret BYTEA NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (person_id),
    CONSTRAINT feeds_secret_key UNIQUE (secret)
);

CREATE TABLE events.sign_ups (
    activity_id UUID NOT NULL,
    person_id UUID NOT NULL,
    state TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    turn BIGINT DEFAULT nextval('events.turns') NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (activity_id, person_id),
    CONSTRAINT sign_ups_state CHECK (state IN ('going', 'waiting', 'cancelled')),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id)
);

CREATE INDEX sign_ups_waiting ON events.sign_ups (activity_id, turn) WHERE state = 'waiting';

CREATE INDEX sign_ups_person_id ON events.sign_ups (person_id);

-- -------------------------------------------------------------------------------- patrol

CREATE SCHEMA patrol;

CREATE TABLE patrol.people (
    person_id UUID NOT NULL,
    name TEXT NOT NULL,
    unit_id UUID,
    unit_code TEXT,
    unit_name TEXT,
    place_code TEXT,
    zone_code TEXT,
    groups TEXT[] NOT NULL,
    skills TEXT[] NOT NULL,
    language TEXT DEFAULT 'zh' NOT NULL,
    active BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (person_id)
);

CREATE INDEX people_unit_id ON patrol.people (unit_id);

CREATE TABLE patrol.zones (
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (committee_id, code)
);

CREATE TABLE patrol.checkpoints (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    zone TEXT,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    qr_token TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT checkpoints_code UNIQUE (committee_id, code),
    CONSTRAINT checkpoints_number UNIQUE (committee_id, number),
    CONSTRAINT checkpoints_place CHECK ((lat IS NULL) = (lon IS NULL)),
    CONSTRAINT checkpoints_qr_token_key UNIQUE (qr_token)
);

CREATE TABLE patrol.squads (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    leader_id UUID NOT NULL,
    zone TEXT,
    colour TEXT,
    active BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT squads_code UNIQUE (committee_id, code)
);

CREATE INDEX squads_leader_id ON patrol.squads (leader_id);

CREATE TABLE patrol.squad_members (
    squad_id UUID NOT NULL,
    person_id UUID NOT NULL,
    vest TEXT,
    buddy_id UUID,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (squad_id, person_id),
    FOREIGN KEY(squad_id) REFERENCES patrol.squads (id)
);

CREATE INDEX squad_members_person_id ON patrol.squad_members (person_id);

CREATE TABLE patrol.routes (
    squad_id UUID NOT NULL,
    position INTEGER NOT NULL,
    checkpoint_id UUID NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (squad_id, position),
    FOREIGN KEY(squad_id) REFERENCES patrol.squads (id),
    FOREIGN KEY(checkpoint_id) REFERENCES patrol.checkpoints (id)
);

CREATE TABLE patrol.shifts (
    id UUID DEFAULT uuidv7() NOT NULL,
    squad_id UUID NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE,
    started_by UUID,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_by UUID,
    handover TEXT NOT NULL,
    reason TEXT,
    next_due_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT shifts_state CHECK (state IN ('planned', 'active', 'ended', 'cancelled')),
    CONSTRAINT shifts_times CHECK (starts_at < ends_at),
    FOREIGN KEY(squad_id) REFERENCES patrol.squads (id)
);

CREATE INDEX shifts_by_start ON patrol.shifts (starts_at, id);

CREATE INDEX shifts_watched ON patrol.shifts (next_due_at) WHERE state = 'active';

CREATE INDEX shifts_by_squad ON patrol.shifts (squad_id, starts_at);

CREATE TABLE patrol.shift_crew (
    shift_id UUID NOT NULL,
    person_id UUID NOT NULL,
    role TEXT NOT NULL,
    stand_in BOOLEAN NOT NULL,
    during TSTZRANGE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (shift_id, person_id),
    CONSTRAINT shift_crew_role CHECK (role IN ('leader', 'member')),
    CONSTRAINT shift_crew_overlap EXCLUDE USING gist (person_id WITH =, during WITH &&),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id)
);

CREATE INDEX shift_crew_person_id ON patrol.shift_crew (person_id);

CREATE TABLE patrol.alarms (
    id UUID DEFAULT uuidv7() NOT NULL,
    shift_id UUID NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE NOT NULL,
    step TEXT NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE,
    looked_after_by UUID,
    looked_after_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_by UUID,
    reason TEXT,
    note TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT alarms_step CHECK (step IN ('buddy', 'leader', 'desk')),
    CONSTRAINT alarms_reason CHECK (reason IN ('check_in', 'ended', 'all_well')),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id)
);

CREATE UNIQUE INDEX alarms_one_open ON patrol.alarms (shift_id) WHERE ended_at IS NULL;

CREATE INDEX alarms_shift_id ON patrol.alarms (shift_id);

CREATE TABLE patrol.sos (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    shift_id UUID,
    checkpoint_id UUID,
    device_at TIMESTAMP WITH TIME ZONE NOT NULL,
    raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
    acknowledged_by UUID,
    acknowledged_at TIMESTAMP WITH TIME ZONE,
    stood_down_by UUID,
    stood_down_at TIMESTAMP WITH TIME ZONE,
    note TEXT DEFAULT '' NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id),
    FOREIGN KEY(checkpoint_id) REFERENCES patrol.checkpoints (id)
);

CREATE INDEX sos_person_id ON patrol.sos (person_id);

CREATE INDEX sos_shift_id ON patrol.sos (shift_id);

CREATE INDEX sos_open ON patrol.sos (raised_at) WHERE stood_down_at IS NULL;

CREATE TABLE patrol.check_ins (
    id UUID NOT NULL,
    shift_id UUID NOT NULL,
    checkpoint_id UUID,
    person_id UUID NOT NULL,
    device_id TEXT NOT NULL,
    seq INTEGER,
    near BOOLEAN,
    how TEXT NOT NULL,
    note TEXT NOT NULL,
    content BYTEA NOT NULL,
    device_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    time_quality TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT check_ins_time_quality CHECK (time_quality IN ('device', 'corrected', 'uncertain', 'server')),
    CONSTRAINT check_ins_how CHECK (how IN ('scan', 'number', 'tap')),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id),
    FOREIGN KEY(checkpoint_id) REFERENCES patrol.checkpoints (id)
)
 PARTITION BY RANGE (id);

CREATE INDEX check_ins_by_shift ON patrol.check_ins (shift_id, happened_at);

CREATE TABLE patrol.troubles (
    id UUID NOT NULL,
    shift_id UUID,
    checkpoint_id UUID,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    person_id UUID NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    taken_by UUID,
    taken_at TIMESTAMP WITH TIME ZONE,
    closed_by UUID,
    closed_at TIMESTAMP WITH TIME ZONE,
    note TEXT DEFAULT '' NOT NULL,
    content BYTEA NOT NULL,
    device_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    time_quality TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT troubles_time_quality CHECK (time_quality IN ('device', 'corrected', 'uncertain', 'server')),
    CONSTRAINT troubles_kind CHECK (kind IN ('lamp', 'fire_lane', 'ice', 'manhole', 'charging_cable', 'gas_smell', 'person_needs_help', 'dispute', 'other')),
    CONSTRAINT troubles_state CHECK (state IN ('open', 'taken', 'closed')),
    FOREIGN KEY(shift_id) REFERENCES patrol.shifts (id),
    FOREIGN KEY(checkpoint_id) REFERENCES patrol.checkpoints (id)
);

CREATE INDEX troubles_open ON patrol.troubles (happened_at) WHERE state <> 'closed';

CREATE INDEX troubles_shift_id ON patrol.troubles (shift_id);

-- -------------------------------------------------------------------------------- notify

CREATE SCHEMA notify;

CREATE TABLE notify.stand_downs (
    thread UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (thread)
);

CREATE TABLE notify.rules (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    topic TEXT NOT NULL,
    condition JSONB NOT NULL,
    audience JSONB NOT NULL,
    template TEXT NOT NULL,
    class TEXT NOT NULL,
    needs_answer BOOLEAN NOT NULL,
    channels TEXT[],
    thread TEXT,
    link TEXT,
    why JSONB NOT NULL,
    "on" BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT rules_class CHECK (class IN ('critical', 'duty', 'service', 'news')),
    CONSTRAINT rules_code UNIQUE (committee_id, code)
);

CREATE INDEX rules_topic ON notify.rules (topic);

CREATE TABLE notify.templates (
    id UUID DEFAULT uuidv7() NOT NULL,
    code TEXT NOT NULL,
    language TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    sms_code TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by TEXT NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT templates_language CHECK (language IN ('zh', 'en')),
    CONSTRAINT templates_version UNIQUE (committee_id, code, language, version)
);

CREATE TABLE notify.people (
    phone VARCHAR,
    email VARCHAR,
    person_id UUID NOT NULL,
    name TEXT NOT NULL,
    unit_id UUID,
    unit_code TEXT,
    unit_name TEXT,
    place_code TEXT,
    zone_code TEXT,
    groups TEXT[] NOT NULL,
    skills TEXT[] NOT NULL,
    language TEXT DEFAULT 'zh' NOT NULL,
    active BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (person_id)
);

CREATE INDEX people_unit_id ON notify.people (unit_id);

CREATE TABLE notify.units (
    unit_id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (unit_id)
);

CREATE TABLE notify.addresses (
    id UUID DEFAULT uuidv7() NOT NULL,
    person_id UUID,
    unit_id UUID,
    role TEXT,
    channel TEXT NOT NULL,
    address VARCHAR,
    address_blind BYTEA,
    label TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_ok_at TIMESTAMP WITH TIME ZONE,
    tested_at TIMESTAMP WITH TIME ZONE,
    dead_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT addresses_one_owner CHECK (num_nonnulls(person_id, unit_id, role) = 1),
    CONSTRAINT addresses_channel CHECK (channel IN ('web_push', 'email', 'wecom', 'wecom_robot', 'dingtalk_robot', 'webhook')),
    CONSTRAINT addresses_same UNIQUE (committee_id, channel, address_blind)
);

CREATE INDEX addresses_person ON notify.addresses (person_id, channel) WHERE dead_at IS NULL;

CREATE INDEX addresses_unit ON notify.addresses (unit_id);

CREATE TABLE notify.preferences (
    person_id UUID NOT NULL,
    quiet_from TIME WITHOUT TIME ZONE NOT NULL,
    quiet_until TIME WITHOUT TIME ZONE NOT NULL,
    "off" JSONB NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (person_id)
);

CREATE TABLE notify.on_duty (
    shift_id UUID NOT NULL,
    person_id UUID NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    "over" BOOLEAN NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (shift_id, person_id)
);

CREATE INDEX on_duty_person_id ON notify.on_duty (person_id);

CREATE TABLE notify.turns (
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    holder UUID NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (committee_id)
);

CREATE TABLE notify.ladders (
    id UUID NOT NULL,
    thread UUID NOT NULL,
    event_id UUID NOT NULL,
    rule_id UUID NOT NULL,
    topic TEXT NOT NULL,
    rings JSONB NOT NULL,
    step INTEGER NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    why_ended TEXT,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(rule_id) REFERENCES notify.rules (id),
    CONSTRAINT ladders_why_ended CHECK (why_ended IN ('answered', 'stood_down', 'nobody')),
    CONSTRAINT ladders_ended CHECK ((ended_at IS NULL) = (why_ended IS NULL))
);

CREATE INDEX ladders_due ON notify.ladders (next_at) WHERE ended_at IS NULL;

CREATE INDEX ladders_thread ON notify.ladders (thread);

CREATE TABLE notify.texts (
    event_id UUID NOT NULL,
    rule_id UUID NOT NULL,
    language TEXT NOT NULL,
    topic TEXT NOT NULL,
    class TEXT NOT NULL,
    title TEXT,
    body TEXT,
    link TEXT,
    sms_code TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (event_id, rule_id, language),
    FOREIGN KEY(rule_id) REFERENCES notify.rules (id),
    CONSTRAINT texts_language CHECK (language IN ('zh', 'en'))
);

CREATE INDEX texts_age ON notify.texts (created_at) WHERE title IS NOT NULL;

CREATE TABLE notify.messages (
    id UUID NOT NULL,
    event_id UUID NOT NULL,
    rule_id UUID NOT NULL,
    language TEXT NOT NULL,
    topic TEXT NOT NULL,
    thread UUID NOT NULL,
    person_id UUID,
    unit_id UUID,
    group_id UUID,
    class TEXT NOT NULL,
    role TEXT NOT NULL,
    inbox BOOLEAN NOT NULL,
    needs_answer BOOLEAN NOT NULL,
    ring INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    answer TEXT,
    answered_at TIMESTAMP WITH TIME ZONE,
    cancelled_at TIMESTAMP WITH TIME ZONE,
    settled_by TEXT,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(event_id, rule_id, language) REFERENCES notify.texts (event_id, rule_id, language),
    CONSTRAINT messages_one_reader CHECK (num_nonnulls(person_id, unit_id, group_id) = 1),
    CONSTRAINT messages_class CHECK (class IN ('critical', 'duty', 'service', 'news')),
    CONSTRAINT messages_answer CHECK (answer IN ('ack', 'decline', 'call_me'))
)
 PARTITION BY RANGE (id);

CREATE INDEX messages_unread ON notify.messages (person_id) WHERE inbox AND read_at IS NULL;

CREATE INDEX messages_thread ON notify.messages (thread);

CREATE INDEX messages_inbox ON notify.messages (person_id, id) WHERE inbox;

CREATE INDEX messages_event ON notify.messages (event_id, rule_id, id);

CREATE TABLE notify.sendings (
    id UUID NOT NULL,
    message_id UUID NOT NULL,
    event_id UUID NOT NULL,
    channel TEXT NOT NULL,
    address_id UUID,
    ring SMALLINT DEFAULT '0' NOT NULL,
    priority SMALLINT NOT NULL,
    state TEXT DEFAULT 'queued' NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    unless_read BOOLEAN DEFAULT 'false' NOT NULL,
    lease_until TIMESTAMP WITH TIME ZONE,
    attempts INTEGER DEFAULT '0' NOT NULL,
    detail TEXT,
    provider_id TEXT,
    sealed VARCHAR,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT 'now()' NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(message_id) REFERENCES notify.messages (id),
    FOREIGN KEY(address_id) REFERENCES notify.addresses (id),
    CONSTRAINT sendings_state CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'acknowledged', 'failed', 'gave_up', 'unknown', 'cancelled'))
)
 PARTITION BY RANGE (id);

CREATE INDEX sendings_dead ON notify.sendings (id) WHERE state IN ('gave_up', 'unknown');

CREATE INDEX sendings_event ON notify.sendings (event_id, state);

CREATE INDEX sendings_leased ON notify.sendings (lease_until) WHERE state = 'sending';

CREATE INDEX sendings_message ON notify.sendings (message_id);

CREATE INDEX sendings_due ON notify.sendings (priority, due_at) WHERE state IN ('queued', 'failed');
