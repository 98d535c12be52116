"""Alembic, called from here: the address is passed in, and one upgrade runs at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

FOLDER = Path(__file__).parent

#: Two migration jobs at once wait for each other at this number.
ONE_AT_A_TIME = 20121031


def upgrade(url: str, revision: str = "head") -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:n)"), {"n": ONE_AT_A_TIME})
        connection.commit()
        settings = Config(attributes={"connection": connection})
        settings.set_main_option("script_location", str(FOLDER))
        command.upgrade(settings, revision)
    engine.dispose()
