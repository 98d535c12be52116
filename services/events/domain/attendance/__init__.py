"""Who was there: marks (taken down in four ways, and undone), codes, sheets (paper), credits (hours)."""

from services.events.domain.attendance.marks import forget

__all__ = ["forget"]
