"""The database as it was at a moment: python -m embedded.restore [--to TIME | --latest] [--from FOLDER]

It is made beside the one that is there, which stays where it is until the new one is whole, and is kept aside then.
"""

import argparse
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import psycopg

from embedded import backup, photos, postgres, program
from embedded.backup import ARCHIVE, Backup
from embedded.lock import InUse, hold
from embedded.postgres import Place
from embedded.program import NeverReady, Program, Server
from embedded.progress import say, step
from embedded.settling import Settled, settle

#: Postgres says this when nothing was written after the moment asked for: then all that there is, is what was wanted.
NOTHING_LATER = "recovery ended before configured recovery target was reached"

Settle = Callable[[Path, str, datetime | None], Settled]


class NoBackup(Exception):
    """There is none from which this moment could be restored."""


@dataclass(frozen=True)
class Restored:
    """What came of it."""

    from_backup: Backup
    last_change: datetime | None  # none: nothing was written after the backup
    settled: Settled
    photos: int  # that were missing
    aside: Path | None  # where the database is that was there before


def main(arguments: list[str] | None = None) -> int:
    asked = _arguments(arguments)
    data = backup.data_folder()
    try:
        with hold(data, "a restore"), step("恢复 Restore"):
            restored = restore(data, asked.to, asked.source)
    except InUse as other:
        say(f"正在运行，先停下。It is running, at {other}. Stop it first (Ctrl-C where it runs).")
        return 3
    except (NoBackup, NeverReady) as failure:
        say(str(failure))
        return 1
    print(_words(restored, data))
    return 0


def restore(data: Path, moment: datetime | None, source: Path | None = None, settle: Settle = settle) -> Restored:
    """Restore this data folder, which we hold; no moment: the latest."""
    place = postgres.locate(data / "postgres")
    folder = source or _own_folder(data, place)
    chosen = choose(backup.backups(folder), moment, folder)
    server, fresh = recover(place, chosen, moment, data)
    try:
        last = _last_change(server.url)
        settled = settle(data, server.url, moment)
    finally:
        server.stop()
    pictures = photos.bring_back(photos.folder(data), chosen.folder)
    return Restored(chosen, last, settled, pictures, _put_in_place(place, fresh, data))


def choose(backups: list[Backup], moment: datetime | None, folder: Path) -> Backup:
    """The last one that was whole at the moment."""
    fitting = [one for one in backups if moment is None or one.ended <= moment]
    if not fitting:
        since = f": the first moment is {_clock(backups[0].ended)}" if backups else ""
        raise NoBackup(f"没有可用的备份。There is no backup for this in {folder}{since}")
    return fitting[-1]


def recover(place: Place, chosen: Backup, moment: datetime | None, data: Path) -> tuple[Server, Place]:
    """A server on a cluster of its own that has replayed the log up to the moment."""
    try:
        return _replay(place, chosen, moment, data)
    except NeverReady as failure:
        if moment is None or NOTHING_LATER not in str(failure):
            raise
    return _replay(place, chosen, None, data)


def _replay(place: Place, chosen: Backup, moment: datetime | None, data: Path) -> tuple[Server, Place]:
    fresh = replace(place, data=place.data.with_name("restoring"))
    _unpack(chosen, fresh)
    last = place.data / "pg_wal"
    settings = postgres.archiving(fresh, backup.of_cluster(data, fresh.data) / ARCHIVE)
    settings += postgres.replaying(fresh, chosen.folder.parent / ARCHIVE, last if last.exists() else None)
    settings += ["hot_standby=off", "recovery_target_action=promote"]
    settings += [f"recovery_target_time={moment.isoformat()}"] if moment else []
    return _start(postgres.describe(fresh, more=settings), fresh, data / "logs/restore.log"), fresh


def _unpack(chosen: Backup, fresh: Place) -> None:
    postgres.run_tool(fresh, "pg_verifybackup", "--quiet", str(chosen.data))
    shutil.rmtree(fresh.data, ignore_errors=True)
    shutil.copytree(chosen.data, fresh.data, symlinks=True)
    fresh.data.chmod(0o700)
    (fresh.data / "recovery.signal").touch()
    postgres.hand_over(fresh, fresh.data)


def _start(described: Program, place: Place, log: Path) -> Server:
    """Wait as long as it takes: a log of days is not replayed in a minute. When it ends, it has failed."""
    log.unlink(missing_ok=True)
    process = program.launch(described, log)
    while not described.ready(process.pid):
        if process.poll() is not None:
            raise NeverReady(f"恢复没有成功。Postgres could not restore this; {log} says:\n{program.tail(log)}")
        Event().wait(0.05)
    return Server(place.url, process, described)


def _put_in_place(place: Place, fresh: Place, data: Path) -> Path | None:
    """The new cluster where the old one was; the queue is emptied: what it knew belongs to another past."""
    aside = None
    if place.data.exists():
        aside = place.data.with_name(f"data-before-{datetime.now(UTC):{backup.STAMP}}")
        place.data.rename(aside)
    fresh.data.rename(place.data)
    shutil.rmtree(data / "valkey", ignore_errors=True)
    return aside


def _own_folder(data: Path, place: Place) -> Path:
    """The backups of the cluster that is here; where there is none, of the only one that has any."""
    if (place.data / "global/pg_control").exists():
        return backup.of_cluster(data, place.data)
    found = [folder for folder in backup.folder_of_all(data).glob("*") if backup.backups(folder)]
    if len(found) != 1:
        raise NoBackup(f"Say which backups with --from FOLDER: {', '.join(map(str, found)) or 'none are known'}")
    return found[0]


def _last_change(url: str) -> datetime | None:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()
    return row[0] if row else None


def _words(restored: Restored, data: Path) -> str:
    last = _clock(restored.last_change) if restored.last_change else "that of the backup"
    settled = restored.settled
    lines = [
        f"\n恢复完成。Restored from {restored.from_backup.folder}. The last change in it: {last}.",
        f"请人决定 For a person to decide: {settled.deliveries} events, {settled.sendings} messages.",
        f"退出登录 Signed out: {settled.sessions} devices. 再次删除 Forgotten again: {settled.forgotten} people.",
    ]
    if restored.photos:
        lines.append(f"找回照片 Photos that were missing: {restored.photos}.")
    if restored.aside:
        lines.append(f"原来的数据 What was there before: {restored.aside} (remove it when all is well).")
    if restored.from_backup.about["keys"] != backup.fingerprint(data / "secrets"):
        lines.append(f"密钥不符 The keys in {data / 'secrets'} are not those of the backup: bring those back first.")
    return "\n".join([*lines, "Start it, look at roles and keys that were taken back since, and make a new backup."])


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S %z}"


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run restore", description=__doc__)
    when = parser.add_mutually_exclusive_group(required=True)
    when.add_argument(
        "--to", metavar="TIME", type=_moment, help="2026-11-26T10:30:00+08:00; without +08:00: local time"
    )
    when.add_argument("--latest", action="store_true", help="everything that was kept")
    parser.add_argument("--from", metavar="FOLDER", dest="source", type=lambda text: Path(text).absolute())
    return parser.parse_args(arguments)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


if __name__ == "__main__":
    sys.exit(main())
