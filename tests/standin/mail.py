"""A mail server that keeps what it is given."""

import asyncio
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from tests.standin.server import Standin


class Mailbox:
    """aiosmtpd's handler: takes a mail, or misbehaves at the moment when the mail is there."""

    def __init__(self, standin: "Standin") -> None:
        self.standin = standin

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The answer to a mail."""
        to, behaviour = envelope.rcpt_tos[0], self.standin.behaviour("email", envelope.rcpt_tos[0])
        if behaviour is None or behaviour.status == "close_after_accepting":
            self.standin.keep("email", to, *(_read(envelope) if self.standin.decrypt else ({}, {})))
        if behaviour is None:
            return "250 OK"
        if behaviour.status == "hang":
            await asyncio.sleep(3600)
        if behaviour.status == "close_after_accepting":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return f"{behaviour.status} {behaviour.words or 'no'}"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The answer to a recipient: refused where the mailbox is not there."""
        if self.standin.behaves("email", address, status=550):
            return f"550 5.1.1 <{address}> user unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def _read(envelope: Envelope) -> tuple[dict, dict[str, str]]:
    assert isinstance(envelope.content, bytes)
    mail = message_from_bytes(envelope.content, policy=policy.default)
    parts = {part.get_content_subtype(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    content = {"subject": str(mail["Subject"]), "text": parts.get("plain", ""), "html": parts.get("html", "")}
    return content, {name: str(value) for name, value in mail.items()}


def mail_server(standin: "Standin") -> SMTP:
    """One connection's server, for asyncio's create_server."""
    return SMTP(Mailbox(standin), hostname="standin", enable_SMTPUTF8=True)
