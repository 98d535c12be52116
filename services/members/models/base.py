"""The schema of members, and the type of its trees' paths."""

from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import UserDefinedType

from shared.db import COLUMN_TYPES, schema


class Base(DeclarativeBase):
    type_annotation_map = COLUMN_TYPES
    metadata = schema("members")


class Path(UserDefinedType):
    """A place in a tree, as Postgres's ltree: codes from the root down, joined by dots."""

    cache_ok = True

    def get_col_spec(self, **_) -> str:
        return "ltree"

    @property
    def python_type(self) -> type[str]:
        return str


def one_of(column: str, words) -> str:
    """The check that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"
