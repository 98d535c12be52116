"""How it was: answers (on the phone), slips (on paper), voices, results (counts), asking and gathering (the news)."""

from services.events.domain.feedback.answers import forget

__all__ = ["forget"]
