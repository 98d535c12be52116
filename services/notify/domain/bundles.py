"""What a digest says: a line for each thing, with its newest news, and how often it changed."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.notify.domain.words import DIGEST_WORDS
from services.notify.models import Message, Sending, Text

#: Told by notify itself; no event of the bus.
DIGEST = "notify.digest"
#: More lines than these are only counted.
MOST_LINES = 6
#: So many are named in an SMS, each with so many characters at most.
IN_SMS, MOST_OF_TITLE = 2, 10
#: There is room for more than the titles.
ROOMY = ("email", "wecom")
MOST_BODY = 100

#: When a digest has gone out or failed, so has what is in it.
FOLLOW = text("""
    UPDATE notify.sendings f SET state = d.state, sent_at = d.sent_at
    FROM notify.sendings d
    WHERE d.id = ANY (:ids) AND f.digest_id = d.id AND f.state IN ('bundled', 'gave_up', 'unknown')
        AND d.state IN ('sent', 'gave_up', 'unknown', 'cancelled')
""")


class Item(NamedTuple):
    """A message in a digest."""

    thread: UUID
    title: str
    body: str
    link: str | None


class Line(NamedTuple):
    """What a digest says of one thing: the newest message of it, and how many there are."""

    newest: Item
    number: int


def merged(items: Iterable[Item]) -> list[Line]:
    """A line for each thread, of messages that come newest first."""
    threads: dict[UUID, list[Item]] = {}
    for item in items:
        threads.setdefault(item.thread, []).append(item)
    return [Line(same[0], len(same)) for same in threads.values()]


def lines_of(db: Session, digests: list[UUID]) -> dict[UUID, list[Line]]:
    """What each of these sendings of digests has to say by now, in one query: nothing that was read meanwhile."""
    if not digests:
        return {}
    words = (
        (Text.event_id == Message.event_id) & (Text.rule_id == Message.rule_id) & (Text.language == Message.language)
    )
    query = select(Sending.digest_id, Message.thread, Text.title, Text.body, Text.link)
    query = query.join(Message, Message.id == Sending.message_id).join(Text, words)
    query = query.where(Sending.digest_id.in_(digests), Sending.state.in_(("bundled", "gave_up", "unknown")))
    query = query.where(Message.read_at.is_(None), Message.cancelled_at.is_(None), Text.title.is_not(None))
    items: dict[UUID, list[Item]] = {}
    for row in db.execute(query.order_by(Message.id.desc())).mappings():
        item = Item(row["thread"], row["title"], row["body"], row["link"])
        items.setdefault(row["digest_id"], []).append(item)
    return {digest_id: merged(found) for digest_id, found in items.items()}


def follow(db: Session, digests: list[UUID]) -> None:
    """Write down of what went with these what was written down of them."""
    if digests:
        db.execute(FOLLOW, {"ids": digests})


def words_of(lines: Sequence[Line], language: str, channel: str) -> dict[str, Any]:
    """Title, body and link of a digest. Where there is only one message, it speaks for itself."""
    if len(lines) == 1 and lines[0].number == 1:
        return {"title": lines[0].newest.title, "body": lines[0].newest.body, "link": lines[0].newest.link}
    words, shown = DIGEST_WORDS[language], lines[:MOST_LINES]
    body = [_line(line, words, roomy=channel in ROOMY) for line in shown]
    if more := sum(line.number for line in lines[MOST_LINES:]):
        body.append(words["more"].format(n=more))
    count = sum(line.number for line in lines)
    return {"title": words["title"].format(n=count), "body": "\n".join(body), "link": "/inbox"}


def sms_of(lines: Sequence[Line], language: str) -> str:
    """One short sentence: how many, and the first of them."""
    words = DIGEST_WORDS[language]
    titles = [_cut(_plain(line.newest.title), MOST_OF_TITLE) for line in lines[:IN_SMS]]
    return words["sms"].format(n=sum(line.number for line in lines), titles=words["between"].join(titles))


def _line(line: Line, words: dict[str, str], *, roomy: bool) -> str:
    times = words["times"].format(n=line.number) if line.number > 1 else ""
    head = f"· {_plain(line.newest.title)}{times}"
    return f"{head}\n  {_cut(_plain(line.newest.body), MOST_BODY)}" if roomy else head


def _plain(words: str) -> str:
    return " ".join(words.split())


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
