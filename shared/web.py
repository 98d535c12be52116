"""How a service speaks HTTP: a request is a transaction, a problem is JSON, a route says who may call it."""

import re
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import orjson
import structlog
from flask import Blueprint, Flask, Response, current_app, g, request
from flask.json.provider import JSONProvider
from flask_smorest import Api
from flask_swagger_ui import get_swaggerui_blueprint
from marshmallow import INCLUDE, Schema, fields
from psycopg.errors import UniqueViolation
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from shared import auth, db, errors, headers, idempotency
from shared import log as logs
from shared.auth import PUBLIC, needs
from shared.errors import BadRequest, Invalid, PreconditionRequired, Problem, Stale, TooLarge, Unavailable
from shared.invalid import worded
from shared.metrics import REQUESTS, SECONDS, admit, exposition

CORRELATION = "X-Correlation-Id"
READING = ("GET", "HEAD", "OPTIONS")

#: Documents that an edit names the version that it saw.
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string"},
    "description": "ETag of the version that was seen",
}

log = structlog.get_logger()


class ProblemDocument(Schema):
    """A problem, as RFC 9457 has it. `errors` are by field, each with a code and what belongs to it."""

    class Meta:
        unknown = INCLUDE  # a problem's own facts

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.Dict()))


class JSON(JSONProvider):
    """JSON by orjson: UUIDs, datetimes and Chinese as they are."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj, default=str).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return orjson.loads(s)


class OurApi(Api):
    """flask-smorest, with our problems in place of its errors."""

    ERROR_SCHEMA = ProblemDocument

    def _register_responses(self) -> None:
        """Document errors with the media type of problems, for which flask-smorest has no setting."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE  # other answers keep the class's

    def handle_http_exception(self, error: HTTPException) -> Response:
        return describe_http(error)


def create_app(service: str, *blueprints: Blueprint) -> Flask:
    """The WSGI application of a service, mounted at /api/<service>."""
    app = Flask(service, static_folder=None)
    app.json = JSON(app)
    app.config.update(
        API_TITLE=f"Joint committee: {service}",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "servers": [{"url": f"/api/{service}"}],
            "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        },
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=128 * 1024,  # forms are read in pieces of 64 kB, files too, and each counts as a whole
    )
    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(close)
    app.register_error_handler(Problem, describe)
    app.register_error_handler(StaleDataError, lambda _: describe(Stale()))
    app.register_error_handler(OperationalError, away)
    app.register_error_handler(DBAPIError, refused_by_postgres)
    api = OurApi(app)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    app.add_url_rule("/healthz", view_func=healthz)
    app.add_url_rule("/readyz", view_func=readyz)
    app.add_url_rule("/metrics", view_func=metrics)
    _document_docs(app, service)
    auth.refuse_undeclared(app)
    return app


def begin() -> Response | None:
    """Open the transaction, admit the caller, and answer at once what was answered before."""
    g.started = time.perf_counter()
    g.correlation_id = _correlation_id()
    structlog.contextvars.bind_contextvars(correlation_id=g.correlation_id)
    view = _view()
    if view is None or getattr(view, "bare", False):
        return None
    g.db = db.session(_service())
    g.db.info["correlation_id"] = g.correlation_id
    auth.admit(g.db, view)
    if getattr(view, "once", False):
        return idempotency.replayed(g.db)
    return None


def finish(response: Response) -> Response:
    """Commit what succeeded; measure and dress the answer."""
    if "db" in g and response.status_code < 400:
        response = _commit(response)
    for name, value in headers.OF_DATA.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers[CORRELATION] = g.get("correlation_id", "")
    route = request.url_rule.rule if request.url_rule else "none"
    REQUESTS.labels(_service(), route, request.method, response.status_code).inc()
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    SECONDS.labels(_service(), route).observe(seconds)
    if request.method not in READING:
        facts = {"method": request.method, "route": route, "status": response.status_code, "ms": round(seconds * 1000)}
        log.info("answered", service=_service(), **facts)  # where a trace begins
    return response


def close(error: BaseException | None) -> None:
    if session := g.pop("db", None):
        session.close()  # what is not committed by now is rolled back
    structlog.contextvars.clear_contextvars()


