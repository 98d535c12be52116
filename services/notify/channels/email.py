"""E-mail over SMTP. The Message-ID is the message's own id, so that mail systems can drop a second copy."""

import re
import smtplib
import ssl
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from services.notify.channels.address import Refused
from services.notify.channels.connections import rest, take
from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import settled
from services.notify.channels.wire import Unanswered

REPEATS: Repeats = "replaced"
NO_SUCH_MAILBOX = "5.1.1"
#: Many servers end a connection after so many.
MOST_OF_ONE_CONNECTION = 100
#: What most addresses are like; the others are read with all the rules that there are.
PLAIN = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
#: For an address that is not ASCII. All else is, so that any server takes it.
UNICODE, SEVEN_BITS = ("SMTPUTF8", "BODY=8BITMIME"), SMTP.clone(cte_type="7bit")


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Hand one e-mail to our mail server."""
    if not urlsplit(gateway.smtp_url).hostname:
        raise Refused("not_configured")
    to, sender = _checked(address["email"]), parseaddr(gateway.smtp_from)[1]
    message_id = f"<{message.message_id}@{sender.rpartition('@')[2]}>"
    try:
        _hand_over(sender, to, _mail(to, message_id, message, gateway), gateway)
    except smtplib.SMTPRecipientsRefused as refusal:
        return _refused(*next(iter(refusal.recipients.values())))
    except smtplib.SMTPResponseException as refusal:
        return _refused(refusal.smtp_code, refusal.smtp_error)
    except smtplib.SMTPNotSupportedError:
        raise Refused("mail_server_lacks_tls_or_unicode") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Unanswered(type(error).__name__, reached=True) from None
    return Outcome("delivered", "250", provider_id=message_id)


class Line(smtplib.SMTP):
    """A connection to our mail server, and how many mails went over it."""

    mails = 0


class TlsLine(smtplib.SMTP_SSL, Line):
    """The same, with TLS from the first word."""


def _hand_over(sender: str, to: str, mail: bytes, gateway: Gateway) -> None:
    """Over a connection that other mails went over, or a new one. A refusal leaves it as good as it was."""
    line = take(gateway) or _connected(gateway)
    try:
        line.sendmail(sender, [to], mail, () if to.isascii() else UNICODE)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
        _keep(line, gateway)
        raise
    except BaseException:
        line.close()
        raise
    _keep(line, gateway)


def _keep(line: Line, gateway: Gateway) -> None:
    line.mails += 1
    if line.mails < MOST_OF_ONE_CONNECTION:
        rest(gateway, line)
    else:
        line.close()


def _connected(gateway: Gateway) -> Line:
    url = urlsplit(gateway.smtp_url)
    line = _server(url, gateway)
    try:
        _sign_in(line, url, gateway)
    except BaseException:
        line.close()
        raise
    return line


def _server(url: SplitResult, gateway: Gateway) -> Line:
    host = url.hostname or ""
    if url.scheme == "smtps":
        return TlsLine(host, url.port or 465, timeout=gateway.timeout, context=ssl.create_default_context())
    return Line(host, url.port or 587, timeout=gateway.timeout)


def _sign_in(line: Line, url: SplitResult, gateway: Gateway) -> None:
    """A password goes over TLS or not at all, a stand-in's excepted."""
    line.ehlo()
    if url.scheme == "smtp" and (line.has_extn("starttls") or (url.username and not gateway.allow_private)):
        line.starttls(context=ssl.create_default_context())
    if url.username:
        line.login(unquote(url.username), gateway.smtp_password)


def _refused(code: int, said: bytes | str) -> Outcome:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    if code < 500:
        return Outcome("later", f"{code}: {text}")
    return Outcome("give_up", f"{code}: {text}", gone=text.startswith(NO_SUCH_MAILBOX))


def _checked(to: str) -> str:
    """The address, if it is one, and only one."""
    if PLAIN.fullmatch(to):
        return to
    try:
        found: Any = SMTP.header_factory("To", to)
        if [one.addr_spec for one in found.addresses if one.domain] == [to] and "\r" not in to and "\n" not in to:
            return to
    except (ValueError, IndexError, MessageError):
        pass
    raise Refused("address_unreadable")


def _mail(to: str, message_id: str, message: Outgoing, gateway: Gateway) -> bytes:
    head = f"To: {to}\r\nMessage-ID: {message_id}\r\nDate: {formatdate()}\r\n"
    words = (message.title, message.text, message.body, message.link, tuple(message.actions))
    return head.encode() + _common(gateway.smtp_from, *words)


@lru_cache(maxsize=64)
def _common(sender: str, title: str, text: str, body: str, link: str | None, actions: tuple) -> bytes:
    """What the copies of a message have in common: for many readers it is put into MIME once."""
    mail = EmailMessage(policy=SEVEN_BITS)
    mail["From"], mail["Subject"] = sender, " ".join(title.split())
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    mail.add_alternative(_html(title, body, link, actions), subtype="html")
    return mail.as_bytes()


def _html(title: str, body: str, link: str | None, actions: tuple) -> str:
    lines = [f"<p><strong>{escape(title)}</strong></p>"]
    lines += [f"<p>{escape(line)}</p>" for line in body.splitlines()]
    links = [*actions, *([("查看 Open", link)] if link else [])]
    lines += [f'<p><a href="{escape(url)}">{escape(label)}</a></p>' for label, url in links]
    return "\n".join(lines)
