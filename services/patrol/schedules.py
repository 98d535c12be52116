"""What patrol does when the clock says so."""

from services.patrol.domain import covers, limits, photos, shifts, silence, weather
from services.patrol.domain.cases import clocks, confirming, residents
from services.patrol.domain.planning import asking
from services.patrol.domain.responses import raising, rings
from shared import health
from shared.bus import clock

every = clock("patrol")
health.beats("patrol")


@every(5, urgent=True)
def look_for_silence(db):
    silence.look_for_silence(db)


@every(600)
def end_forgotten_shifts(db):
    shifts.end_forgotten(db)


@every(10)
def ask_for_cover(db):
    covers.ask_further(db)


@every(60)
def resume_silent_plans(db):
    asking.resume_silent(db)


@every(60)
def let_late_cases_climb(db):
    clocks.climb(db)
    confirming.decide(db)


@every(3600)
def forget_what_is_over(db):
    photos.forget_old(db)
    residents.forget_old(db)
    limits.forget_old(db)


@every(2, urgent=True)
def ring_the_next(db):
    rings.ring_due(db)


@every(600)
def remind_of_reviews(db):
    raising.remind_of_reviews(db)


@every(60)
def heed_the_weather(db):
    weather.heed(db)
