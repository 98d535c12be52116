"""Activities that units hold for their audience, and who goes there.

An *activity* (活动) is what this service keeps; an *event* is only ever a message in shared/schemas. Its
*audience* (对象) is whom it is for; a *sign-up* (报名) is a person's seat, or place in the waiting list (候补).
*Feedback* (反馈) is how it was, as those say who were there, without their names.
"""
