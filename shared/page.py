"""Long lists in pages: a cursor says where the next page begins, and stays right while rows come and go."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from marshmallow import Schema, fields, validate
from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.orm import Session

from shared.errors import Invalid


class PageQuery(Schema):
    """What a client may ask of a list; lists with more to ask inherit it."""

    cursor = fields.String(load_default=None, validate=validate.Length(max=500))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


def paged(item: type[Schema]) -> type[Schema]:
    """The schema of one page of *item*."""
    members: dict[str, fields.Field] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(required=True, allow_none=True),
    }
    return Schema.from_dict(members, name=f"PageOf{item.__name__}")


def page(
    db: Session, query: Select, keys: Sequence[Any], *, cursor: str | None, limit: int, newest_first: bool = False
) -> dict[str, Any]:
    """One page of *query*, ordered by *keys*, which together are unique and not null.

    A query of one entity yields its rows; of several columns, the result rows, which must hold the keys.
    """
    ordered = query.order_by(*(key.desc() if newest_first else key for key in keys))
    if cursor:
        here = tuple_(*keys)
        last = tuple_(*(_bound(key, value) for key, value in zip(keys, _open(cursor, len(keys)), strict=True)))
        ordered = ordered.where(here < last if newest_first else here > last)
    rows = db.execute(ordered.add_columns(*keys).limit(limit + 1)).all()
    width = len(keys)
    items = [row[0] if len(row) == width + 1 else row[:-width] for row in rows[:limit]]
    more = _close(rows[limit - 1][-width:]) if len(rows) > limit else None
    return {"items": items, "next": more}


def _close(values: Any) -> str:
    return urlsafe_b64encode(orjson.dumps([str(v) if isinstance(v, UUID) else v for v in values])).decode().rstrip("=")


def _open(cursor: str, width: int) -> list:
    try:
        values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != width:
            raise ValueError
    except ValueError:
        raise Invalid(errors={"cursor": ["invalid"]}) from None
    return values


def _bound(key: ColumnElement, value: Any) -> Any:
    kind = key.type.python_type
    try:
        if kind is UUID:
            value = UUID(value)
        elif kind in (datetime, date):
            value = kind.fromisoformat(value)
        elif not isinstance(value, kind):
            raise TypeError
    except (ValueError, TypeError, AttributeError):
        raise Invalid(errors={"cursor": ["invalid"]}) from None
    return literal(value, key.type)
