"""What events does when something happens."""

from services.events.domain import members, proposals, weather
from services.events.domain.bookings import steps
from services.events.domain.sign_ups import offers
from shared.bus import subscriber
from shared.schemas import events
from shared.schemas.events import ActivityCalledOff, SeatOffered, SignedUpFor
from shared.schemas.members import LabelsChanged, PeopleChanged, PersonErased, UnitsChanged
from shared.schemas.notify import AnswerGiven
from shared.schemas.patrol import WeatherModeChanged

on = subscriber("events")

#: Answers that concern us, by the topic of what was told.
ASKED = (SeatOffered.topic, SignedUpFor.topic)


@on(PeopleChanged)
def keep_people_and_free_the_seats_of_those_who_left(db, event):
    members.keep_people(db, event)


@on(PersonErased)
def forget_person(db, event):
    members.forget_person(db, event)


@on(UnitsChanged)
def keep_units(db, event):
    members.keep_units(db, event)


@on(LabelsChanged)
def keep_labels(db, event):
    members.keep_labels(db, event)


@on(AnswerGiven)
def take_answer(db, event):
    if event.about in ASKED:
        offers.answer(db, event.thread, by=event.person_id, answer=event.answer)


@on(ActivityCalledOff)
def free_the_venue(db, event):
    steps.release_of_activity(db, event.activity_id)


@on(events.NeedPublished)
def look_for_offers(db, event):
    proposals.for_need(db, event.need_id)


@on(events.OfferPublished)
def look_for_needs(db, event):
    proposals.for_offer(db, event.offer_id)


@on(WeatherModeChanged)
def close_and_open_venues(db, event):
    weather.follow(db, event)
