"""The ten services of the happy family: what there is, what is missing, what is asked for."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain.family_services import matrix, requests
from services.events.models import FamilyService, ServiceRequest
from services.events.routes.asking import asker, me
from services.events.schemas import activities as words
from services.events.schemas import family_services as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.errors import Forbidden
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("family_services", __name__, description="Ten services for four types of families")


@bp.get("/family-services")
@needs(PERSON)
@bp.response(200, schemas.FamilyServices)
def list_services():
    """All services, for whom they are meant, and which unit gives them."""
    return {"items": matrix.every(g.db)}


@bp.get("/family-services/matrix")
@needs("clerk", "liaison")
@bp.response(200, schemas.Matrix)
def get_matrix():
    """Every service for every type of families: what is thin or empty, and which units could fill it, and why."""
    return {"cells": matrix.matrix(g.db)}


@bp.post("/family-services")
@needs("clerk")
@once
@bp.arguments(schemas.ServicePosting)
@bp.response(201, schemas.FamilyService)
def post_service(facts):
    """Add a service."""
    return _noted("added", matrix.add(g.db, **facts))


@bp.put("/family-services/<int:number>")
@needs("clerk")
@bp.arguments(schemas.ServiceFacts)
@bp.response(200, schemas.FamilyService)
@bp.doc(parameters=[IF_MATCH])
def put_service(facts, number):
    """Change a service, and for whom it is meant."""
    service = match(matrix.seen(g.db, number, lock=True))
    return _noted("changed", matrix.change(g.db, service, **facts))


@bp.put("/family-services/<int:number>/cells")
@needs("clerk")
@bp.arguments(schemas.Giving)
@bp.response(200, schemas.FamilyService)
def put_cell(giving, number):
    """Say which unit gives it to a type of families, and how often a month."""
    service = matrix.seen(g.db, number, lock=True)
    matrix.give(g.db, service, **giving)
    return _noted("given", service)


@bp.post("/family-services/<int:number>/requests")
@needs(PERSON)
@once
@bp.arguments(schemas.Asking)
@bp.response(201, schemas.ServiceRequest)
def post_request(asking, number):
    """Ask for a service; with a name, as a clerk, for a resident who agreed."""
    for_resident = asking["name"] is not None
    if for_resident and not asker().clerk:
        raise Forbidden
    service = matrix.seen(g.db, number)
    made = requests.ask(g.db, service, person_id=None if for_resident else me(), **asking)
    return _handled("asked", made)


@bp.get("/service-requests")
@needs(PERSON)
@bp.arguments(schemas.RequestQuery, location="query")
@bp.response(200, paged(schemas.ServiceRequest))
def list_requests(wanted):
    """One's own requests, and those to units that one acts for, the newest first; for clerks all."""
    query = requests.visible(asker())
    if state := wanted.pop("state", None):
        query = query.where(ServiceRequest.state == state)
    if wanted.pop("mine"):
        query = query.where(ServiceRequest.person_id == me())
    found = page(g.db, query, [ServiceRequest.made_at, ServiceRequest.id], newest_first=True, **wanted)
    return found | {"items": [_marked(request) for request in found["items"]]}


@bp.post("/service-requests/<uuid:request_id>/take")
@needs("clerk", "liaison")
@bp.response(200, schemas.ServiceRequest)
def take_request(request_id):
    """The unit will see to it; whoever asked is told."""
    return _handled("taken", requests.take(g.db, request_id, asker()))


@bp.post("/service-requests/<uuid:request_id>/finish")
@needs("clerk", "liaison")
@bp.response(200, schemas.ServiceRequest)
def finish_request(request_id):
    """The service was given."""
    return _handled("done", requests.finish(g.db, request_id, asker()))


@bp.post("/service-requests/<uuid:request_id>/refuse")
@needs("clerk", "liaison")
@bp.arguments(words.Reason)
@bp.response(200, schemas.ServiceRequest)
def refuse_request(why, request_id):
    """Nobody could help; whoever asked is told why."""
    return _handled("unmet", requests.refuse(g.db, request_id, asker(), **why))


@bp.post("/service-requests/<uuid:request_id>/withdraw")
@needs(PERSON)
@bp.response(200, schemas.ServiceRequest)
def withdraw_request(request_id):
    """One does not need it any more."""
    return _handled("withdrawn", requests.withdraw(g.db, request_id, asker()))


@bp.put("/service-requests/<uuid:request_id>/rating")
@needs(PERSON)
@bp.arguments(schemas.Rating)
@bp.response(200, schemas.ServiceRequest)
def put_rating(said, request_id):
    """Say whether it helped; what a single person said is shown to nobody but themselves and the unit."""
    return _handled("rated", requests.rate(g.db, request_id, asker(), **said))


def _noted(done: str, service: FamilyService) -> FamilyService:
    record(g.db, f"events.service_{done}", "family_service", service.id)
    g.db.expire(service, ["cells"])
    return tag(service)


def _handled(done: str, request: ServiceRequest) -> ServiceRequest:
    unit_id = request.unit_id if request.unit_id in asker().units else None
    record(g.db, f"events.service_request_{done}", "service_request", request.id, on_behalf_of=unit_id)
    return _marked(request)


def _marked(request: ServiceRequest) -> ServiceRequest:
    request.mine = request.person_id == me()
    return request
