"""The rules and words that a committee begins with, by subject. It changes them as it likes: they become rows.

A title is shown without sign-in too, so it names nobody. A body may use the facts of the event, and what
domain/rendering.py makes of them, in braces. SMS_CODES names the templates which the SMS provider has approved, by
stand-ins that begin with SMS_: put the real ones in. What has none is not sent by SMS.
"""

from services.notify.domain.defaults import (
    accounts,
    activities,
    cases,
    digests,
    equipment,
    feedback,
    hall,
    lists,
    patrol,
    reminders,
    replies,
    roster,
    series,
    services,
    sign_ups,
    together,
    venues,
    way,
)

SUBJECTS = (
    accounts,
    activities,
    reminders,
    sign_ups,
    feedback,
    series,
    venues,
    lists,
    hall,
    services,
    equipment,
    patrol,
    roster,
    way,
    cases,
    together,
    replies,
    digests,
)

RULES = [rule for subject in SUBJECTS for rule in subject.RULES]
TEMPLATES = {code: words for subject in SUBJECTS for code, words in subject.TEMPLATES.items()}
SMS_CODES = {code: sms for subject in SUBJECTS for code, sms in subject.SMS_CODES.items()}
