"""patrol over HTTP, a file a subject."""

from services.patrol.routes import board, calls, checkpoints, covers, plans, reports, shifts, squads, volunteers

blueprints = [shifts.bp, reports.bp, calls.bp, board.bp, squads.bp, checkpoints.bp]
blueprints += [covers.bp, plans.bp, volunteers.bp]
