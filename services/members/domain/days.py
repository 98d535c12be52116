"""Days as the community's calendar has them: who belongs where changes at midnight in Shanghai."""

from datetime import date
from zoneinfo import ZoneInfo

from shared.db import now

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    return now().astimezone(SHANGHAI).date()
