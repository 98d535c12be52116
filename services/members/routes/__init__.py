"""members over HTTP."""

from services.members.routes import audit, grants, hours, imports, keys, me, org, people, sign_in

blueprints = [sign_in.bp, me.bp, org.bp, people.bp, grants.bp, hours.bp, imports.bp, keys.bp, audit.bp]
from services.members.routes import agenda, audit, grants, imports, keys, me, org, people, sign_in

blueprints = [sign_in.bp, me.bp, org.bp, people.bp, grants.bp, imports.bp, keys.bp, audit.bp, agenda.bp]
