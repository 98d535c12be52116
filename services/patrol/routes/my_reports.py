"""What a member reported, and whether it is fixed."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain.cases import confirming, residents
from services.patrol.models import CaseReport, Photo
from services.patrol.routes.asking import reader
from services.patrol.schemas import cases as case_schemas
from services.patrol.schemas import residents as schemas
from shared.auth import PERSON, needs
from shared.errors import NotFound
from shared.page import PageQuery, page, paged

bp = Blueprint("my-reports", __name__, description="What I reported, and how it stands")


@bp.get("/me/reports")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Mine))
def my_reports(asked):
    """What I reported, the newest first."""
    mine = select(CaseReport).where(CaseReport.person_id == reader().person_id)
    found = page(g.db, mine, [CaseReport.reported_at, CaseReport.id], **asked, newest_first=True)
    return found | {"items": [_shown(report) for report in found["items"]]}


@bp.put("/me/reports/<uuid:report_id>/confirmation")
@needs(PERSON)
@bp.arguments(case_schemas.Confirmation)
@bp.response(200, schemas.Mine)
def confirm_my_report(word, report_id):
    """Say whether it is fixed."""
    report = g.db.get(CaseReport, report_id)
    if report is None or report.person_id != reader().person_id:
        raise NotFound
    confirming.confirm(g.db, report, **word)
    return _shown(report)


def _shown(report: CaseReport) -> dict:
    photo = g.db.scalar(select(Photo.id).where(Photo.report_id == report.id))
    return residents.described(g.db, report) | {"photo_id": photo}
