"""Calls for many hands over HTTP."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain.responses import answering, figures, log, raising, showing
from services.patrol.models import Response, ResponseCall, ResponseLog
from services.patrol.routes.asking import reader
from services.patrol.schemas import responses as schemas
from shared import live
from shared.audit import record
from shared.auth import PERSON, needs, still_admitted
from shared.idempotency import once
from shared.page import PageQuery, page, paged

bp = Blueprint("responses", __name__, description="Calls for many hands, and drills of them")


@bp.get("/responses")
@needs(PERSON)
@bp.arguments(schemas.ResponseQuery, location="query")
@bp.response(200, paged(schemas.Response))
def list_responses(asked):
    """Calls for many hands, the newest first: those to which I was called; the duty desk sees all."""
    state, drill = asked.pop("state"), asked.pop("drill")
    wanted = select(Response).where(raising.sees(reader()))
    wanted = wanted.where(Response.state == state) if state else wanted
    wanted = wanted.where(Response.drill.is_(drill)) if drill is not None else wanted
    found = page(g.db, wanted, [Response.raised_at, Response.id], newest_first=True, **asked)
    return found | {"items": showing.describe(g.db, found["items"], reader())}


@bp.post("/responses")
@needs("duty")
@once
@bp.arguments(schemas.NewResponse)
@bp.response(201, schemas.Response)
def raise_call(facts):
    """Call for hands: the nearest are asked at once, the others ring by ring until all is filled."""
    response = raising.raise_call(g.db, reader(), **facts)
    record(g.db, "patrol.response_raised", "response", response.id, drill=response.drill)
    return showing.one(g.db, response, reader())


@bp.get("/responses/<uuid:response_id>")
@needs(PERSON)
@bp.response(200, schemas.Response)
def get_response(response_id):
    """One call: what is needed, and how far that is answered."""
    return showing.one(g.db, raising.seen(g.db, response_id, reader()), reader())


@bp.get("/responses/<uuid:response_id>/stream")
@needs(PERSON)
@bp.doc(responses={200: {"description": "Events `response`: what changed", "content": {"text/event-stream": {}}}})
def stream_response(response_id):
    """Server-sent events: each says that there is news of this call."""
    mine = log.channel(raising.seen(g.db, response_id, reader()).id)
    g.db.close()  # the stream may last for hours; the connection belongs to others
    return live.stream("patrol", mine, "response", allowed=still_admitted())


@bp.put("/responses/<uuid:response_id>/answer")
@needs(PERSON)
@bp.arguments(schemas.ResponseAnswer)
@bp.response(200, schemas.Response)
def answer(facts, response_id):
    """Say that I come, come in ten minutes, or cannot. Minds may change."""
    response = answering.answer(g.db, response_id, by=reader().person_id, **facts)
    return showing.one(g.db, response, reader())


@bp.get("/responses/<uuid:response_id>/calls")
@needs("duty")
@bp.arguments(schemas.ResponseCallsQuery, location="query")
@bp.response(200, paged(schemas.CalledPerson))
def list_calls(asked, response_id):
    """Who was asked, in which ring, and what they said."""
    raising.seen(g.db, response_id, reader())
    wanted = showing.calls(response_id, ring=asked.pop("ring"), answer=asked.pop("answer"))
    return page(g.db, wanted, [ResponseCall.ring, ResponseCall.person_id], **asked)


@bp.get("/responses/<uuid:response_id>/log")
@needs("duty")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.ResponseLine))
def list_lines(asked, response_id):
    """The log of a call, the newest line first. It is only ever added to."""
    raising.seen(g.db, response_id, reader())
    return page(g.db, log.lines(response_id), [ResponseLog.id], newest_first=True, **asked)


@bp.post("/responses/<uuid:response_id>/log")
@needs("duty")
@once
@bp.arguments(schemas.NewResponseLine)
@bp.response(201, schemas.Response)
def add_line(facts, response_id):
    """Write down what happens; nobody can change it later."""
    response = raising.write_down(g.db, response_id, reader(), **facts)
    return showing.one(g.db, response, reader())


@bp.post("/responses/<uuid:response_id>/ring")
@needs("duty")
@once
@bp.response(200, schemas.Response)
def ring(response_id):
    """Ask the next people now, without waiting for their minutes."""
    response = raising.ring_now(g.db, response_id, reader())
    return showing.one(g.db, response, reader())


@bp.post("/responses/<uuid:response_id>/stand-down")
@needs("duty")
@bp.arguments(schemas.ResponseOver, required=False)
@bp.response(200, schemas.Response)
def stand_down(facts, response_id):
    """Say that it is over: nobody is rung any more."""
    response = raising.stand_down(g.db, response_id, reader(), **facts)
    record(g.db, "patrol.response_stood_down", "response", response_id)
    return showing.one(g.db, response, reader())


@bp.post("/responses/<uuid:response_id>/review")
@needs("duty")
@once
@bp.arguments(schemas.ResponseReview)
@bp.response(200, schemas.Response)
def review(facts, response_id):
    """Write down how it went and what is to be otherwise, within three days."""
    response = raising.review(g.db, response_id, reader(), **facts)
    return showing.one(g.db, response, reader())


@bp.get("/drills/<uuid:response_id>/figures")
@needs("duty")
@bp.response(200, schemas.DrillFigures)
def drill_figures(response_id):
    """How fast a drill was answered, by ring, never by person."""
    return figures.of_drill(g.db, response_id)
