"""What members does when something happens."""

from services.members.domain import agenda, erasing, hours, imports
from shared.bus import subscriber
from shared.schemas import events, members

on = subscriber("members")


@on(members.ImportUploaded, outside=True)
def check_the_workbook(event):
    imports.check_upload(event.committee_id, event.import_id)


@on(members.ImportApproved, outside=True)
def apply_the_workbook(event):
    imports.apply_approved(event.committee_id, event.import_id)


@on(members.PersonErased)
def forget_them_everywhere(db, event):
    hours.forget(db, event.person_id)
    erasing.finish(db, event.person_id)


@on(events.AttendanceCredited)
def credit_hours(db, event):
    hours.credit(db, event)


@on(events.AttendanceWithdrawn)
def take_hours_back(db, event):
    hours.take_back(db, event)


@on(events.NeedUnmatched)
def put_it_on_the_agenda(db, event):
    agenda.put_on(db, event)


@on(events.NeedClaimed)
def take_what_was_claimed_off_the_agenda(db, event):
    agenda.settle(db, event)


@on(events.NeedClosed)
def take_what_is_over_off_the_agenda(db, event):
    agenda.settle(db, event)
