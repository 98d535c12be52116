"""Six digits that somebody shows, and that are others soon: proof of having stood beside them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from shared.crypto import blind


@dataclass(frozen=True)
class Shown:
    """What is shown now, and until when."""

    code: str
    until: datetime


@dataclass(frozen=True)
class TurningCode:
    """*purpose*: makes these codes others than those for another purpose. *step*: seconds for which one is shown."""

    purpose: str
    step: int

    def shown(self, subject: object, at: datetime) -> Shown:
        """What is shown of this subject at that moment."""
        number = self._number(at)
        return Shown(self._code(subject, number), datetime.fromtimestamp((number + 1) * self.step, UTC))

    def fits(self, subject: object, code: str, at: datetime) -> bool:
        """Whether it is what is shown at that moment, or was a step ago, or will be by another's clock."""
        return code in (self._code(subject, self._number(at) + late) for late in (-1, 0, 1))

    def _number(self, at: datetime) -> int:
        return int(at.timestamp()) // self.step

    def _code(self, subject: object, number: int) -> str:
        proof = blind(f"{self.purpose}:{subject}:{number}")
        return f"{int.from_bytes(proof[:8], 'big') % 1_000_000:06}"
