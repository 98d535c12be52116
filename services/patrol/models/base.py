"""The schema of patrol, and the people whom it knows."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import COLUMN_TYPES, schema
from shared.people import PersonColumns


class Base(DeclarativeBase):
    type_annotation_map = COLUMN_TYPES
    metadata = schema("patrol")


class Person(PersonColumns, Base):
    """A member, as members last told us."""
