"""What notify does when the clock says so."""

from services.notify.domain import digests, ladders, people, retention, rules, sending, tallies
from shared import health
from shared.bus import clock

every = clock("notify")
health.beats("notify")


@every(2, urgent=True)
def climb_ladders(db):
    ladders.climb(db)


@every(5, urgent=True, outside=True)
def send_late_alarms(committee_id):
    sending.send_due(committee_id, urgent=True)


@every(5, outside=True)
def send_late_messages(committee_id):
    sending.send_due(committee_id)


@every(60, outside=True)
def write_digests(committee_id):
    digests.write_due(committee_id)


@every(60)
def count_again(db):
    tallies.count_again(db)


@every(3600)
def forget(db):
    retention.forget_old_words(db)
    people.forget_old_duty(db)


@every(3600)
def learn_new_defaults(db):
    rules.ensure_defaults(db)
