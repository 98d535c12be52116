"""This machine: Python, packages, disk, the data folder, the keys, the port. Nothing needs to run for it."""

import os
import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from embedded import secrets
from embedded.doctor.finding import Finding, fine, note, wrong
from embedded.machine import answers
from embedded.program import PROJECT
from embedded.running import address

OLDEST, TOO_NEW = (3, 11), (3, 15)
NEEDED = ("flask", "sqlalchemy", "psycopg", "celery", "redis", "gunicorn")
#: Below this the disk is as good as full: Postgres stops when it is.
FREE_BYTES, FREE_SHARE = 2**30, 0.05


def python(version: tuple[int, int] = sys.version_info[:2]) -> Iterator[Finding]:
    here = ".".join(map(str, version))
    if OLDEST <= version < TOO_NEW:
        yield fine(f"Python {here}", f"Python {here}")
        return
    yield wrong(
        (f"Python {here} 不能用", f"Python {here} does not fit"),
        ("请安装 Python 3.11 到 3.14，再运行 ./run", "Install Python 3.11 to 3.14, then ./run"),
    )


def packages() -> Iterator[Finding]:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        yield wrong(
            (f"缺少软件包：{'、'.join(missing)}", f"Packages are missing: {', '.join(missing)}"),
            ("运行一次 ./run，它会自己安装", "Run ./run once: it installs them"),
        )


def disk(data: Path) -> Iterator[Finding]:
    there = next(folder for folder in (data, *data.parents) if folder.exists())
    usage = shutil.disk_usage(there)
    free = f"{usage.free / 2**30:.1f} GB"
    if usage.free > FREE_BYTES and usage.free > usage.total * FREE_SHARE:
        yield fine(f"磁盘还有 {free}", f"{free} of disk are free")
        return
    yield wrong(
        (f"磁盘快满了，只剩 {free}：{there}", f"The disk is nearly full, {free} are left: {there}"),
        (
            "腾出空间：旧的备份、data 文件夹里的 logs；不要动 postgres 文件夹",
            "Make room: old backups, logs in the data folder; leave the folder postgres alone",
        ),
    )


def folder(data: Path) -> Iterator[Finding]:
    if not data.exists():
        yield note((f"还没有数据：{data}", f"There is no data yet: {data}"), ("运行 ./run", "Run ./run"))
        return
    if not os.access(data, os.W_OK | os.X_OK):
        yield wrong(
            (f"不能写入数据文件夹：{data}", f"The data folder cannot be written: {data}"),
            (
                "用启动它的那个用户运行，或者改回所有者",
                "Run as the user that started it, or give the folder back to it",
            ),
        )
    if stat.S_IMODE(data.stat().st_mode) & 0o077:
        yield wrong(
            (f"别的用户能看数据文件夹：{data}", f"Other users can look into the data folder: {data}"),
            (f"运行 chmod 700 {data}", f"Run chmod 700 {data}"),
        )


def keys(data: Path) -> Iterator[Finding]:
    """Of ./run, and of Compose where deploy/make-secrets made some."""
    yield from _closed(data / "secrets", files=True)
    yield from _closed(Path(os.environ.get("SECRETS_DIR") or PROJECT / "deploy/secrets"), files=False)
    if not (data / "postgres").exists():
        return
    for name in secrets.KEYS:
        if not (data / "secrets" / name.lower()).exists() and not {name, f"{name}_FILE"} & os.environ.keys():
            yield wrong(
                (f"有数据库，却没有密钥 {name}", f"There is a database but no key {name}"),
                (
                    "从备份里找回这个文件；没有它，加密的电话和地址读不出来",
                    "Bring the file back from a backup: without it encrypted phones and addresses cannot be read",
                ),
            )


def port(data: Path) -> Iterator[Finding]:
    """The machine answers; or, where none runs, its port is free."""
    host, number = _listen()
    running = address(data)
    if running is None:
        yield from _free(host, number)
        return
    at = urlsplit(running)
    asked = (at.hostname or host, at.port or 80) if at.scheme == "http" else (host, number)
    if any(answers(*place, path="/api/members/readyz")(0) for place in {asked, (host, number)}):
        yield fine(f"正在运行：{running}", f"It runs at {running}")
        return
    yield wrong(
        (f"正在运行，但是网页没有应答：{running}", f"It runs, but the pages do not answer: {running}"),
        (f"看日志 {data}/logs/gateway.log", f"Look into the log {data}/logs/gateway.log"),
    )


def _free(host: str, number: int) -> Iterator[Finding]:
    try:
        socket.create_server((host, number), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError:
        yield wrong(
            (f"端口 {number} 被别的程序占用", f"Another program uses port {number}"),
            ("换一个端口，例如 PORT=8001 ./run", "Choose another, for example PORT=8001 ./run"),
        )
        return
    yield note(
        ("这里没有在运行", "It does not run here"),
        ("要启动就运行 ./run；用容器的看 docs/compose.md", "Start it with ./run; with containers see docs/compose.md"),
    )


def _closed(folder: Path, *, files: bool) -> Iterator[Finding]:
    """Only their owner reads them. In a container another user must, so there the folder alone is closed."""
    if not folder.exists():
        return
    open_ones = [one for one in (folder, *(folder.iterdir() if files else ())) if one.stat().st_mode & 0o077]
    for one in open_ones:
        mode = "700" if one.is_dir() else "600"
        yield wrong(
            (f"别的用户能读到密钥：{one}", f"Other users can read a secret: {one}"),
            (f"运行 chmod {mode} {one}", f"Run chmod {mode} {one}"),
        )
    if not open_ones:
        yield fine(f"密钥只有所有者能读：{folder}", f"Only their owner reads the secrets: {folder}")


def _listen() -> tuple[str, int]:
    host, _, number = os.environ.get("LISTEN", "127.0.0.1:8000").rpartition(":")
    return host, int(os.environ.get("PORT", number))
