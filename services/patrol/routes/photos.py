"""Photos over HTTP: of what was found, by whoever reported it; of how it was fixed, by its owner."""

from flask import Response, g, request
from flask_smorest import Blueprint

from services.patrol.domain import photos
from services.patrol.domain.cases import reading
from services.patrol.routes.asking import reader
from services.patrol.schemas import cases as schemas
from shared import peer
from shared.auth import PERSON, PUBLIC, needs
from shared.errors import BadRequest, Invalid, Unavailable

bp = Blueprint("photos", __name__, description="Photos: without a face if it can be, and never needed")

#: A picture is shown as one, and can be nothing else.
AS_A_PICTURE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Content-Disposition": "inline",
}
PICTURE = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("image/jpeg", "image/png")},
    }
}


@bp.url_value_preprocessor
def take_a_large_body(endpoint, values) -> None:
    """A photo may be larger than other requests. Flask calls this before anything looks at the body."""
    if request.method == "PUT":
        request.max_content_length = photos.LARGEST


@bp.put("/public/reports/<uuid:report_id>/photo")
@needs(PUBLIC)
@bp.doc(**PICTURE)
@bp.response(204)
def add_photo_without_account(report_id):
    """Add a photo to what one reported just now. Only who made the report knows its id."""
    photos.FROM_A_PLACE.pass_once(g.db, peer.address())
    try:
        photos.add_to_report(g.db, report_id, _sent(), person_id=None)
    except (Invalid, Unavailable):
        g.db.commit()  # what was no picture counts, although the answer to it is no
        raise


@bp.put("/me/reports/<uuid:report_id>/photo")
@needs(PERSON)
@bp.doc(**PICTURE)
@bp.response(200, schemas.Photo)
def add_my_photo(report_id):
    """Add a photo to what I reported."""
    return photos.add_to_report(g.db, report_id, _sent(), person_id=reader().person_id)


@bp.put("/cases/<uuid:case_id>/photo")
@needs(PERSON)
@bp.doc(**PICTURE)
@bp.response(200, schemas.Photo)
def add_photo(case_id):
    """Add a photo of how it looks now."""
    return photos.add_to_case(g.db, reading.to_change(g.db, case_id, reader()), _sent())


@bp.get("/photos/<uuid:photo_id>")
@needs(PERSON)
@bp.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
def get_photo(photo_id):
    """A photo: for the desk, the owner of the case, and the member who sent it."""
    return Response(photos.opened(g.db, photo_id, reader()), content_type="image/jpeg", headers=AS_A_PICTURE)


def _sent() -> bytes:
    if not (sent := request.get_data()):
        raise BadRequest
    return sent