def tag(row: Any) -> Any:
    """Tell the client which version of *row* it gets; return the row."""
    g.etag = f'"v{row.version}"'
    return row


def match(row: Any) -> Any:
    """Refuse an edit of a version that is not the last; return the row."""
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionRequired
    if given.removeprefix("W/") not in (f'"v{row.version}"', "*"):
        raise Stale(version=row.version)
    return row


def describe(problem: Problem) -> Response:
    """A problem as the client gets it."""
    body = orjson.dumps(problem.as_dict(), default=str)
    response = Response(body, problem.status, content_type="application/problem+json")
    response.headers.update(problem.headers)
    if wait := problem.facts.get("retry_after"):
        response.headers["Retry-After"] = str(wait)
    return response


def describe_http(error: HTTPException) -> Response:
    """What Flask and webargs raise, as problems."""
    data = getattr(error, "data", None) or {}
    if error.code == 422:
        return describe(Invalid(errors=worded(data.get("messages", {}))))
    if error.code == 400 and not isinstance(error, BadRequest):
        return describe(BadRequest())
    if error.code == 413:
        return describe(TooLarge())
    name = re.sub(r"\W", "", error.name.title())
    kind = type(name, (Problem,), {"__doc__": error.description or error.name, "status": error.code or 500})
    response = describe(kind())
    if methods := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(methods))
    return response


def away(error: OperationalError) -> Response:
    log.warning("Postgres is away", error=type(error.orig).__name__)
    return describe(Unavailable(retry_after=1))


def refused_by_postgres(error: DBAPIError) -> Response:
    """Text that no database can hold and an id that is taken are the client's mistakes; anything else is ours."""
    if "DataError" in type(error).__name__ or isinstance(error.orig, UnicodeError):
        return describe(BadRequest())
    if isinstance(error.orig, UniqueViolation):  # maybe by something that they may not see
        return describe(errors.AlreadyTaken())
    raise error


def bare(view: Callable) -> Callable:
    """Mark a route that needs neither a transaction nor to know who asks."""
    view.bare = True  # type: ignore[attr-defined]
    return view


@bare
@needs(PUBLIC)
def healthz() -> dict:
    """This process runs."""
    return {"ok": True}


@bare
@needs(PUBLIC)
def readyz() -> dict:
    """This process can work: Postgres answers."""
    with db.session(_service()) as session:
        session.execute(text("SELECT 1"))
    return {"ok": True}


@bare
@needs(PUBLIC)
def metrics() -> Response:
    """Figures for Prometheus, which must show METRICS_TOKEN."""
    admit(request.authorization.token if request.authorization else None)
    figures, content_type = exposition(_service())
    return Response(figures, content_type=content_type)


def _commit(response: Response) -> Response:
    if etag := g.get("etag"):
        response.headers["ETag"] = etag
    try:
        idempotency.keep(g.db, response)
        g.db.commit()
    except OperationalError as error:
        return away(error)
    except StaleDataError:
        return describe(Stale())
    return response


def _document_docs(app: Flask, service: str) -> None:
    where = f"/api/{service}"  # as browsers see it: the page names its parts by their whole address
    pages = get_swaggerui_blueprint(f"{where}/docs", f"{where}/openapi.json", blueprint_name="docs")
    app.register_blueprint(pages, url_prefix="/docs")
    for name, view in app.view_functions.items():
        if name.startswith(("docs.", "api-docs.")):
            app.view_functions[name] = bare(needs(PUBLIC)(partial(view)))

    @app.after_request
    def let_the_docs_run(response: Response) -> Response:
        if request.endpoint and request.endpoint.startswith("docs.") and response.mimetype == "text/html":
            response.direct_passthrough = False
            response.headers["Content-Security-Policy"] = headers.policy_of_docs(response.get_data())
        return response


def _view():
    return current_app.view_functions.get(request.endpoint) if request.endpoint else None


def _service() -> str:
    return current_app.name


def _correlation_id() -> str:
    given = request.headers.get(CORRELATION, "")
    try:
        return str(UUID(given))
    except ValueError:
        return str(uuid4())


def serve(service: str, app: Flask):
    """*app* under /api/<service>, connected to its database."""
    logs.configure(service)
    db.connect(service)
    return DispatcherMiddleware(NotFound(), {f"/api/{service}": app.wsgi_app})
