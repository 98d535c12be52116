"""What Postgres refuses of a crew, as a code at a field."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.errors import Invalid

#: By the name of the constraint.
REFUSED = {
    "shift_crew_overlap": "overlaps",
    "shift_crew_trained": "not_trained",
    "shift_crew_insured": "not_insured",
}


def refusal(error: IntegrityError) -> str | None:
    """The code for what Postgres refuses of a crew; nothing when it refuses something else."""
    return REFUSED.get(getattr(getattr(error.orig, "diag", None), "constraint_name", None) or "")


@contextmanager
def crew_refused_at(db: Session, field: str) -> Iterator[None]:
    """What is written within, or the problem that Postgres has with it, at this field."""
    try:
        with db.begin_nested():
            yield
    except IntegrityError as error:
        if code := refusal(error):
            raise Invalid(errors={field: [code]}) from None
        raise
