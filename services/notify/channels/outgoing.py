"""What goes out, what came of it, and the settings that a channel needs."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Literal, NamedTuple
from uuid import UUID

Urgency = Literal["critical", "duty", "service", "news"]
Verdict = Literal["delivered", "later", "give_up", "unknown"]
#: Whether a second copy does harm: replaced (by the provider, or on the phone), or it doubles.
Repeats = Literal["replaced", "doubles"]


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message to one person or group, ready in its language."""

    message_id: UUID
    title: str
    body: str
    urgency: Urgency
    expires_in: int
    link: str | None = None
    thread: UUID | None = None
    actions: list[tuple[str, str]] = field(default_factory=list)
    sms_template: str = ""
    sms_params: dict[str, str] = field(default_factory=dict)
    sms_code: str = ""  # at the end of the number to which replies go

    @property
    def replaces(self) -> UUID:
        """What a second copy has in common with the first, and every message of a thread with the others."""
        return self.thread or self.message_id

    @property
    def text(self) -> str:
        """Title, body and link, for channels that have one field of text."""
        return "\n".join(filter(None, (self.title, self.body, self.link)))


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt. *gone*: the address is dead, delete it."""

    verdict: Verdict
    detail: str = ""
    provider_id: str | None = None
    retry_after: float | None = None
    gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """The settings of all channels. They bear the names that they have in the environment."""

    timeout: float = 8.0
    allow_private: bool = False
    vapid_private_key: str = field(default="", repr=False)
    vapid_subject: str = ""
    push_hosts: tuple[str, ...] = ()
    push_connections: int = 16
    smtp_url: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_from: str = ""
    wecom_url: str = ""
    wecom_corp_id: str = ""
    wecom_agent_id: str = ""
    wecom_secret: str = field(default="", repr=False)
    dingtalk_url: str = "https://oapi.dingtalk.com"
    sms_url: str = ""
    sms_key_id: str = field(default="", repr=False)
    sms_key_secret: str = field(default="", repr=False)
    sms_sign_name: str = ""

    @classmethod
    def of(cls, config: Any) -> "Gateway":
        """The gateway that the settings of this process describe."""
        found = {f.name: getattr(config, f.name) for f in fields(cls) if hasattr(config, f.name)}
        hosts = tuple(filter(None, (host.strip() for host in config.push_hosts.split(","))))
        return cls(**found | {"push_hosts": hosts, "allow_private": config.allow_private_addresses})


Send = Callable[[dict, Outgoing, Gateway], Outcome]


class Channel(NamedTuple):
    """A way to people."""

    send: Send
    repeats: Repeats
