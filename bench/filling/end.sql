RESET session_replication_role;
RESET synchronous_commit;
DROP TABLE units, places, zones, teams, squads, rule, members, shifts, told;
