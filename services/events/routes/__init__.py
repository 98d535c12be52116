"""events over HTTP."""

from services.events.routes import (
    activities,
    attendance,
    audiences,
    behalf,
    changes,
    days,
    family_services,
    feeds,
    jobs,
    series,
    sheets,
    sign_ups,
    speakers,
    standing,
    steps,
    templates,
    terms,
    topics,
    troupes,
)

SUBJECTS = (
    activities, steps, changes, series, standing, days, templates, audiences, sign_ups, behalf, attendance, sheets, feeds,
)  # fmt: skip
    audiences,
    board,
    bookings,
    feeds,
    hours,
    sign_ups,
    steps,
    stewards,
    venues,
)

SUBJECTS = (activities, steps, audiences, sign_ups, feeds, venues, hours, stewards, bookings, board)
    activities, steps, changes, series, standing, days, templates, audiences, sign_ups, feeds,
    topics, speakers, terms, troupes, family_services, jobs,
)  # fmt: skip

blueprints = [subject.bp for subject in SUBJECTS]
    audiences,
    claims,
    feeds,
    needs,
    offers,
    projects,
    sign_ups,
    steps,
    supports,
    wishes,
)

blueprints = [activities.bp, steps.bp, audiences.bp, sign_ups.bp, feeds.bp]
blueprints += [needs.bp, offers.bp, claims.bp, wishes.bp, supports.bp, projects.bp]
