"""What patrol does when something happens."""

from services.patrol import solving
from services.patrol.domain import covers, forgetting, silence, sos, swaps, units, zones
from services.patrol.domain.cases import confirming
from services.patrol.domain.planning import working
from services.patrol.domain.responses import answering
from services.patrol.models import Person
from shared.bus import subscriber
from shared.people import keep_people
from shared.schemas.members import LabelsChanged, PeopleChanged, PersonErased, UnitsChanged
from shared.schemas.notify import AnswerGiven
from shared.schemas.patrol import (
    CaseFixed,
    CoverAsked,
    ResponseRung,
    RosterAsked,
    ShiftSwapOffered,
    SosRaised,
    SquadWentSilent,
)

on = subscriber("patrol")

#: Whose answers concern us: the rule that takes them, by the topic of what was told.
ANSWERED = {
    CaseFixed.topic: confirming.answer,
    CoverAsked.topic: covers.take_answer,
    ShiftSwapOffered.topic: swaps.answer,
    SosRaised.topic: sos.answer,
    SquadWentSilent.topic: silence.answer,
}


@on(PeopleChanged)
def know_people(db, event):
    keep_people(db, Person, event)


@on(PersonErased)
def forget_person(db, event):
    forgetting.forget(db, event)


@on(LabelsChanged)
def name_zones(db, event):
    zones.keep(db, event.labels, changed_at=event.occurred_at)


@on(UnitsChanged)
def know_units(db, event):
    units.keep(db, event.units)


@on(AnswerGiven)
def take_answer(db, event):
    if event.about == ResponseRung.topic:
        answering.hear(db, event.thread, by=event.person_id, answer=event.answer, at=event.answered_at)
    if take := ANSWERED.get(event.about):
        take(db, event.thread, by=event.person_id, answer=event.answer)


@on(RosterAsked, outside=True)
def work_out_the_roster(event):
    working.work(event.committee_id, event.plan_id, solving.weeks)
