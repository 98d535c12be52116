-- What the models of members cannot say, and what members shows to all services: who a token belongs to, who holds a role.

-- Nobody has two homes or lives in two places at once, and a node has one leader and one deputy.
ALTER TABLE members.memberships
    ADD CONSTRAINT memberships_one_home EXCLUDE USING gist
        (person_id WITH =, kind WITH =, daterange(valid_from, valid_until) WITH &&) WHERE (kind IN ('home', 'community')),
    ADD CONSTRAINT memberships_one_of_each EXCLUDE USING gist
        (person_id WITH =, node_id WITH =, role_in WITH =, daterange(valid_from, valid_until) WITH &&)
        WHERE (kind = 'node'),
    ADD CONSTRAINT memberships_one_leader EXCLUDE USING gist
        (node_id WITH =, role_in WITH =, daterange(valid_from, valid_until) WITH &&) WHERE (role_in <> 'member');

CREATE SCHEMA access;

-- Whose token this is; from then on the transaction acts for their committee. No row: nobody's.
CREATE FUNCTION access.enter(token bytea) RETURNS TABLE (
    committee_id uuid, person_id uuid, name text, session_id uuid, key_id uuid, key_kind text, unit_id uuid,
    scopes text[], grants jsonb
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
    FOR committee_id, person_id, name, session_id, unit_id, scopes, grants IN
        SELECT s.committee_id, s.person_id, p.name, s.id, p.unit_id, '{}'::text[],
               coalesce((SELECT jsonb_agg(jsonb_build_object('role', g.role, 'unit_id', g.unit_id, 'place', g.place))
                         FROM members.grants g WHERE g.person_id = s.person_id AND g.committee_id = s.committee_id
                           AND clock_timestamp() >= g.valid_from AND (g.valid_until IS NULL OR clock_timestamp() < g.valid_until)), '[]')
        FROM members.sessions s JOIN members.people p ON p.id = s.person_id AND p.active
        WHERE s.token = enter.token AND s.expires_at > clock_timestamp()
    LOOP
        PERFORM set_config('app.committee', committee_id::text, true);
        RETURN NEXT;
        RETURN;
    END LOOP;
    FOR committee_id, name, key_id, key_kind, unit_id, scopes, grants IN
        SELECT k.committee_id, k.label, k.id, k.kind, k.unit_id, k.scopes, '[]'::jsonb
        FROM members.api_keys k
        WHERE k.key = enter.token AND (k.revoked_at IS NULL OR k.revoked_at > clock_timestamp())
          AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
    LOOP
        PERFORM set_config('app.committee', committee_id::text, true);
        -- When a key was last used, to ten minutes; requests at the same moment do not wait for one another.
        UPDATE members.api_keys SET last_used_at = clock_timestamp() WHERE id = (
            SELECT k.id FROM members.api_keys k
            WHERE k.id = key_id AND (k.last_used_at IS NULL OR k.last_used_at < clock_timestamp() - interval '10 minutes')
            FOR NO KEY UPDATE SKIP LOCKED);
        RETURN NEXT;
    END LOOP;
END $$;

CREATE VIEW access.grants AS
    SELECT person_id, role, unit_id, place, valid_from, valid_until FROM members.grants
    WHERE committee_id = bus.committee();

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO members, events, patrol, notify;
GRANT EXECUTE ON FUNCTION access.enter TO members, events, patrol, notify;
GRANT SELECT ON access.grants TO members, events, patrol, notify;
