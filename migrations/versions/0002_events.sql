-- What calendars ask without signing in: whose feed this secret opens.

-- From then on the transaction acts for their committee. Null: nobody's.
CREATE FUNCTION events.open_feed(secret bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    feed events.feeds;
BEGIN
    SELECT f.* INTO feed FROM events.feeds f JOIN events.people p ON p.person_id = f.person_id AND p.active
        WHERE f.secret = open_feed.secret;
    IF feed.person_id IS NOT NULL THEN
        PERFORM set_config('app.committee', feed.committee_id::text, true);
    END IF;
    RETURN feed.person_id;
END $$;

REVOKE ALL ON FUNCTION events.open_feed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION events.open_feed TO events;
