"""What an event may rightly carry, made from its own class: so that mangling begins with something good."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from marshmallow import Schema, fields, validate

from shared.crypto import seal
from shared.schemas.fields import Audience, Code, Sealed
from tests.fuzz.mangling import texts

#: Of somebody's number and code: what must come out nowhere.
NUMBER, CODE = "8613987654321", "718293"
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis wants it so
EVERYONE = {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}


def facts(schema: Schema, ids: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Payloads of this event, about things with these *ids*."""
    return st.fixed_dictionaries({name: _of(field, ids) for name, field in schema.fields.items()})


def _of(field: fields.Field, ids: list[str]) -> st.SearchStrategy[Any]:
    good = _whole(field, ids)
    return st.one_of(good, st.none()) if field.allow_none else good


def _whole(field: fields.Field, ids: list[str]) -> st.SearchStrategy[Any]:
    if isinstance(field, fields.List):
        return st.lists(_of(field.inner, ids), min_size=1, max_size=3)
    if isinstance(field, fields.Nested):
        return _nested(field.schema, ids)
    if isinstance(field, Sealed):
        return st.sampled_from([NUMBER, CODE, "", "x@y.example"]).map(lambda value: seal(value, Sealed.PLACE))
    if isinstance(field, Code):
        return st.sampled_from(["U91", "U92", "C1", "electrics"])
    if choices := _choices(field):
        return st.sampled_from(choices)
    return _simple(ids)[type(field)]


def _simple(ids: list[str]) -> Mapping[type, st.SearchStrategy[Any]]:
    return {
        fields.UUID: st.sampled_from(ids),
        fields.AwareDateTime: MOMENTS.map(datetime.isoformat),
        fields.Boolean: st.booleans(),
        fields.Integer: st.integers(0, 3),
        fields.String: st.one_of(texts(), st.sampled_from(["place", "zone", "zh", "en", "gas_smell", "夜安一队"])),
        fields.Raw: st.just({"people": [ids[0]], "role": "crew"}),
    }


def _nested(schema: Schema, ids: list[str]) -> st.SearchStrategy[Any]:
    """An audience must name somebody; any other part may be anything."""
    good = facts(schema, ids)
    return good | st.just(EVERYONE) if isinstance(schema, Audience) else good


def _choices(field: fields.Field) -> list[Any]:
    return [choice for rule in field.validators if isinstance(rule, validate.OneOf) for choice in rule.choices]
