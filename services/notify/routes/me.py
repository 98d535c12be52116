"""Who asks, on routes that only persons may call."""

from uuid import UUID

from shared.auth import actor


def me() -> UUID:
    """The person who asks; an API key gets no further than @needs(PERSON)."""
    person_id = actor().person_id
    assert person_id  # noqa: S101
    return person_id
