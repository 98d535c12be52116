"""patrol over HTTP, a file a subject."""

from services.patrol.routes import (
    board,
    calls,
    checklists,
    checkpoints,
    covers,
    key_areas,
    plans,
    reports,
    shifts,
    squads,
    volunteers,
    way,
)

blueprints = [
    shifts.bp,
    reports.bp,
    calls.bp,
    board.bp,
    squads.bp,
    checkpoints.bp,
    covers.bp,
    plans.bp,
    volunteers.bp,
    way.bp,
    key_areas.bp,
    checklists.bp,
]
