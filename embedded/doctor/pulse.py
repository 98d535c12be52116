"""Whether everything moves, from the figures that Postgres gives (bus.figures): the same that the alerts watch."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from embedded.doctor.finding import Finding, Words, fine, note, wrong
from embedded.program import PROJECT

#: Figure, what it may be at most, the words when it is more, and what to do. {who}: its label. {n}: its value.
LIMITS: tuple[tuple[str, float, Words, Words], ...] = (
    (
        "relay_tick_age_seconds",
        90,
        ("中继没有动静，消息送不出去", "The relay is silent: nothing is delivered"),
        (
            "看 relay 的日志，重新启动它；docs/runbook.md：RelaySilent",
            "See the relay's log, start it again; docs/runbook.md: RelaySilent",
        ),
    ),
    (
        "worker_beat_age_seconds",
        120,
        ("{who} 的后台程序没有动静", "The worker of {who} is silent"),
        (
            "看 worker 的日志，重新启动它；docs/runbook.md：WorkerSilent",
            "See the worker's log, start it again; docs/runbook.md: WorkerSilent",
        ),
    ),
    (
        "deliveries_quarantined",
        0,
        ("{who} 有 {n} 件事没能处理，在等人", "{who} could not handle {n} things; they wait for somebody"),
        (
            "打开工作台“没送到的消息”再试一次；docs/runbook.md：DeliveriesQuarantined",
            "Let them be tried again on the desk's page Undelivered; docs/runbook.md: DeliveriesQuarantined",
        ),
    ),
    (
        "delivery_oldest_seconds",
        300,
        ("{who} 有一件事等了 {n} 秒还没处理", "{who} has kept something waiting for {n} s"),
        (
            "看 worker 的日志；docs/runbook.md：DeliveriesStuck",
            "See the worker's log; docs/runbook.md: DeliveriesStuck",
        ),
    ),
    (
        "sending_oldest_due_seconds",
        300,
        ("有消息过了时间 {n} 秒还没发（{who}）", "Messages are {n} s late ({who})"),
        (
            "看通知渠道和 worker 的日志；docs/runbook.md：MessagesLate",
            "See the channels and the worker's log; docs/runbook.md: MessagesLate",
        ),
    ),
    (
        "postgres_oldest_transaction_seconds",
        300,
        ("有一个数据库事务开了 {n} 秒", "A transaction has been open for {n} s"),
        ("docs/runbook.md：OldTransaction", "docs/runbook.md: OldTransaction"),
    ),
    (
        "wal_archive_failing",
        0,
        (
            "数据库的改动没能归档，恢复时会缺最近的内容",
            "Postgres cannot archive its changes: a restore would lack the latest",
        ),
        (
            "看备份文件夹的空间和权限；docs/runbook.md：ArchiveFails",
            "See room and rights of the backup folder; docs/runbook.md: ArchiveFails",
        ),
    ),
)


def findings(connection: Any) -> Iterator[Finding]:
    """What is wrong by the figures, and one word when nothing is."""
    from psycopg.errors import Error

    try:
        figures = connection.execute("SELECT name, labels, value FROM bus.figures()").fetchall()
    except Error:
        yield _outdated()
        return
    revision = next(value for name, _, value in figures if name == "schema_revision")
    if revision != newest():
        yield _outdated()
    over = list(_over(figures))
    yield from over
    yield from _given_up(figures)
    if not over:
        yield fine("中继和后台程序都在工作", "Relay and workers are at work")


def newest() -> int:
    """The number of the last migration that belongs to this version."""
    return max(int(file.name.partition("_")[0]) for file in Path(PROJECT, "migrations/versions").glob("[0-9]*.py"))


def _over(figures: list[tuple[str, dict, float]]) -> Iterator[Finding]:
    silent = False
    for figure, most, words, todo in LIMITS:
        if silent and figure == "worker_beat_age_seconds":
            continue  # without a relay no worker can beat
        for name, labels, value in figures:
            if name == figure and value > most:
                silent |= figure == "relay_tick_age_seconds"
                facts = {"who": "、".join(labels.values()), "n": f"{value:.0f}"}
                yield wrong(_filled(words, facts), _filled(todo, facts))


def _given_up(figures: list[tuple[str, dict, float]]) -> Iterator[Finding]:
    lost = ("gave_up", "unknown")
    n = sum(value for name, labels, value in figures if name == "sendings_open" and labels["state"] in lost)
    if n:
        yield note(
            (f"{n:.0f} 条消息没有送到，或者不知道有没有送到", f"{n:.0f} messages did not arrive, or nobody knows"),
            ("打开工作台“没送到的消息”", "Open the desk's page Undelivered"),
        )


def _outdated() -> Finding:
    return wrong(
        ("数据库的表结构和这个版本不一致", "The tables are not those of this version"),
        (
            "重新启动（./run 或 docker compose up -d），启动时会升级",
            "Start it again (./run or docker compose up -d): that brings them up to date",
        ),
    )


def _filled(words: Words, facts: dict[str, str]) -> Words:
    return words[0].format_map(facts), words[1].format_map(facts)
