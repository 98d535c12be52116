"""Voice notes: what they are is judged by what is in them, and they do not stay."""

import re
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from services.events.models import Activity, Feedback
from shared.db import now
from shared.errors import Invalid, NotFound

#: How long after the end of the activity a voice can be heard.
KEPT = timedelta(days=90)

#: Where programs that record write what they recorded.
BEGINNING = 4096
WEBM, OGG, MP4_AT = b"\x1a\x45\xdf\xa3", b"OggS", 4
MOVING = re.compile(rb"V_(VP|AV1|MPEG|THEORA)|\x80theora")


def judged(sound: bytes) -> str:
    """Its kind, if it is a sound and nothing else: no picture, no page, no program."""
    first = sound[:BEGINNING]
    kind = _kind(sound, first)
    if kind is None or MOVING.search(first):
        raise Invalid(errors={"voice": ["not_a_sound"]})
    return kind


def heard(db: Session, voice_id: UUID) -> Feedback:
    """The answer with its voice, as long as it is there."""
    query = select(Feedback).where(Feedback.id == voice_id, Feedback.voice_kind.is_not(None))
    if (found := db.scalars(query.options(undefer(Feedback.voice))).one_or_none()) is None:
        raise NotFound
    return found


def erase_old(db: Session) -> None:
    """A voice tells who speaks: after ninety days what was said stays in the counts only."""
    old = select(Activity.id).where(Activity.ends_at < now() - KEPT)
    kept = (Feedback.voice_kind.is_not(None), Feedback.activity_id.in_(old))
    db.execute(update(Feedback).where(*kept).values(voice=None, voice_kind=None))


def _kind(sound: bytes, first: bytes) -> str | None:
    if first.startswith(WEBM) and b"webm" in first[:64] and (b"A_OPUS" in first or b"A_VORBIS" in first):
        return "webm"
    if first.startswith(OGG) and (b"OpusHead" in first[:64] or b"\x01vorbis" in first[:64]):
        return "ogg"
    if first[MP4_AT:].startswith(b"ftyp") and _handlers(sound) == {b"soun"}:
        return "mp4"
    return None


def _handlers(sound: bytes) -> set[bytes]:
    """What the tracks of an MP4 file are: each says it in its box hdlr, after eight bytes."""
    tracks = {sound[found.end() + 8 : found.end() + 12] for found in re.finditer(rb"hdlr", sound)}
    return tracks & {b"soun", b"vide", b"text", b"sbtl", b"subt"}
