"""From an audience ("everyone", units, zones, groups, skills) to people: the same rule in every service."""

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, or_, true
from sqlalchemy.dialects.postgresql import ARRAY

Audience = dict[str, Any]


def in_audience(person: type, audience: Audience) -> ColumnElement[bool]:
    """The condition that a row of *person* (a PersonColumns table) belongs to *audience*: active, and in any part."""
    parts: list[ColumnElement[bool]] = []
    if audience.get("everyone"):
        parts.append(true())
    if units := audience.get("units"):
        parts.append(person.unit_code.in_(units))  # type: ignore[attr-defined]
    if zones := audience.get("zones"):  # a zone or a whole compound
        parts.append(or_(person.zone_code.in_(zones), person.place_code.in_(zones)))  # type: ignore[attr-defined]
    if groups := audience.get("groups"):
        parts.append(person.groups.overlap(cast(groups, ARRAY(Text))))  # type: ignore[attr-defined]
    if skills := audience.get("skills"):
        parts.append(person.skills.overlap(cast(skills, ARRAY(Text))))  # type: ignore[attr-defined]
    return person.active & or_(*parts)  # type: ignore[attr-defined]
