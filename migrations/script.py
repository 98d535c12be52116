"""SQL that stands beside a revision, and is never changed once a release has run it."""

from pathlib import Path

from alembic import op

VERSIONS = Path(__file__).parent / "versions"


def run_script(name: str) -> None:
    """Run versions/<name>.sql as it is: a percent sign or a colon in it means nothing."""
    op.get_bind().exec_driver_sql((VERSIONS / f"{name}.sql").read_text().replace("%", "%%"))
