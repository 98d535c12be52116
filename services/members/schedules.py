"""What members does when the clock says so."""

from services.members.domain import imports, people, sessions, sign_in, tallies
from shared import audit, health
from shared.bus import clock

every = clock("members")
health.beats("members")


@every(600)
def let_moves_take_place(db):
    people.follow_the_calendar(db)


@every(600)
def count_again(db):
    tallies.count_again(db)


@every(60)
def resume_silent_imports(db):
    imports.resume_silent(db)


@every(3600)
def anchor_the_audit_log(db):
    audit.anchor(db)


@every(86400, outside=True)
def verify_the_audit_log(committee_id):
    audit.check(committee_id)


@every(3600)
def forget_what_is_over(db):
    imports.forget_old(db)
    sessions.forget_expired(db)
    sign_in.forget_codes(db)
