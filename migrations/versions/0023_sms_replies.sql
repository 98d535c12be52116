-- Answers by SMS: what was asked by which code, and which replies have been read.

CREATE TABLE notify.sms_questions (
    id UUID NOT NULL,
    message_id UUID NOT NULL,
    phone_blind BYTEA NOT NULL,
    code TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    said JSONB DEFAULT '[]' NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX sms_questions_phone ON notify.sms_questions (phone_blind, asked_at);
CREATE INDEX sms_questions_message ON notify.sms_questions (message_id);

CREATE TABLE notify.sms_replies (
    key BYTEA NOT NULL,
    phone_blind BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    committee_id UUID DEFAULT bus.committee() NOT NULL,
    PRIMARY KEY (key)
);
CREATE INDEX sms_replies_phone ON notify.sms_replies (phone_blind, at);

ALTER TABLE notify.messages ADD COLUMN answered_way TEXT;
ALTER TABLE notify.messages ADD CONSTRAINT messages_answered_way CHECK (answered_way IN ('page', 'link', 'sms'));
