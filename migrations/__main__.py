"""Bring the database up to date: python -m migrations"""

from migrations.upgrade import upgrade
from shared.config import config

if __name__ == "__main__":
    upgrade(config().database_url_for("app"))
