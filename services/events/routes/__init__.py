"""events over HTTP."""

from services.events.routes import (
    activities,
    attendance,
    audiences,
    behalf,
    board,
    bookings,
    changes,
    claims,
    days,
    family_services,
    feedback,
    feeds,
    hours,
    jobs,
    needs,
    offers,
    papers,
    projects,
    screens,
    series,
    sheets,
    sign_ups,
    speakers,
    standing,
    steps,
    stewards,
    supports,
    templates,
    terms,
    topics,
    troupes,
    venues,
    whats_on,
    wishes,
)

SUBJECTS = (
    activities, steps, changes, series, standing, days, templates, audiences, sign_ups, behalf, attendance, sheets,
    feedback, feeds, venues, hours, stewards, bookings, board, screens, whats_on, papers,
    needs, offers, claims, wishes, supports, projects,
    topics, speakers, terms, troupes, family_services, jobs,
)  # fmt: skip

blueprints = [subject.bp for subject in SUBJECTS]
