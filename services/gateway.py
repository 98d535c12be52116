"""All four services and the pages in one process: gunicorn services.gateway:app"""

from pathlib import Path

from werkzeug.middleware.dispatcher import DispatcherMiddleware

import services.events.app
import services.members.app
import services.notify.app
import services.patrol.app
from shared import db, log
from shared.bus import SERVICES
from shared.pages import SCREENS, WRITTEN, pages, written

PAGES = Path(__file__).parents[1] / "web" / "dist"

log.configure("gateway")
db.connect(*SERVICES)
events = services.events.app.create_app()
app = DispatcherMiddleware(
    pages(PAGES),
    {
        "/api/members": services.members.app.create_app(),
        "/api/events": events,
        "/api/patrol": services.patrol.app.create_app(),
        "/api/notify": services.notify.app.create_app(),
        **{f"/{name}": written(events, "events") for name in WRITTEN},
        **{f"/{name}": written(events, "events", ".html") for name in SCREENS},
    },
)
