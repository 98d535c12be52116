"""Every setting there is, read once from the environment.

NAME_FILE in place of NAME reads the value from a file, as secrets of containers come.
"""

import os
from dataclasses import MISSING, dataclass, field, fields
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from environs import Env


def setting(words: str, default=MISSING, *, secret: bool = False, kind: str = "str"):
    """Declare a setting: what it means, its default (none: it must be given), whether it is a secret."""
    metadata = {"words": words, "secret": secret, "kind": kind}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings. docs/settings.md is made from this class."""

    database_url: str = setting("Where Postgres is; a service puts its own role's name in as the user.")
    redis_url: str = setting("Where Redis or Valkey is: redis://host:6379/0 or unix:///path/to.sock?db=0.")
    database_password: str = setting(
        "Password of the role that this process signs in with; empty for a socket.", "", secret=True
    )
    redis_password: str = setting("Password of Redis; empty for a socket.", "", secret=True)
    database_pool: int = setting("Connections to Postgres that one process keeps for one service.", 10, kind="int")

    field_keys: str = setting(
        "Keys of field encryption, 32 bytes each in base64, comma between; the first encrypts.", secret=True
    )
    blind_key: str = setting("Key of the blind index by which encrypted phone numbers are found, base64.", secret=True)
    signing_key: str = setting("Key that signs links and cursors, base64.", secret=True)
    audit_key: str = setting(
        "Key of the audit log, base64, the same for all services; empty: made from SIGNING_KEY.", "", secret=True
    )

    public_url: str = setting(
        "The address that people type; links in messages and QR codes begin with it.", "http://127.0.0.1:8000"
    )
    committee_id: str = setting(
        "The committee that pages without sign-in belong to.", "20121031-0000-7000-8000-000000000001"
    )
    data_dir: str = setting("Folder for what a machine keeps: databases, logs, uploads.", ".data")
    backup_dir: str = setting("Folder of the backups, best on another disk; empty: DATA_DIR/backups.", "")
    photo_dir: str = setting("Folder of the photos of cases, sealed; empty: DATA_DIR/photos.", "")
    demo: bool = setting("Accept the demo set's invented phone numbers, which begin with 1000.", False, kind="bool")
    log_level: str = setting("How much is logged: DEBUG, INFO, WARNING.", "INFO")
    metrics_token: str = setting(
        "What Prometheus shows to read /metrics, as a bearer token; empty: nobody may.", "", secret=True
    )
    max_streams: int = setting(
        "Event streams that one web process holds open for a service; more get 503 and poll.", 240, kind="int"
    )
    web_processes: int = setting("Web processes.", 1, kind="int")
    web_threads: int = setting("Threads of a web process; each open event stream keeps one.", 540, kind="int")

    lease_seconds: float = setting(
        "How long an event may take before it is sent again; doubles with each attempt.", 20.0, kind="float"
    )
    urgent_lease_seconds: float = setting("The same for urgent events.", 5.0, kind="float")

    check_in_every_minutes: float = setting("A squad on its way checks in at least this often.", 20.0, kind="float")
    welfare_minutes: str = setting(
        "Minutes after a missed check-in until buddy, leader and duty desk are asked to look.", "10,20,30"
    )
    cover_minutes: float = setting(
        "Minutes that those have to answer who are asked to stand in on a shift, before the next are asked.",
        15.0,
        kind="float",
    )
    ladder_minutes: str = setting(
        "Minutes without an answer after which a critical message goes to the next people.", "3,6,10"
    )
    ring_minutes: str = setting(
        "Minutes after a call for many hands until crews on shift, those who live there, officers and all are asked.",
        "0,3,6,10",
    )
    answer_link_hours: float = setting(
        "How long the link in a message answers for its reader without sign-in.", 24.0, kind="float"
    )

    vapid_private_key: str = setting(
        "Key that signs web pushes (VAPID), base64url; empty: no web push.", "", secret=True
    )
    vapid_subject: str = setting("Whom a push service may write to about our pushes.", "mailto:duty@example.org")
    push_hosts: str = setting(
        "Hosts of push services that we send to, comma between; .example.org takes its subdomains.",
        "fcm.googleapis.com,updates.push.services.mozilla.com,.push.apple.com,.notify.windows.com",
    )
    push_connections: int = setting("Connections to one push service at a time.", 16, kind="int")
    allow_private_addresses: bool = setting(
        "Send to addresses on private networks too; for stand-ins only.", False, kind="bool"
    )
    smtp_url: str = setting("Mail server: smtp://user@host:587; empty: no e-mail.", "")
    smtp_password: str = setting("Password of the mail server.", "", secret=True)
    smtp_from: str = setting("Sender of e-mails.", "committee@example.org")
    wecom_url: str = setting("WeCom's API address; empty: no WeCom.", "")
    wecom_corp_id: str = setting("WeCom: id of the corporation.", "")
    wecom_agent_id: str = setting("WeCom: id of the application.", "")
    wecom_secret: str = setting("WeCom: secret of the application.", "", secret=True)
    dingtalk_url: str = setting("DingTalk's API address, for group robots.", "https://oapi.dingtalk.com")
    sms_url: str = setting("SMS gateway that speaks Aliyun's form; empty: no SMS.", "")
    sms_key_id: str = setting("SMS gateway: access key.", "")
    sms_key_secret: str = setting("SMS gateway: secret of the access key.", "", secret=True)
    sms_sign_name: str = setting("SMS gateway: the approved signature.", "三顺店社区")
    sms_up_token: str = setting(
        "SMS gateway: the secret end of the address to which it pushes replies; empty: nobody answers by SMS.",
        "",
        secret=True,
    )
    sms_up_codes: bool = setting(
        "SMS gateway: each SMS may have an extension code of ours, so that a reply says which one it answers.",
        False,
        kind="bool",
    )

    def database_url_for(self, role: str) -> str:
        """The address of Postgres, signed in as *role*."""
        parts = urlsplit(self.database_url)
        password = f":{quote(self.database_password, safe='')}" if self.database_password else ""
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{role}{password}@{host}"))

    def broker_url(self) -> str:
        """The address of Redis as Celery wants it."""
        parts = urlsplit(self.redis_url)
        if parts.scheme == "unix":
            return f"redis+socket://{parts.path}?virtual_host={parts.query.removeprefix('db=') or 0}"
        if self.redis_password:
            parts = parts._replace(netloc=f":{quote(self.redis_password, safe='')}@{parts.netloc.rpartition('@')[2]}")
        return urlunsplit(parts)

    def welfare_steps(self) -> list[timedelta]:
        return _minutes(self.welfare_minutes)

    def ladder_steps(self) -> list[timedelta]:
        return _minutes(self.ladder_minutes)

    def ring_steps(self) -> list[timedelta]:
        return _minutes(self.ring_minutes)

    @classmethod
    def from_env(cls) -> "Config":
        env = Env()
        return cls(**{f.name: _read(env, f) for f in fields(cls) if f.default is MISSING or _given(f.name)})


@cache
def config() -> Config:
    """The settings of this process."""
    return Config.from_env()


def _minutes(text: str) -> list[timedelta]:
    return [timedelta(minutes=float(part)) for part in text.split(",")]


def _given(name: str) -> bool:
    return name.upper() in os.environ or f"{name.upper()}_FILE" in os.environ


def _read(env: Env, f):
    name = f.name.upper()
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return getattr(env, f.metadata["kind"])(name)
