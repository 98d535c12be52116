"""events over HTTP."""

from services.events.routes import (
    activities,
    audiences,
    changes,
    days,
    feeds,
    series,
    sign_ups,
    standing,
    steps,
    templates,
)

SUBJECTS = (activities, steps, changes, series, standing, days, templates, audiences, sign_ups, feeds)

blueprints = [subject.bp for subject in SUBJECTS]
