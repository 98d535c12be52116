"""Telephone numbers: one form to keep and to compare, one to show, one to show to others."""

import re

import phonenumbers

from shared.config import config
from shared.errors import Invalid

#: The demo set's numbers: no mobile number begins with 10, so these ring nobody.
_DEMO = re.compile(r"1000000\d{4}")


def normalised(text: str) -> str:
    """The number in E.164 without the plus; raises ValueError when it is none."""
    if config().demo and _DEMO.fullmatch(digits := re.sub(r"[\s-]", "", text).removeprefix("+").removeprefix("86")):
        return f"86{digits}"
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException as error:
        raise ValueError("not a telephone number") from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError("not a telephone number in use")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")


def given(text: str) -> str:
    """The number that a client sent, normalised."""
    try:
        return normalised(text)
    except ValueError:
        raise Invalid(errors={"phone": ["bad_phone"]}) from None


def shown(number: str) -> str:
    """As people here write it: without the country if it is ours."""
    return number.removeprefix("86") if number.startswith("86") else f"+{number}"


def masked(number: str) -> str:
    """138****0001: enough to tell one's own."""
    text = shown(number)
    return f"{text[:3]}****{text[-4:]}"
