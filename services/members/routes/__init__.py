"""members over HTTP."""

from services.members.routes import agenda, audit, grants, hours, imports, keys, me, org, people, sign_in

SUBJECTS = (sign_in, me, org, people, grants, hours, imports, keys, audit, agenda)

blueprints = [subject.bp for subject in SUBJECTS]
