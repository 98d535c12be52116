"""The schema of patrol, and the people whom it knows."""

from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, relationship

from shared.db import COLUMN_TYPES, schema
from shared.people import PersonColumns


class Base(DeclarativeBase):
    type_annotation_map = COLUMN_TYPES
    metadata = schema("patrol")


class Person(PersonColumns, Base):
    """A member, as members last told us."""


class OfPerson:
    """A row with the id of a person, who has a name as long as members knows them."""

    @declared_attr
    def person(cls) -> Mapped[Person | None]:  # noqa: N805  SQLAlchemy gives it the class
        return relationship(primaryjoin=f"foreign({cls.__name__}.person_id) == Person.person_id", viewonly=True)  # type: ignore[attr-defined]

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""

    @property
    def unit_name(self) -> str | None:
        return self.person.unit_name if self.person else None
