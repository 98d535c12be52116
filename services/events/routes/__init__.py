"""events over HTTP."""

from services.events.routes import activities, audiences, feeds, sign_ups, steps

blueprints = [activities.bp, steps.bp, audiences.bp, sign_ups.bp, feeds.bp]
