"""The schema of notify."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import COLUMN_TYPES, schema


class Base(DeclarativeBase):
    type_annotation_map = COLUMN_TYPES
    metadata = schema("notify")
