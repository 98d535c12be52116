"""Terms of the lecture hall: planned in one sitting, put right, published."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.events.domain import scope
from services.events.domain.hall import fixing, publishing, terms
from services.events.models import Term
from services.events.routes.asking import asker
from services.events.schemas import terms as schemas
from shared.audit import record
from shared.auth import needs
from shared.db import locked
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("terms", __name__, description="Terms of the lecture hall")


@bp.get("/terms")
@needs("clerk")
@bp.arguments(schemas.TermQuery, location="query")
@bp.response(200, paged(schemas.TermName))
def list_terms(wanted):
    """Terms, the newest first."""
    query = select(Term).options(joinedload(Term.unit))
    return page(g.db, query, [Term.starts_on, Term.id], newest_first=True, **wanted)


@bp.post("/terms")
@needs("clerk")
@once
@bp.arguments(schemas.TermPosting)
@bp.response(201, schemas.Term)
def post_term(posting):
    """Say which times are wanted from when until when, and in which rooms."""
    unit = scope.unit_of(g.db, asker(), posting.pop("unit"))
    return _noted("posted", terms.post(g.db, unit, **posting))


@bp.get("/terms/<uuid:term_id>")
@needs("clerk")
@bp.response(200, schemas.Term)
def get_term(term_id):
    """A term with its plan, and why it is so."""
    return tag(terms.seen(g.db, term_id))


@bp.put("/terms/<uuid:term_id>")
@needs("clerk")
@bp.arguments(schemas.TermFacts)
@bp.response(200, schemas.Term)
@bp.doc(parameters=[IF_MATCH])
def put_term(facts, term_id):
    """Change what is wanted; planning again follows it."""
    return _noted("changed", terms.edit(g.db, _to_change(term_id).id, **facts))


@bp.post("/terms/<uuid:term_id>/plan")
@needs("clerk")
@bp.response(200, schemas.Term)
@bp.doc(parameters=[IF_MATCH])
def plan_term(term_id):
    """Propose topic, speaker and room for each time, with reasons; what a person decided stays."""
    return _noted("planned", terms.plan(g.db, _to_change(term_id).id))


@bp.put("/terms/<uuid:term_id>/slots")
@needs("clerk")
@bp.arguments(schemas.SlotDecision)
@bp.response(200, schemas.Term)
@bp.doc(parameters=[IF_MATCH])
def put_slot(decision, term_id):
    """Decide by hand what a time is for. Once the term is published, only who speaks can still change."""
    return _noted("fixed", fixing.fix(g.db, _to_change(term_id).id, **decision))


@bp.post("/terms/<uuid:term_id>/swap")
@needs("clerk")
@bp.arguments(schemas.Exchange)
@bp.response(200, schemas.Term)
@bp.doc(parameters=[IF_MATCH])
def swap_slots(exchange, term_id):
    """Exchange what two times are for, and who speaks; each keeps its room."""
    return _noted("fixed", fixing.swap(g.db, _to_change(term_id).id, **exchange))


@bp.post("/terms/<uuid:term_id>/publish")
@needs("clerk")
@bp.response(200, schemas.Term)
@bp.doc(parameters=[IF_MATCH])
def publish_term(term_id):
    """Make activities of all that is ready; people are told once, and each speaker of theirs."""
    return _noted("published", publishing.publish(g.db, _to_change(term_id).id, posted_by=asker().name))


def _to_change(term_id) -> Term:
    return match(locked(g.db, Term, term_id))


def _noted(done: str, term: Term) -> Term:
    record(g.db, f"events.term_{done}", "term", term.id, state=term.state)
    return tag(terms.seen(g.db, term.id))
