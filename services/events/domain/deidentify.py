"""Traces of a person in a text: names, numbers, addresses, dates of birth, plates, accounts.

It would rather find too much: what it finds wrongly a second person confirms, what it overlooks is published.
Digits are read as people write them: full-width, in Chinese, with spaces or dashes or nothing visible between.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.events.domain import chinese_names

NUMERALS = dict(zip("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "00123456789" + "1123456789", strict=True))
GAP = r"[\s\-‐-―_.·•・,，、/()（）]{0,3}"
DIGIT = "[0-9〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
#: Seven digits or more are somebody's number, whatever stands between them.
NUMBER = re.compile(rf"(?:\+?{DIGIT}{GAP}){{6,}}{DIGIT}(?:{GAP}[xX](?![a-zA-Z]))?")
COUNT = r"[0-9A-Za-z一二三四五六七八九十百两]{1,5}"
ADDRESSES = (
    re.compile(rf"{COUNT}\s*(?:号楼|号院|栋|幢|座|单元|号门|门洞)"),
    re.compile(rf"(?<![月年])(?<![0-9一二三四五六七八九十]){COUNT}\s*号(?!线|店|公告|文件)"),
    re.compile(r"[\u4e00-\u9fff]{1,8}(?:路|大街|街|巷|胡同|弄|里)\s*[0-9一二三四五六七八九十]+"),
)
ROOMS = (
    re.compile(rf"{COUNT}\s*(?:室|房间|号房|户(?![外主]))"),
    re.compile(r"(?<![0-9])[0-9]{1,3}\s*[-‐-―/#]\s*[0-9]{1,3}(?:\s*[-‐-―/#]\s*[0-9]{1,4})+(?![0-9])"),
    re.compile(r"(?<![0-9])[0-9]{1,2}\s*[-‐-―/#]\s*[0-9]{3,4}(?![0-9])"),
    re.compile(r"(?:门牌|房号|住在?)\D{0,3}[0-9]{2,5}"),
)
YEAR = r"(?:19[0-9]{2}|20[01][0-9]|[一二][九〇零][〇零一二三四五六七八九]{2})"
BIRTHS = (
    re.compile(rf"{YEAR}\s*[年./\-]\s*{COUNT}\s*[月./\-]\s*{COUNT}(?:\s*[日号])?"),
    re.compile(rf"{YEAR}\s*年?\s*(?:出)?生"),
    re.compile(rf"(?:生于|生日|出生)\D{{0,4}}{COUNT}\s*[年月./\-]\s*{COUNT}?(?:\s*[日号])?"),
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]\s*[A-Za-z][\s·•.\-]*[A-Za-z0-9]{5,6}"
)
ACCOUNTS = (
    re.compile(r"[\w.+\-]+\s*@\s*[\w\-]+(?:\.[\w\-]+)*"),
    re.compile(
        r"(?:微信|qq|wechat|weixin|vx|抖音|快手)\s*(?:号|id)?\s*(?:是|为|[:：])?\s*[A-Za-z0-9_\-]{4,}", re.IGNORECASE
    ),
)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Finding:
    """Where in the text, from and up to (not including), and what it looks like."""

    start: int
    end: int
    kind: str


def find(text: str, known: Iterable[str] = ()) -> list[Finding]:
    """What in *text* may tell who somebody is; *known*: words that surely do. In order, not overlapping."""
    plain, places = _plain(text)
    found = [Finding(places[start], places[end - 1] + 1, kind) for start, end, kind in _traces(plain, known)]
    return _apart(found)


def is_id_number(digits: str) -> bool:
    """Whether 18 characters end with the check character of an identity number."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, ID_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[-1]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in everyday characters, without those that nobody sees, and where each of them stood."""
    signs, places = [], []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cf", "Mn", "Cc") and sign not in "\r\n\t":
            continue
        for plain in unicodedata.normalize("NFKC", sign):
            signs.append(plain)
            places.append(place)
    return "".join(signs), places


def _traces(text: str, known: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    for word in {plain for word in known if len(plain := _plain(word)[0].strip()) > 1}:
        yield from ((hit.start(), hit.end(), "name") for hit in re.finditer(re.escape(word), text, re.IGNORECASE))
    yield from ((start, end, "name") for start, end in chinese_names.find(text))
    yield from _each(text, BIRTHS, "birth_date")
    for hit in NUMBER.finditer(text):
        yield hit.start(), hit.end(), _number(hit[0])
    for patterns, kind in ((ADDRESSES, "address"), (ROOMS, "room"), ((PLATE,), "plate"), (ACCOUNTS, "account")):
        yield from _each(text, patterns, kind)


def _each(text: str, patterns: Iterable[re.Pattern], kind: str) -> Iterator[tuple[int, int, str]]:
    return ((hit.start(), hit.end(), kind) for pattern in patterns for hit in pattern.finditer(text))


def _number(words: str) -> str:
    digits = "".join(
        NUMERALS.get(sign, sign) for sign in words.upper() if sign.isdigit() or sign in NUMERALS or sign == "X"
    )
    return "id_number" if is_id_number(digits) or len(digits) in (15, 17, 18) else "phone"


def _apart(found: list[Finding]) -> list[Finding]:
    """Those that overlap as one, of the kind of the longest."""
    merged: list[Finding] = []
    for next_one in sorted(found, key=lambda finding: (finding.start, -finding.end)):
        if not merged or next_one.start >= merged[-1].end:
            merged.append(next_one)
            continue
        last = merged[-1]
        longer = max(last, next_one, key=lambda finding: finding.end - finding.start)
        merged[-1] = Finding(last.start, max(last.end, next_one.end), longer.kind)
    return merged
