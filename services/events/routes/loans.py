"""Loans of equipment: wish, see, decide, hand out, take back."""

from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from flask import Response, g, render_template, url_for
from flask_smorest import Blueprint
from sqlalchemy import Select

from services.events.domain import equipment, hours, scope
from services.events.domain.loans import asking, handing, seeing, steps
from services.events.domain.loans.asking import Wish
from services.events.domain.scope import Asker
from services.events.models import Loan
from services.events.routes.asking import asker, me
from services.events.routes.open_words import day
from services.events.schemas import activities as words
from services.events.schemas import loans as schemas
from shared import headers
from shared.audit import record
from shared.auth import PERSON, actor, needs
from shared.config import config
from shared.db import now
from shared.errors import Invalid, NotFound
from shared.idempotency import once
from shared.page import page, paged

bp = Blueprint("loans", __name__, description="Who borrows what until when", template_folder="../paper")


@bp.get("/loans")
@needs(PERSON)
@bp.arguments(schemas.LoanQuery, location="query")
@bp.response(200, paged(schemas.Loan))
def list_loans(wanted):
    """Loans by their end: one's own, one's unit's and troupe's, and all of what one lends or hands out."""
    who, paging = asker(), {name: wanted.pop(name) for name in ("cursor", "limit", "newest_first")}
    found = page(g.db, _narrowed(seeing.visible(who), who, **wanted), [Loan.ends_at, Loan.id], **paging)
    return found | {"items": seeing.marked(found["items"], who)}


@bp.post("/loans")
@needs(PERSON)
@once
@bp.arguments(schemas.LoanWish)
@bp.response(201, schemas.Loan)
def post_loan(wish):
    """Ask for something. What cannot be had is refused with how many are free, and when there are enough."""
    who, unit = asker(), wish.pop("unit")
    thing_id = _thing(wish.pop("equipment_id"), who)
    unit_id = scope.unit_of(g.db, who, unit).unit_id if unit else None
    _check_activity(wish["activity_id"], who)
    return _noted("asked", asking.ask(g.db, thing_id, Wish(**wish, person_id=me(), unit_id=unit_id), who))


@bp.get("/loans/<uuid:loan_id>")
@needs(PERSON)
@bp.response(200, schemas.Loan)
def get_loan(loan_id):
    """One loan, for whose it is and for those who lend or hand it out."""
    return _shown(seeing.seen(g.db, loan_id, asker()))


@bp.post("/loans/<uuid:loan_id>/approve")
@needs("clerk", "liaison")
@bp.response(200, schemas.Loan)
def approve_loan(loan_id):
    """They can have it."""
    return _noted("approved", steps.approve(g.db, loan_id, asker()))


@bp.post("/loans/<uuid:loan_id>/refuse")
@needs("clerk", "liaison")
@bp.arguments(words.Reason)
@bp.response(200, schemas.Loan)
def refuse_loan(why, loan_id):
    """They cannot have it, or cannot after all; who asked is told why."""
    return _noted("refused", steps.refuse(g.db, loan_id, asker(), **why))


@bp.post("/loans/<uuid:loan_id>/withdraw")
@needs(PERSON)
@bp.response(200, schemas.Loan)
def withdraw_loan(loan_id):
    """One needs it no more; a clerk says so for whoever calls."""
    return _noted("withdrawn", steps.withdraw(g.db, loan_id, asker()))


@bp.post("/loans/<uuid:loan_id>/out")
@needs(PERSON)
@once
@bp.arguments(schemas.HandingOut)
@bp.response(200, schemas.Loan)
def hand_out_loan(handed, loan_id):
    """They take it with them; for who lends it, and its steward."""
    return _noted("handed_out", handing.hand_out(g.db, loan_id, asker(), **handed))


@bp.post("/loans/<uuid:loan_id>/in")
@needs(PERSON)
@once
@bp.arguments(schemas.TakingBack)
@bp.response(200, schemas.Loan)
def take_back_loan(back, loan_id):
    """They bring it back, or a part of it; for who lends it, and its steward."""
    return _noted("taken_back", handing.take_back(g.db, loan_id, asker(), **back))


@bp.get("/loans/<uuid:loan_id>/slip")
@needs(PERSON)
@bp.response(200, {"type": "string"}, content_type="text/html")
def get_slip(loan_id):
    """A slip to sign when it changes hands, to print."""
    loan = seeing.seen(g.db, loan_id, asker())
    address = f"{config().public_url}/loans/{loan.id}"
    code = segno.make_qr(address, error="m").svg_inline(omitsize=True)
    style = url_for("papers.get_style", name="loan_slip")
    said = {"moment": _moment, "printed": day(hours.today(), "zh")}
    paper = render_template("loan_slip.html", loan=loan, code=code, style=style, **said)
    return Response(paper, content_type="text/html; charset=utf-8", headers=headers.of_written())


def _moment(at: datetime) -> str:
    local = at.astimezone(hours.HERE)
    return f"{day(local.date(), 'zh')} {local:%H:%M}"


def _narrowed(query: Select[Loan], who: Asker, *, mine: bool, lent: bool, overdue: bool, **only: Any) -> Select[Loan]:
    if mine:
        query = query.where(seeing.mine(who))
    if lent:
        query = query.where(seeing.handed_out_by(who))
    if overdue:
        query = query.where(Loan.state == "out", Loan.ends_at <= now())
    if equipment_id := only.get("equipment"):
        query = query.where(Loan.equipment_id == equipment_id)
    if states := only.get("state"):
        query = query.where(Loan.state.in_(states))
    return query


def _thing(equipment_id: UUID, who: Asker) -> UUID:
    try:
        return equipment.seen(g.db, equipment_id, who).id
    except NotFound:
        raise Invalid(errors={"equipment_id": ["unknown"]}) from None


def _check_activity(activity_id: UUID | None, who: Asker) -> None:
    """That they know of what they borrow for."""
    if activity_id is None:
        return
    try:
        scope.seen(g.db, activity_id, who)
    except NotFound:
        raise Invalid(errors={"activity_id": ["unknown"]}) from None


def _shown(loan: Loan) -> Loan:
    seeing.marked([loan], asker())
    return loan


def _noted(done: str, loan: Loan) -> Loan:
    """The loan as an answer, and in the audit log that this was done to it."""
    lender = loan.equipment.unit_id
    unit_id = next((one for one in (loan.unit_id, lender) if one in actor().units()), None)
    record(g.db, f"events.loan_{done}", "loan", loan.id, on_behalf_of=unit_id, state=loan.state)
    return _shown(loan)
