"""Write a revision from what the models have and the database has not: python -m migrations.revision "what changes" """

import sys

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from migrations.__main__ import newest
from migrations.upgrade import FOLDER
from shared.config import config


def main(words: str) -> None:
    with create_engine(config().database_url_for("app")).connect() as connection:
        settings = Config(attributes={"connection": connection})
        settings.set_main_option("script_location", str(FOLDER))
        command.revision(settings, words, autogenerate=True, rev_id=f"{int(newest()) + 1:04}")


if __name__ == "__main__":
    main(sys.argv[1])
