"""Photos: nothing of the file that was sent is kept but what one sees; who means harm does none."""

import io
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import text

from services.patrol.domain import photos
from services.patrol.domain.cases import moving
from services.patrol.domain.limits import HOUR, Limit
from services.patrol.models import Case, Photo
from shared.config import config
from shared.errors import Unavailable
from tests.patrol import pictures

LAMP = {"kind": "lamp", "place": "三号楼门口"}
SOMEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, server):
    """Files of a test go where they are gone after it."""
    monkeypatch.setenv("PHOTO_DIR", str(tmp_path))
    config.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def reported(patrol):
    """A report without an account: its id."""
    id = uuid4()
    assert patrol.put(f"/public/reports/{id}", json=LAMP, environ_base=SOMEWHERE).status_code == 200
    return id


@pytest.fixture
def add(patrol, reported):
    """Call it to add a photo to it."""
    return lambda sent: patrol.put(
        f"/public/reports/{reported}/photo", data=sent, content_type="image/jpeg", environ_base=SOMEWHERE
    )


def test_what_the_phone_wrote_into_it_is_gone_and_it_stands_upright(add, patrol, token, desk, db):
    add(pictures.from_a_phone())

    answer = patrol.get(f"/photos/{db.query(Photo.id).scalar()}", headers=token(desk))

    image = Image.open(io.BytesIO(answer.data))
    assert image.size == (480, 640)
    assert not image.getexif()
    assert b"Secret" not in answer.data
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_large_one_is_made_smaller_and_the_file_is_sealed(add, db, folder):
    add(pictures.photo((6000, 4000)))

    kept = db.query(Photo).one()
    assert (kept.width, kept.height) == (2048, 1365)
    [file] = [path for path in folder.rglob("*") if path.is_file()]
    assert b"JFIF" not in file.read_bytes()


def test_the_largest_that_we_take_is_taken():
    drawn = photos.redrawn(pictures.largest())

    assert (drawn.width, drawn.height) == (2048, 1280)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_become_a_jpeg(kind):
    assert photos.redrawn(pictures.photo(kind=kind)).jpeg.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (pictures.huge_jpeg, "too_many_pixels"),
        (pictures.zip_bomb, "too_many_pixels"),
        (pictures.lying_png, "damaged"),
        (lambda: pictures.photo(kind="GIF"), "not_a_picture"),
        (lambda: b"%PDF-1.7 /JavaScript", "not_a_picture"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (lambda: pictures.photo()[:300], "damaged"),
    ],
)
def test_who_means_harm_does_none(harm, why, add, db):
    answer = add(harm())

    assert answer.json["errors"] == {"photo": [{"code": why}]}
    assert db.query(Photo).all() == []


def test_whoever_sends_harm_again_and_again_is_held_back(add, monkeypatch):
    monkeypatch.setattr(photos, "FROM_A_PLACE", Limit("photos from", 2, HOUR))

    assert [add(b"no picture").status_code for _ in range(3)] == [422, 422, 429]


def test_of_a_polyglot_only_the_picture_is_left():
    drawn = photos.redrawn(pictures.polyglot())

    assert b"script" not in drawn.jpeg
    assert b"PK" not in drawn.jpeg[-40:]


def test_what_is_too_large_is_not_even_read(add):
    assert add(bytes(photos.LARGEST + 1)).status_code == 413


def test_sent_twice_it_is_one_and_another_one_is_refused(add, db):
    first = add(pictures.photo())

    assert add(pictures.photo()).status_code == first.status_code == 204
    assert add(pictures.photo((10, 10))).status_code == 409
    assert len(db.query(Photo).all()) == 1


def test_only_who_reported_it_just_now_adds_one(patrol, later, reported, add, tell):
    assert patrol.put(f"/public/reports/{uuid4()}/photo", data=pictures.photo()).status_code == 404
    members = tell().report.id
    assert patrol.put(f"/public/reports/{members}/photo", data=pictures.photo()).status_code == 404

    later(2)

    assert add(pictures.photo()).status_code == 404


def test_the_desk_and_the_owner_see_it_and_nobody_else(add, patrol, token, desk, officer, walker, unit, db):
    add(pictures.photo())
    path = f"/photos/{db.query(Photo.id).scalar()}"
    seen = {who: patrol.get(path, headers=token(who)).status_code for who in (desk, officer, walker)}
    assert seen == {desk: 200, officer: 404, walker: 404}

    db.execute(text("UPDATE patrol.cases SET unit_id = :id"), {"id": unit.unit_id})
    db.commit()

    assert patrol.get(path, headers=token(officer)).status_code == 200


def test_ninety_days_after_the_end_it_is_deleted(add, db, desk, tick, folder):
    add(pictures.photo())
    moving.close(db, db.query(Case).one(), by=desk, words="看过了")
    db.execute(text("UPDATE patrol.cases SET ended_at = ended_at - interval '91 days'"))

    tick("patrol", "forget_what_is_over")

    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert db.query(Photo).all() == []


def test_a_decoder_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(photos.redraw, "SECONDS", 0.005)

    with pytest.raises(Unavailable):
        photos.redrawn(pictures.photo((3000, 3000)))
