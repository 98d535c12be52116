-- What the models of patrol cannot say.

SELECT bus.partition('patrol.check_ins');

-- A crew is busy for as long as its shift is planned to last; until it is back, or not at all when it is cancelled.
CREATE FUNCTION patrol.busy(shift patrol.shifts) RETURNS tstzrange LANGUAGE sql IMMUTABLE
    RETURN CASE
        WHEN shift.state = 'cancelled' THEN NULL
        WHEN shift.state = 'ended' THEN tstzrange(shift.starts_at, greatest(shift.starts_at, least(shift.ends_at, shift.ended_at)))
        ELSE tstzrange(shift.starts_at, shift.ends_at)
    END;

CREATE FUNCTION patrol.busy_from_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT patrol.busy(s) INTO NEW.during FROM patrol.shifts s WHERE s.id = NEW.shift_id;
    RETURN NEW;
END $$;
CREATE TRIGGER busy_from_shift BEFORE INSERT ON patrol.shift_crew
    FOR EACH ROW EXECUTE FUNCTION patrol.busy_from_shift();

CREATE FUNCTION patrol.busy_follows_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE patrol.shift_crew SET during = patrol.busy(NEW) WHERE shift_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER busy_follows_shift AFTER UPDATE ON patrol.shifts FOR EACH ROW
    WHEN (patrol.busy(OLD) IS DISTINCT FROM patrol.busy(NEW))
    EXECUTE FUNCTION patrol.busy_follows_shift();
