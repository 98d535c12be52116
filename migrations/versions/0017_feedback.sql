-- How it was, as those say who were there.

CREATE TABLE events.feedback (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    activity_id UUID NOT NULL,
    who BYTEA,
    source TEXT NOT NULL,
    typed_by UUID,
    overall TEXT,
    followed TEXT,
    more TEXT,
    words VARCHAR,
    voice BYTEA,
    voice_kind TEXT,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT feedback_overall CHECK (overall IN ('good', 'fair', 'poor')),
    CONSTRAINT feedback_followed CHECK (followed IN ('yes', 'partly', 'no')),
    CONSTRAINT feedback_more CHECK (more IN ('yes', 'maybe', 'no')),
    CONSTRAINT feedback_source CHECK (source IN ('phone', 'paper')),
    CONSTRAINT feedback_who CHECK ((source = 'phone') = (who IS NOT NULL)),
    CONSTRAINT feedback_voice_kind CHECK (voice_kind IN ('webm', 'ogg', 'mp4')),
    CONSTRAINT feedback_voice CHECK ((voice IS NULL) = (voice_kind IS NULL)),
    CONSTRAINT feedback_activity_id_who_key UNIQUE (activity_id, who),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id) ON DELETE CASCADE
);
CREATE INDEX feedback_voices ON events.feedback (activity_id) WHERE voice_kind IS NOT NULL;
CREATE TABLE events.feedback_told (
    activity_id UUID NOT NULL,
    answers INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (activity_id),
    FOREIGN KEY(activity_id) REFERENCES events.activities (id) ON DELETE CASCADE
);
-- Sound is no better packed than it is: do not try.
ALTER TABLE events.feedback ALTER COLUMN voice SET STORAGE EXTERNAL;
