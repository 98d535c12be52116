"""A service of our own, with a route of each kind, to see what shared/web promises for all."""

import pytest
from flask import g
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate
from sqlalchemy import select, text

from services.members.models import Grant
from shared.auth import PERSON, PUBLIC, actor, needs
from shared.config import config
from shared.errors import Problem
from shared.idempotency import once
from shared.page import PageQuery, page, paged
from shared.web import create_app, match
from tests.shared.chain import COUNT, anchor, note


class Taken(Problem):
    """Somebody has it already."""


class Thing(Schema):
    name = fields.String(required=True, validate=validate.Length(1, 10))
    size = fields.Integer(load_default=1, validate=validate.Range(1, 9))


class Id(Schema):
    id = fields.UUID()


class Row:
    version = 3


bp = Blueprint("things", __name__)


@bp.get("/who")
@needs(PERSON, scope="things:read")
def who():
    """Say who asks."""
    return {"who": str(actor())}


@bp.get("/desk")
@needs("clerk")
def desk():
    """For clerks only."""
    return {}


@bp.post("/things")
@needs(PERSON)
@once
@bp.arguments(Thing)
@bp.response(201)
def post_thing(thing):
    """Make a thing: the count of those there are tells whether it was made again."""
    g.db.execute(
        text("INSERT INTO members.grants (person_id, role, valid_from, granted_by) VALUES (:id, 'duty', now(), 'x')"),
        {"id": actor().person_id},
    )
    return {"count": g.db.execute(text("SELECT count(*) FROM members.grants")).scalar()}


@bp.put("/things/1")
@needs(PERSON)
def put_thing():
    """Change the one thing."""
    match(Row())
    return {}


@bp.get("/taken")
@needs(PUBLIC)
def taken():
    """Always refuses."""
    raise Taken(by="郭建国")


@bp.get("/grants")
@needs(PUBLIC)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(Id))
def grants(query):
    """A long list."""
    return page(g.db, select(Grant), [Grant.valid_from, Grant.id], **query)


@pytest.fixture(scope="session")
def things_app(server):
    return create_app("members", bp)


@pytest.fixture
def things(things_app, connection):
    return things_app.test_client()


@pytest.fixture
def somebody(db):
    """A person's id."""
    return db.execute(text("INSERT INTO members.people (name) VALUES ('白桂芳') RETURNING id")).scalar_one()


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """Where the anchors are kept."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    config.cache_clear()
    yield tmp_path / "audit-anchors"
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def chain(connection, outside):
    """A log of twelve acts, anchored after the last but one."""
    for number in range(1, COUNT + 1):
        note(number)
        if number == COUNT - 1:
            anchor()
