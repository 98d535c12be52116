"""What events does when the clock says so."""

from services.events import almanac
from services.events.domain import closures, days, jobs, needs, referrals, reminders, weather
from services.events.domain.bookings import confirming, steps
from services.events.domain.family_services import requests
from services.events.domain.feedback import gathering, voices
from services.events.domain.loans import leaving, overdue
from services.events.domain.loans import steps as loans
from services.events.domain.series import life, making
from services.events.domain.sign_ups import forgetting, offers
from shared import health
from shared.bus import clock

every = clock("events")
health.beats("events")

MINUTE, HOUR = 60, 3600


@every(MINUTE)
def pass_on_seats_that_nobody_took(db):
    offers.expire(db)


@every(MINUTE)
def remind_of_what_is_near(db):
    reminders.remind(db)


@every(6 * HOUR)
def forget_what_people_told(db):
    forgetting.forget_old(db)
    reminders.forget_old(db)


@every(6 * HOUR)
def extend_series(db):
    life.extend(db)


@every(24 * HOUR)
def learn_holidays(db):
    this_year = making.today().year
    days.learn(db, almanac.read([this_year, this_year + 1]))


@every(600)
def heed_closures(db):
    closures.heed(db)


@every(600)
def heed_the_weather(db):
    weather.heed(db)


@every(600)
def release_undecided(db):
    steps.release_undecided(db)


@every(3600)
def ask_to_confirm(db):
    confirming.ask(db)


@every(3600)
def release_unconfirmed(db):
    confirming.release_unconfirmed(db)


@every(3600)
def bring_unmatched_needs_to_the_joint_meeting(db):
    needs.bring_to_the_meeting(db)


@every(HOUR)
def expire_jobs(db):
    jobs.expire(db)


@every(6 * HOUR)
def ask_outcomes(db):
    referrals.ask_outcomes(db)


@every(24 * HOUR)
def forget_who_asked(db):
    requests.forget_old(db)
    referrals.forget_old(db)


@every(HOUR)
def tell_what_people_said(db):
    gathering.tell_of_feedback(db)


@every(24 * HOUR)
def erase_old_voices(db):
    voices.erase_old(db)


@every(MINUTE)
def remind_of_what_is_lent(db):
    overdue.remind(db)


@every(600)
def lapse_wishes_for_equipment(db):
    loans.lapse(db)


@every(24 * HOUR)
def forget_who_borrowed(db):
    leaving.forget_old(db)
