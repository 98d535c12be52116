"""Whether somebody takes care: backups, restore drills, the audit log. The alerts watch the same (shared/upkeep.py)."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from embedded.doctor.finding import Finding, fine, note, wrong
from shared import upkeep

#: Hours after which the last backup, and days after which the last drill is too old.
BACKUP_HOURS, DRILL_DAYS = 36, 100
#: Hours without an anchor, and without a check of the audit log: the clock makes one every hour and one every day.
ANCHOR_HOURS, CHECK_HOURS = 3, 72


def backups(data: Path, now: float | None = None) -> Iterator[Finding]:
    folder = Path(os.environ.get("BACKUP_DIR") or data / "backups")
    hours = min(_hours_since_backup(folder, now), _last(data, "backup", now).age / 3600)
    if hours == upkeep.NEVER:
        yield note(
            (f"没有备份：{folder}", f"There is no backup: {folder}"), ("见 docs/restoring.md", "See docs/restoring.md")
        )
        return
    if hours > BACKUP_HOURS:
        yield wrong(
            (f"最近一次备份是 {hours:.0f} 小时前", f"The last backup is {hours:.0f} hours old"),
            ("现在做一次备份，再看每天的备份为什么没有做", "Make one now, then see why the daily one is not made"),
        )
        return
    yield fine(f"最近一次备份在 {hours:.0f} 小时前", f"The last backup is {hours:.0f} hours old")


def drills(data: Path, now: float | None = None) -> Iterator[Finding]:
    last, todo = _last(data, "drill", now), ("夜里运行 ./run restore-drill", "Run ./run restore-drill in a quiet hour")
    days = last.age / 86400
    if last.failed:
        yield wrong(("上次恢复演练失败了", "The last restore drill failed"), todo)
    elif days == upkeep.NEVER:
        yield note(("还没有做过恢复演练", "Nobody has ever tried a restore"), todo)
    elif days > DRILL_DAYS:
        yield note((f"{days:.0f} 天没有做恢复演练了", f"Nobody has tried a restore for {days:.0f} days"), todo)
    else:
        yield fine(f"恢复演练在 {days:.0f} 天前做过", f"A restore was tried {days:.0f} days ago")


def audit(data: Path, now: float | None = None) -> Iterator[Finding]:
    anchor, check = _last(data, "audit_anchor", now), _last(data, "audit_check", now)
    if anchor.failed or check.failed:
        yield wrong(
            ("审计日志被改动过", "The audit log is not what was written"),
            (
                "运行 ./run verify-audit，它会指出是哪几行；docs/runbook.md：AuditBroken",
                "Run ./run verify-audit, it names the rows; docs/runbook.md: AuditBroken",
            ),
        )
    elif anchor.age == check.age == upkeep.NEVER:
        yield note(("审计日志还没有锚点", "The audit log has no anchor yet"))
    elif anchor.age > ANCHOR_HOURS * 3600 or check.age > CHECK_HOURS * 3600:
        yield note(
            ("审计日志近来没有核对", "Nobody has anchored or verified the audit log of late"),
            (
                "如果一直在运行，看 worker 的日志；docs/runbook.md：AuditUnwatched",
                "If it runs all the time, see the worker's log; docs/runbook.md: AuditUnwatched",
            ),
        )
    else:
        yield fine("审计日志核对无误", "The audit log is as it was written")


def _hours_since_backup(folder: Path, now: float | None) -> float:
    """By the newest base backup: docs/restoring.md shows the folders."""
    made = max((one.stat().st_mtime for one in folder.glob("*/*/about.json")), default=-upkeep.NEVER)
    return ((now or time.time()) - made) / 3600


def _last(data: Path, kind: str, now: float | None) -> upkeep.Done:
    return next(done for done in upkeep.standing(data, now) if done.kind == kind)
