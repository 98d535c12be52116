"""What events does when something happens."""

from services.events.domain import members
from shared.bus import subscriber
from shared.schemas.members import LabelsChanged, PeopleChanged, PersonErased, UnitsChanged

on = subscriber("events")


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
