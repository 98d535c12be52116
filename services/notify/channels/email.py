"""E-mail over SMTP. The Message-ID is the message's own id, so that mail systems can drop a second copy."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from urllib.parse import SplitResult, unquote, urlsplit

from services.notify.channels.address import Refused
from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import settled
from services.notify.channels.wire import Unanswered

REPEATS: Repeats = "replaced"
NO_SUCH_MAILBOX = "5.1.1"


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Hand one e-mail to our mail server."""
    mail = _mail(address["email"], message, gateway)
    url = urlsplit(gateway.smtp_url)
    try:
        with _server(url, gateway) as server:
            _sign_in(server, url, gateway)
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refusal:
        return _refused(*next(iter(refusal.recipients.values())))
    except smtplib.SMTPResponseException as refusal:
        return _refused(refusal.smtp_code, refusal.smtp_error)
    except smtplib.SMTPNotSupportedError:
        raise Refused("mail_server_lacks_tls_or_unicode") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Unanswered(type(error).__name__, reached=True) from None
    return Outcome("delivered", "250", provider_id=str(mail["Message-ID"]))


def _server(url: SplitResult, gateway: Gateway) -> smtplib.SMTP:
    if not url.hostname:
        raise Refused("not_configured")
    if url.scheme == "smtps":
        tls = ssl.create_default_context()
        return smtplib.SMTP_SSL(url.hostname, url.port or 465, timeout=gateway.timeout, context=tls)
    return smtplib.SMTP(url.hostname, url.port or 587, timeout=gateway.timeout)


def _sign_in(server: smtplib.SMTP, url: SplitResult, gateway: Gateway) -> None:
    """A password goes over TLS or not at all, a stand-in's excepted."""
    server.ehlo()
    if url.scheme == "smtp" and (server.has_extn("starttls") or (url.username and not gateway.allow_private)):
        server.starttls(context=ssl.create_default_context())
    if url.username:
        server.login(unquote(url.username), gateway.smtp_password)


def _refused(code: int, said: bytes | str) -> Outcome:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    if code < 500:
        return Outcome("later", f"{code}: {text}")
    return Outcome("give_up", f"{code}: {text}", gone=text.startswith(NO_SUCH_MAILBOX))


def _mail(to: str, message: Outgoing, gateway: Gateway) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    try:
        mail["To"], mail["From"] = to, gateway.smtp_from
    except (ValueError, IndexError):
        raise Refused("address_unreadable") from None
    if [found.addr_spec for found in mail["To"].addresses if found.domain] != [to]:
        raise Refused("address_unreadable")
    mail["Subject"] = " ".join(message.title.split())
    mail["Message-ID"] = f"<{message.message_id}@{gateway.smtp_from.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(_html(message), subtype="html")
    return mail


def _html(message: Outgoing) -> str:
    lines = [f"<p><strong>{escape(message.title)}</strong></p>"]
    lines += [f"<p>{escape(line)}</p>" for line in message.body.splitlines()]
    links = [*message.actions, *([("查看 Open", message.link)] if message.link else [])]
    lines += [f'<p><a href="{escape(url)}">{escape(label)}</a></p>' for label, url in links]
    return "\n".join(lines)
