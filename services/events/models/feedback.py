"""How it was, as those say who were there: nobody's name, no time, and so no order of who came first."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.activities import Activity
from services.events.models.base import Base
from shared.crypto import Encrypted, EncryptedBytes, Hash
from shared.db import Ours, now

#: The three questions, each with its answers from the first face to the last.
QUESTIONS = {
    "overall": ("good", "fair", "poor"),
    "followed": ("yes", "partly", "no"),
    "more": ("yes", "maybe", "no"),
}
FEEDBACK_SOURCES = ("phone", "paper")

#: What a voice note can be, by what is in it.
VOICES = ("webm", "ogg", "mp4")

#: Bytes of a voice note at most. A minute of speech is a fifth of it.
LARGEST_VOICE = 1024 * 1024

#: Any other new id of ours begins with the time.
TIMELESS_ID = text("gen_random_uuid()")


class Feedback(Ours, Base):
    """An answer. *who*: the person as this activity alone knows them, a keyed hash; a slip of paper is nobody's."""

    __tablename__ = "feedback"
    __table_args__ = (
        *(CheckConstraint(f"{name} IN {answers}", name=f"feedback_{name}") for name, answers in QUESTIONS.items()),
        CheckConstraint(f"source IN {FEEDBACK_SOURCES}", name="feedback_source"),
        CheckConstraint("(source = 'phone') = (who IS NOT NULL)", name="feedback_who"),
        CheckConstraint(f"voice_kind IN {VOICES}", name="feedback_voice_kind"),
        CheckConstraint("(voice IS NULL) = (voice_kind IS NULL)", name="feedback_voice"),
        UniqueConstraint("activity_id", "who"),
        Index("feedback_voices", "activity_id", postgresql_where="voice_kind IS NOT NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=TIMELESS_ID)
    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"))
    who: Mapped[bytes | None] = mapped_column(Hash)
    source: Mapped[str]
    typed_by: Mapped[UUID | None]  # whoever typed in a slip
    overall: Mapped[str | None]
    followed: Mapped[str | None]
    more: Mapped[str | None]
    words: Mapped[str | None] = mapped_column(Encrypted("events.feedback.words"))
    voice: Mapped[bytes | None] = mapped_column(EncryptedBytes("events.feedback.voice"), deferred=True)
    voice_kind: Mapped[str | None]

    @property
    def has_voice(self) -> bool:
        return self.voice_kind is not None


class FeedbackTold(Ours, Base):
    """Of how many answers those heard who held the activity."""

    __tablename__ = "feedback_told"

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True)
    answers: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
