-- What large committees ask for stands in an index in the order in which it is shown.

ALTER TABLE members.person_skills ADD COLUMN number TEXT;
UPDATE members.person_skills s SET number = p.number FROM members.people p WHERE p.id = s.person_id;
ALTER TABLE members.person_skills ALTER COLUMN number SET NOT NULL;
DROP INDEX members.person_skills_skill;
CREATE INDEX person_skills_skill ON members.person_skills (committee_id, skill, number, person_id);

-- Whoever writes a skill, or a number, need not know that the one stands beside the other.
CREATE FUNCTION members.take_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT p.number INTO NEW.number FROM members.people p WHERE p.id = NEW.person_id;
    RETURN NEW;
END $$;
CREATE TRIGGER take_number BEFORE INSERT ON members.person_skills FOR EACH ROW EXECUTE FUNCTION members.take_number();
CREATE FUNCTION members.give_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE members.person_skills s SET number = NEW.number WHERE s.person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER give_number AFTER UPDATE OF number ON members.people FOR EACH ROW
    WHEN (OLD.number IS DISTINCT FROM NEW.number) EXECUTE FUNCTION members.give_number();

-- Whose membership began or ended in the last days: the clock asks every minute.
CREATE INDEX memberships_begun ON members.memberships (committee_id, valid_from) WHERE kind <> 'node';
CREATE INDEX memberships_ended ON members.memberships (committee_id, valid_until)
    WHERE kind <> 'node' AND valid_until IS NOT NULL;

-- All that follows from an event has ids between these (notify.id_of): so only their month is looked into.
CREATE FUNCTION notify.first_id_of(event uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (left(event::text, 13) || '-0000-0000-000000000000')::uuid;
CREATE FUNCTION notify.last_id_of(event uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (left(event::text, 13) || '-ffff-ffff-ffffffffffff')::uuid;
