"""What notify does when something happens."""

from services.notify.domain import codes, forgetting, people, sending, telling, threads
from shared.bus import subscriber
from shared.schemas import events, members, notify, patrol

on = subscriber("notify")


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


@on(events.ActivitySubmitted)
def ask_for_approval(db, event):
    telling.tell(db, event)


@on(events.ActivitySentBack)
def ask_for_change(db, event):
    telling.tell(db, event)


@on(events.ActivityPublished)
def invite(db, event):
    telling.tell(db, event)


@on(events.ActivityChanged)
def tell_of_change(db, event):
    telling.tell(db, event)


@on(events.ActivityCalledOff)
def tell_not_to_come(db, event):
    telling.tell(db, event)


@on(events.SignUpChanged)
def confirm_sign_up(db, event):
    telling.tell(db, event)


@on(events.ActivityPostponed)
def tell_of_another_date(db, event):
    telling.tell(db, event)


@on(events.ActivityWithdrawn)
def tell_that_it_was_taken_back(db, event):
    telling.tell(db, event)


@on(events.ActivityRestored)
def tell_that_it_is_on_again(db, event):
    telling.tell(db, event)


@on(events.SeatOffered)
def ask_whether_they_take_the_seat(db, event):
    telling.tell(db, event)


@on(events.SeatOfferEnded)
def end_the_question_about_the_seat(db, event):
    threads.stand_down(db, event.offer_id, at=event.occurred_at, by="")
    telling.tell(db, event)


@on(events.SignedUpFor)
def tell_who_signed_them_up(db, event):
    telling.tell(db, event)


@on(events.SwapOffered)
def ask_whether_they_want_the_seat(db, event):
    telling.tell(db, event)


@on(events.SeriesSubmitted)
def ask_for_approval_of_series(db, event):
    telling.tell(db, event)


@on(events.SeriesSentBack)
def ask_for_change_of_series(db, event):
    telling.tell(db, event)


@on(events.SeriesPublished)
def invite_to_series(db, event):
    telling.tell(db, event)


@on(events.SeriesChanged)
def tell_of_change_of_series(db, event):
    telling.tell(db, event)


@on(events.SeriesEnded)
def tell_that_series_ends(db, event):
@on(events.VenueHoursChanged)
def tell_of_hours(db, event):
    telling.tell(db, event)


@on(events.VenueClosed)
def tell_to_close(db, event):
    telling.tell(db, event)


@on(events.VenueOpened)
def tell_to_open(db, event):
    telling.tell(db, event)


@on(events.BookingAsked)
def ask_for_decision(db, event):
    telling.tell(db, event)


@on(events.BookingDecided)
def tell_of_decision(db, event):
    telling.tell(db, event)


@on(events.BookingToConfirm)
def ask_to_confirm(db, event):
    telling.tell(db, event)


@on(events.BookingReleased)
def tell_of_release(db, event):
    telling.tell(db, event)


@on(events.BookingsSuspended)
def tell_of_closed_venue(db, event):
    telling.tell(db, event)


@on(events.BookingsRestored)
def tell_of_open_venue(db, event):
@on(events.NeedToCheck)
def ask_a_clerk_to_look(db, event):
    telling.tell(db, event)


@on(events.NeedPublished)
def say_that_it_is_on_the_list(db, event):
    telling.tell(db, event)


@on(events.NeedMatched)
def tell_both_sides_of_matches(db, event):
    telling.tell(db, event)


@on(events.NeedClaimed)
def tell_that_somebody_takes_it_on(db, event):
    telling.tell(db, event)


@on(events.ClaimAccepted)
def let_the_helper_begin(db, event):
    telling.tell(db, event)


@on(events.ClaimGivenBack)
def tell_that_it_is_free_again(db, event):
    telling.tell(db, event)


@on(events.NeedDelivered)
def ask_for_the_word_that_it_is_done(db, event):
    telling.tell(db, event)


@on(events.NeedClosed)
def tell_that_a_need_is_over(db, event):
    telling.tell(db, event)


@on(events.WishConfirmed)
def thank_the_helper(db, event):
    telling.tell(db, event)


@on(events.NeedUnmatched)
def tell_that_the_meeting_will_speak_of_it(db, event):
    telling.tell(db, event)


@on(events.NeedAnswered)
def tell_the_answer(db, event):
    telling.tell(db, event)


@on(events.TermPublished)
def invite_to_lectures(db, event):
    telling.tell(db, event)


@on(events.SpeakerBooked)
def ask_to_speak(db, event):
    telling.tell(db, event)


@on(events.SpeakerReleased)
def tell_speaker_not_to_come(db, event):
    telling.tell(db, event)


@on(events.SpeakerWithdrew)
def ask_for_another_speaker(db, event):
    telling.tell(db, event)


@on(events.TroupeInvited)
def ask_troupe(db, event):
    telling.tell(db, event)


@on(events.TroupeAnswered)
def tell_what_troupe_says(db, event):
    telling.tell(db, event)


@on(events.TroupeUninvited)
def tell_troupe_not_to_come(db, event):
    telling.tell(db, event)


@on(events.ServiceRequested)
def ask_for_service(db, event):
    telling.tell(db, event)


@on(events.ServiceAnswered)
def tell_what_comes_of_request(db, event):
    telling.tell(db, event)


@on(events.JobSubmitted)
def ask_for_approval_of_job(db, event):
    telling.tell(db, event)


@on(events.JobSentBack)
def ask_for_change_of_job(db, event):
    telling.tell(db, event)


@on(events.JobPublished)
def tell_of_job(db, event):
    telling.tell(db, event)


@on(events.JobExpired)
def tell_that_job_expired(db, event):
    telling.tell(db, event)


@on(events.JobReferred)
def tell_of_referral(db, event):
    telling.tell(db, event)


@on(events.JobOutcomeAsked)
def ask_how_it_went(db, event):
    telling.tell(db, event)


@on(patrol.ShiftAssigned)
def tell_of_shift(db, event):
    telling.tell(db, event)


@on(patrol.ShiftCancelled)
def tell_of_cancelled_shift(db, event):
    telling.tell(db, event)


@on(patrol.ShiftStarted)
def begin_duty(db, event):
    people.begin_duty(db, event)


@on(patrol.ShiftEnded)
def end_duty(db, event):
    people.end_duty(db, event)


@on(patrol.TroubleReported)
def warn_of_trouble(db, event):
    telling.tell(db, event)


@on(patrol.SquadWentSilent)
def ask_to_look_after_squad(db, event):
    telling.tell(db, event)


@on(patrol.SquadIsWell)
def give_the_all_clear(db, event):
    threads.stand_down(db, event.alarm_id, at=event.occurred_at, by=event.said_by)
    telling.tell(db, event)


@on(patrol.SosRaised)
def call_for_help(db, event):
    telling.tell(db, event)


@on(patrol.SosAcknowledged)
def tell_that_help_comes(db, event):
    threads.stand_down(db, event.sos_id, at=event.occurred_at, by=event.by_name)
    telling.tell(db, event)


@on(patrol.SosStoodDown)
def end_the_call_for_help(db, event):
    threads.stand_down(db, event.sos_id, at=event.occurred_at, by=event.by_name)
    telling.tell(db, event)


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
