"""A whole copy of the database, beside the archive of its changes: python -m embedded.backup

BACKUP_DIR (DATA_DIR/backups) has a folder a cluster: in it `wal`, the archive that Postgres writes all the time, and
a folder a backup, called by its time. A backup and the archive since then give any moment since then.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from embedded import photos, postgres, program, running
from embedded.lock import InUse, hold
from embedded.postgres import Place
from embedded.progress import say, step
from shared import upkeep

ARCHIVE = "wal"
KEPT = 7
STAMP = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True)
class Backup:
    """One that is whole: what is being made has no about.json yet."""

    folder: Path
    about: dict[str, Any]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def ended(self) -> datetime:
        """From this moment on it can be restored."""
        return datetime.fromisoformat(self.about["ended_at"])


def main() -> int:
    data = data_folder()
    if "DATABASE_URL" in os.environ:
        say("DATABASE_URL names a server of your own: back it up by its own means. See docs/restoring.md.")
        return 2
    if not (data / "postgres/data").exists():
        say(f"There is no database in {data} yet.")
        return 2
    place = postgres.prepare(data / "postgres")
    with step("备份 Backup"), _running(data, place):
        made = take(place, of_cluster(data, place.data), data / "secrets", photos.folder(data))
    upkeep.note(data, "backup")
    print(f"\n{made.folder}\nThe keys in {data / 'secrets'} are not in it: keep a copy of them elsewhere.")
    return 0


def take(place: Place, folder: Path, secrets: Path | None = None, pictures: Path | None = None) -> Backup:
    """Copy the running server, read the copy through, and only then count it; remove the oldest ones."""
    begun = datetime.now(UTC)
    making = folder / "making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True, mode=0o700)
    server = ("-h", str(place.sockets), "-U", postgres.SUPERUSER)
    postgres.run_tool(place, "pg_basebackup", *server, "-D", str(making / "data"), "-c", "fast", "-X", "stream")
    postgres.run_tool(place, "pg_verifybackup", "--quiet", str(making / "data"))
    if pictures:
        photos.keep(pictures, making, backups(folder)[-1].folder if backups(folder) else None)
    _describe(making, secrets)
    made = folder / begun.strftime(STAMP)
    making.rename(made)
    _forget_oldest(place, folder)
    return _read(made)


def data_folder() -> Path:
    return Path(os.environ.get("DATA_DIR") or ".data").absolute()


def folder_of_all(data: Path) -> Path:
    return Path(os.environ.get("BACKUP_DIR") or data / "backups").absolute()


def of_cluster(data: Path, cluster: Path) -> Path:
    """Where the backups of this cluster are: two clusters' logs have the same names."""
    return folder_of_all(data) / postgres.cluster_id(cluster)


def backups(folder: Path) -> list[Backup]:
    """Those in a folder, oldest first."""
    return [_read(about.parent) for about in sorted(folder.glob("*/about.json"))]


def fingerprint(secrets: Path | None) -> str | None:
    """Tells whether the keys are those of then, and nothing else about them."""
    file = secrets / "field_keys" if secrets else None
    return sha256(b"field keys " + file.read_bytes()).hexdigest()[:16] if file and file.exists() else None


@contextmanager
def _running(data: Path, place: Place) -> Iterator[None]:
    """The server of the running machine, or, when none runs, one for as long as this takes."""
    if running.address(data) is not None:
        yield
        return
    with hold(data, "a backup"):
        settings = postgres.archiving(place, of_cluster(data, place.data) / ARCHIVE)
        server = program.start(postgres.describe(place, more=settings), place.url, data / "logs/postgres.log")
        try:
            yield
        finally:
            server.stop()


def _describe(folder: Path, secrets: Path | None) -> None:
    """Written last, and to the disk: it says that all the rest is there."""
    os.sync()
    about = {"ended_at": datetime.now(UTC).isoformat(), "keys": fingerprint(secrets)}
    with (folder / "about.json").open("w") as output:
        json.dump(about, output)
        output.flush()
        os.fsync(output.fileno())


def _forget_oldest(place: Place, folder: Path) -> None:
    """Remove what is beyond KEPT, and of the archive what only those needed."""
    every = backups(folder)
    for old in every[:-KEPT]:
        shutil.rmtree(old.folder)
    first = _first_piece(every[-KEPT:][0])
    postgres.run_tool(place, "pg_archivecleanup", "-b", "-x", ".gz", str(folder / ARCHIVE), first)


def _first_piece(backup: Backup) -> str:
    """START WAL LOCATION: 0/2000028 (file 000000010000000000000002)"""
    return (backup.data / "backup_label").read_text().partition("(file ")[2].partition(")")[0]


def _read(folder: Path) -> Backup:
    return Backup(folder, json.loads((folder / "about.json").read_text()))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (InUse, program.NeverReady) as failure:
        say(str(failure))
        sys.exit(1)
