"""Postgres and the broker: whether they answer, whether they fit, and whether the clock's clocks agree."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from embedded.doctor import pulse
from embedded.doctor.finding import Finding, fine, wrong
from embedded.running import address, settings

#: The first role that may sign in asks; all of them see the same figures.
ROLES = ("app", "members", "events", "patrol", "notify")
OLDEST_SERVER = 180000
#: Seconds by which clocks may differ before leases and sign-in codes suffer.
SKEW = 2.0
#: Share of its memory that the broker may fill; without a limit of its own, so many bytes.
FULL_SHARE, FULL_BYTES = 0.6, 2**28


def postgres(data: Path) -> Iterator[Finding]:
    url = os.environ.get("DATABASE_URL") or settings(data).get("DATABASE_URL")
    if url is None:
        yield from _absent(data, "Postgres", "postgres")
        return
    connection, error = _connect(url)
    if connection is None:
        yield wrong(
            (f"连不上 Postgres：{error}", f"Postgres cannot be reached: {error}"),
            ("看它的日志，再看 DATABASE_URL 和密码", "Look into its log, then at DATABASE_URL and the password"),
        )
        return
    with connection:
        yield from _server(connection)
        yield from _clocks(connection)
        yield from pulse.findings(connection)


def broker(data: Path) -> Iterator[Finding]:
    url = os.environ.get("REDIS_URL") or settings(data).get("REDIS_URL")
    if url is None:
        return
    from redis import Redis, RedisError
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    try:
        patience: dict[str, Any] = {"socket_timeout": 3, "socket_connect_timeout": 3, "retry": Retry(NoBackoff(), 0)}
        with Redis.from_url(url, password=_secret("REDIS_PASSWORD"), **patience) as client:
            memory = client.info("memory")
    except (RedisError, OSError) as error:
        yield wrong(
            (f"连不上 Valkey：{_first_line(error)}", f"Valkey cannot be reached: {_first_line(error)}"),
            (
                "消息会等在 Postgres 里，不会丢；看它的日志，再看 REDIS_URL",
                "Messages wait in Postgres and are not lost; look into its log, then at REDIS_URL",
            ),
        )
        return
    yield from _memory(memory)


def _absent(data: Path, name: str, log: str) -> Iterator[Finding]:
    if address(data) is not None:
        yield wrong(
            (f"{name} 没有在运行", f"{name} does not run"),
            (f"看日志 {data}/logs/{log}.log", f"Look into the log {data}/logs/{log}.log"),
        )


def _connect(url: str) -> tuple[Any, str]:
    import psycopg

    plain, said = url.replace("postgresql+psycopg://", "postgresql://"), ""
    facts: dict[str, Any] = {"password": _secret("DATABASE_PASSWORD"), "connect_timeout": 3, "autocommit": True}
    for role in ROLES:
        try:
            return psycopg.connect(plain, user=role, **facts), ""
        except psycopg.Error as error:
            said = said or _first_line(error)
    return None, said


def _server(connection: Any) -> Iterator[Finding]:
    version = connection.info.server_version
    if version < OLDEST_SERVER:
        yield wrong(
            (f"Postgres {version // 10000} 太旧", f"Postgres {version // 10000} is too old"),
            ("需要 18 或更新的版本", "Version 18 or newer is needed"),
        )
        return
    yield fine(f"Postgres {version // 10000} 有应答", f"Postgres {version // 10000} answers")


def _clocks(connection: Any) -> Iterator[Finding]:
    before = time.time()
    theirs = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()[0]
    skew = theirs - (before + time.time()) / 2
    if abs(skew) > SKEW:
        yield wrong(
            (
                f"本机和 Postgres 的时钟相差 {abs(skew):.0f} 秒",
                f"The clocks here and of Postgres differ by {abs(skew):.0f} s",
            ),
            ("两台机器都打开时间同步（NTP）", "Let both machines keep their time by NTP"),
        )


def _memory(memory: dict[str, Any]) -> Iterator[Finding]:
    used, limit = memory["used_memory"], memory["maxmemory"]
    if memory["maxmemory_policy"] != "noeviction":
        yield wrong(
            (
                f"Valkey 会自己丢数据（{memory['maxmemory_policy']}）",
                f"Valkey drops data ({memory['maxmemory_policy']})",
            ),
            ("设置 maxmemory-policy noeviction", "Set maxmemory-policy noeviction"),
        )
    if used > (limit * FULL_SHARE if limit else FULL_BYTES):
        yield wrong(
            (f"Valkey 内存快满了：{used / 2**20:.0f} MB", f"Valkey's memory is filling up: {used / 2**20:.0f} MB"),
            (
                "看看是不是和别的程序共用；可以清空它，什么都不会丢",
                "See whether others use it too; it may be emptied, nothing is lost by it",
            ),
        )
        return
    yield fine(f"Valkey 有应答，用了 {used / 2**20:.0f} MB", f"Valkey answers and uses {used / 2**20:.0f} MB")


def _secret(name: str) -> str | None:
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip() or None
    return os.environ.get(name) or None


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
