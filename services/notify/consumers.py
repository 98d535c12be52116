"""What notify does when something happens."""

from services.notify.domain import (
    answers,
    codes,
    forgetting,
    people,
    reminders,
    residents,
    sending,
    telling,
    threads,
    weather,
)
from shared.bus import subscriber
from shared.schemas import events, members, notify, patrol

on = subscriber("notify")

#: Of these, people are told what the rules say, and nothing else is done.
TOLD = (
    events.ActivitySubmitted,
    events.ActivitySentBack,
    events.ActivityPublished,
    events.SignUpChanged,
    events.ActivityRestored,
    events.ActivityIsNear,
    events.SeatOffered,
    events.SignedUpFor,
    events.SwapOffered,
    events.FeedbackAsked,
    events.FeedbackGathered,
    events.SeriesSubmitted,
    events.SeriesSentBack,
    events.SeriesPublished,
    events.SeriesChanged,
    events.SeriesEnded,
    events.VenueHoursChanged,
    events.VenueClosed,
    events.VenueOpened,
    events.BookingAsked,
    events.BookingDecided,
    events.BookingToConfirm,
    events.BookingReleased,
    events.BookingsSuspended,
    events.BookingsRestored,
    events.NeedToCheck,
    events.NeedPublished,
    events.NeedMatched,
    events.NeedClaimed,
    events.ClaimAccepted,
    events.ClaimGivenBack,
    events.NeedDelivered,
    events.NeedClosed,
    events.WishConfirmed,
    events.NeedUnmatched,
    events.NeedAnswered,
    events.TermPublished,
    events.SpeakerBooked,
    events.SpeakerReleased,
    events.SpeakerWithdrew,
    events.TroupeInvited,
    events.TroupeAnswered,
    events.TroupeUninvited,
    events.ServiceRequested,
    events.ServiceAnswered,
    events.JobSubmitted,
    events.JobSentBack,
    events.JobPublished,
    events.JobExpired,
    events.JobReferred,
    events.JobOutcomeAsked,
    events.LoanAsked,
    events.LoanToHandOut,
    events.LoanDecided,
    events.LoanIsDue,
    events.LoanOverdue,
    events.LoanStillOut,
    events.EquipmentDamaged,
    patrol.CoverAsked,
    patrol.CoverFoundNobody,
    patrol.RosterPublished,
    patrol.ShiftSwapOffered,
    patrol.CaseFixed,
    patrol.CaseMoved,
    patrol.CaseOverdue,
    patrol.CaseRouted,
    patrol.ResponseReviewDue,
    patrol.ResponseRung,
    patrol.ShiftAssigned,
    patrol.ShiftCancelled,
    patrol.ShiftRestored,
    patrol.TroubleReported,
    patrol.SquadWentSilent,
    patrol.SosRaised,
)

#: Of these too, and whoever was about to be reminded of the old plan is not.
REPLANNED = (events.ActivityChanged, events.ActivityCalledOff, events.ActivityPostponed, events.ActivityWithdrawn)

for event in TOLD:
    on(event)(telling.tell)
for replanned in REPLANNED:
    on(replanned)(reminders.drop_and_tell)


@on(members.PeopleChanged)
def keep_people(db, event):
    people.keep(db, event)


@on(members.PersonErased)
def forget_person(db, event):
    forgetting.forget(db, event)


@on(members.UnitsChanged)
def keep_units(db, event):
    people.keep_units(db, event)


@on(members.SignInCodeMade)
def send_code(db, event):
    codes.send(db, event)


@on(events.SeatOfferEnded)
def end_the_question_about_the_seat(db, event):
    threads.stand_down(db, event.offer_id, at=event.occurred_at, by="")
    telling.tell(db, event)


@on(patrol.CoverEnded)
def end_the_question_about_standing_in(db, event):
    threads.stand_down(db, event.ask_id, at=event.occurred_at, by="")
    telling.tell(db, event)


@on(patrol.ShiftSwapEnded)
def end_the_question_about_the_place(db, event):
    threads.stand_down(db, event.swap_id, at=event.occurred_at, by=event.by_name)
    telling.tell(db, event)


@on(patrol.CaseReporterReached)
def tell_the_resident(db, event):
    residents.tell(db, event)


@on(patrol.ShiftStarted)
def begin_duty(db, event):
    people.begin_duty(db, event)


@on(patrol.CrewJoined)
def begin_duty_of_who_joined(db, event):
    people.begin_duty(db, event)


@on(patrol.ShiftEnded)
def end_duty(db, event):
    people.end_duty(db, event)


@on(patrol.SquadIsWell)
def give_the_all_clear(db, event):
    threads.stand_down(db, event.alarm_id, at=event.occurred_at, by=event.said_by)
    telling.tell(db, event)


@on(patrol.SosAcknowledged)
def tell_that_help_comes(db, event):
    threads.stand_down(db, event.sos_id, at=event.occurred_at, by=event.by_name)
    telling.tell(db, event)


@on(patrol.SosStoodDown)
def end_the_call_for_help(db, event):
    threads.stand_down(db, event.sos_id, at=event.occurred_at, by=event.by_name)
    telling.tell(db, event)


@on(patrol.ResponseAnswered)
def ask_no_more(db, event):
    answers.note_elsewhere(db, event.response_id, person_id=event.person_id, answer=event.answer, at=event.answered_at)


@on(patrol.ResponseStoodDown)
def end_the_call_for_hands(db, event):
    threads.stand_down(db, event.response_id, at=event.occurred_at, by=event.by_name)
    telling.tell(db, event)


@on(patrol.WeatherModeChanged)
def tell_of_the_weather(db, event):
    weather.tell(db, event)


@on(notify.MessagesBegun)
def tell_the_next(db, event):
    telling.tell_the_next(db, event)


@on(notify.AlarmBegun)
def warn_the_next(db, event):
    telling.tell_the_next(db, event)


@on(notify.MessagesWritten, outside=True)
def send_messages(event):
    sending.send_due(event.committee_id)


@on(notify.AlarmWritten, outside=True)
def send_alarms(event):
    sending.send_due(event.committee_id, urgent=True)
