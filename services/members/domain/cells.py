"""What stands in a cell of the workbook: from what Excel gives us to a value, and back.

Excel turns a number that looks like one into a float; people paste spaces, Chinese commas and
full-width digits. Each kind of cell reads all of that into one canonical form, or says what is
wrong: CellError's code is put into words by words.py.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared import phones


class CellError(Exception):
    """What stands in this cell cannot be taken."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def plain(raw: Any) -> str:
    """A cell as text: whole numbers without their .0, no stray spaces, no control characters."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        if not raw.is_integer():
            raise CellError("not_whole")
        raw = int(raw)
    if isinstance(raw, datetime):
        raw = raw.date()
    text = unicodedata.normalize("NFC", str(raw)).strip()
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in text):
        raise CellError("control_character")
    return text


@dataclass(frozen=True)
class Text:
    """A text of at most *most* characters."""

    most: int = 100

    def read(self, raw: Any) -> Any:
        text = plain(raw)
        if len(text) > self.most:
            raise CellError("too_long", max=self.most)
        return text or None

    def write(self, value: Any) -> str:
        return value or ""


@dataclass(frozen=True)
class Code(Text):
    """A code such as U02 or C1-Z3."""

    def read(self, raw: Any) -> str | None:
        code = unicodedata.normalize("NFKC", plain(raw))
        if code and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}", code):
            raise CellError("bad_code")
        return code or None


@dataclass(frozen=True)
class Codes(Text):
    """Several codes, comma between; in the order of the alphabet, each once."""

    def read(self, raw: Any) -> tuple[str, ...]:
        return tuple(sorted({code for part in _parts(plain(raw)) if (code := Code().read(part))}))

    def write(self, value: Any) -> str:
        return ",".join(value)


@dataclass(frozen=True)
class Phone(Text):
    """A telephone number; written as text, but Excel may have made a float of it."""

    def read(self, raw: Any) -> str | None:
        text = unicodedata.normalize("NFKC", plain(raw))
        if not text:
            return None
        try:
            return phones.normalised(text)
        except ValueError:
            raise CellError("bad_phone") from None

    def write(self, value: Any) -> str:
        return phones.shown(value) if value else ""


@dataclass(frozen=True)
class Email(Text):
    """An e-mail address, as far as its form goes."""

    def read(self, raw: Any) -> str | None:
        text = plain(raw).lower()
        if text and (len(text) > 200 or not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[a-z0-9-]{2,}", text)):
            raise CellError("bad_email")
        return text or None


@dataclass(frozen=True)
class Whole(Text):
    """A whole number."""

    def read(self, raw: Any) -> int:
        text = unicodedata.normalize("NFKC", plain(raw)) or "0"
        if not re.fullmatch(r"\d{1,6}", text):
            raise CellError("bad_number", min=0, max=999_999)
        return int(text)

    def write(self, value: Any) -> str:
        return str(value) if value else ""


@dataclass(frozen=True)
class Day(Text):
    """A date, as a date or as text: 2012-10-31, 2012/10/31, 2012年10月31日."""

    def read(self, raw: Any) -> date | None:
        text = plain(raw)
        if not text:
            return None
        try:
            return date(*map(int, re.split(r"[-/.年月]", text.removesuffix("日"))))
        except (ValueError, TypeError, OverflowError):
            raise CellError("bad_date") from None

    def write(self, value: Any) -> str:
        return value.isoformat() if value else ""


@dataclass(frozen=True)
class Choice(Text):
    """One word of a list; *words* gives each value's Chinese."""

    words: Mapping[Any, str] | None = None

    def read(self, raw: Any) -> Any:
        text = plain(raw)
        if not text:
            return None
        for value, word in (self.words or {}).items():
            if text in (word, str(value)):
                return value
        raise CellError("not_one_of", choices="、".join((self.words or {}).values()))

    def write(self, value: Any) -> str:
        return (self.words or {})[value] if value is not None else ""


@dataclass(frozen=True)
class Choices(Choice):
    """Several words of a list, 顿号 or comma between."""

    def read(self, raw: Any) -> tuple:
        return tuple(sorted({super(Choices, self).read(part) for part in _parts(plain(raw))}))

    def write(self, value: Any) -> str:
        return "、".join((self.words or {})[one] for one in value)


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,，、;；/]+", text) if part]
