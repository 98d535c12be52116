"""Alembic, called from here: the address is passed in, and one change runs at a time."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine, text

from migrations.patience import TRIES, patiently

FOLDER = Path(__file__).parent

#: Two migration jobs at once wait for each other at this number.
ONE_AT_A_TIME = 20121031


def upgrade(url: str, revision: str = "head", tries: int = TRIES) -> None:
    """Bring the database up to a revision; what is there already is left alone. Others may go on using it."""
    _run(url, lambda settings: command.upgrade(settings, revision), tries)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision."""
    _run(url, lambda settings: command.downgrade(settings, revision))


def _run(url: str, act: Callable[[Config], None], tries: int = TRIES) -> None:
    engine = create_engine(url, poolclass=NullPool)  # the lock ends with the connection, whatever happens
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:n)"), {"n": ONE_AT_A_TIME})
        connection.commit()
        settings = Config(attributes={"connection": connection})
        settings.set_main_option("script_location", str(FOLDER))
        patiently(lambda: act(settings), tries)
