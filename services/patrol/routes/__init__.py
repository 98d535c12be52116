"""patrol over HTTP, a file a subject."""

from services.patrol.routes import board, calls, checkpoints, reports, shifts, squads

blueprints = [shifts.bp, reports.bp, calls.bp, board.bp, squads.bp, checkpoints.bp]
