"""Bring the database up to date: python -m migrations"""

from pathlib import Path

import psycopg

from shared.config import config


def newest() -> str:
    """The number of the last revision: files are called <number>_<subject>.py."""
    return max(file.name.partition("_")[0] for file in Path(__file__).parent.glob("versions/*.py"))


def is_current(url: str) -> bool:
    """Whether there is nothing to do, asked without loading Alembic and every model: most starts end here."""
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        if connection.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,):
            return False
        return connection.execute("SELECT version_num FROM public.alembic_version").fetchall() == [(newest(),)]


def main() -> None:
    url = config().database_url_for("app")
    if not is_current(url):
        from migrations.upgrade import upgrade

        upgrade(url)


if __name__ == "__main__":
    main()
