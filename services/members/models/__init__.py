"""What members remembers."""

from services.members.models.access import ApiKey, Grant, SignInCode, SignInSession
from services.members.models.base import Base
from services.members.models.people import Person

__all__ = ["ApiKey", "Base", "Grant", "Person", "SignInCode", "SignInSession"]
