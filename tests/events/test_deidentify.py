"""What is published tells of nobody: names, numbers, addresses, dates of birth, plates are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.domain import chinese_names
from services.events.domain.deidentify import ID_WEIGHTS, Finding, find, is_id_number

SEEDED = [
    ("王秀英奶奶想要收音机", "王秀英", "name"),
    ("请帮帮李大爷", "李大爷", "name"),
    ("联系人：赵敏", "赵敏", "name"),
    ("老张家的灯坏了", "老张", "name"),
    ("欧阳建国想学书法", "欧阳建国", "name"),
    ("我叫陈 晨", "陈 晨", "name"),
    ("云奶奶想听戏", "云奶奶", "name"),
    ("想给巴特尔买一本书", "巴特尔", "name"),
    ("电话13800138000", "13800138000", "phone"),
    ("电话１３８ ００１３ ８０００", "１３８ ００１３ ８０００", "phone"),
    ("幺三八零零幺三八零零零", "幺三八零零幺三八零零零", "phone"),
    ("138\u200b0013\u200b8000", "138\u200b0013\u200b8000", "phone"),
    ("0471-6543210", "0471-6543210", "phone"),
    ("住3号楼", "3号楼", "address"),
    ("三号楼二单元", "二单元", "address"),
    ("新华大街12号", "12号", "address"),
    ("502室", "502室", "room"),
    ("3-2-501", "3-2-501", "room"),
    ("生于1948年3月2日", "1948年3月2日", "birth_date"),
    ("1948年生", "1948年生", "birth_date"),
    ("车牌蒙A·12345", "蒙A·12345", "plate"),
    ("微信号 wang_1948", "微信号 wang_1948", "account"),
    ("wang@example.org", "wang@example.org", "account"),
]

HARMLESS = [
    "希望有人周末来帮忙修水龙头", "希望有一本新华字典", "想请人教我用智能手机", "需要20套桌椅，每套两人",
    "社区的老人想学唱歌", "想要一副老花镜，高兴的时候看看报", "轮椅一辆，白天借用", "11月3号下午需要车去医院",
    "2026年12月1日以前送到", "孩子想要一个足球", "云南的茶叶一包", "去呼和浩特的车票",
    "周三晚上陪我下棋", "希望马上有人送一床棉被", "一台收音机",
]  # fmt: skip


@pytest.mark.parametrize(("words", "trace", "kind"), SEEDED)
def test_a_trace_is_found_where_it_stands(words, trace, kind):
    covered = [(words[one.start : one.end], one.kind) for one in find(words)]

    assert any(trace in found and kind == found_kind for found, found_kind in covered), covered


@pytest.mark.parametrize("words", HARMLESS)
def test_an_everyday_wish_needs_no_second_look(words):
    assert find(words) == []


def test_known_words_are_found_whatever_they_look_like():
    assert find("请巴特尔来", ["巴特尔"]) == [Finding(1, 4, "name")]


fillers = st.sampled_from(["希望有人帮忙修灯", "想要一本书", "，谢谢", "周末都可以。", "需要两把椅子，", ""])
digits = st.text("0123456789", min_size=8, max_size=8)
gaps = st.sampled_from(["", " ", "-", "·", "\u200b", "　", "."])
full_width = str.maketrans("0123456789", "０１２３４５６７８９")
chinese = str.maketrans("0123456789", "零一二三四五六七八九")
scripts = st.sampled_from([str.maketrans("", ""), full_width, chinese])


@given(fillers, digits, gaps, scripts, fillers)
def test_no_telephone_number_gets_through_however_it_is_written(before, rest, gap, script, after):
    number = gap.join(["139", rest[:4], rest[4:]]).translate(script)

    assert _hides(before + number + after, len(before), number)


@given(fillers, st.text("0123456789", min_size=17, max_size=17), fillers)
def test_no_identity_number_gets_through(before, first, after):
    total = sum(int(digit) * weight for digit, weight in zip(first, ID_WEIGHTS, strict=True))
    number = first + "10X98765432"[total % 11]

    assert is_id_number(number)
    assert _hides(before + number + after, len(before), number)


surnames = st.sampled_from(sorted(chinese_names.SURNAMES))
given_names = st.text(sorted(set(chinese_names.GIVEN)), min_size=2, max_size=2)
titles = st.sampled_from(chinese_names.TITLES.split("|")[:24])


@given(fillers, surnames, given_names, fillers)
def test_no_full_name_gets_through(before, surname, name, after):
    words = f"{before}，{surname}{name}，{after}"

    assert _touches(words, surname + name)


@given(fillers, surnames, titles, fillers)
def test_nobody_who_is_addressed_gets_through(before, surname, title, after):
    words = f"{before}，{surname}{title}，{after}"

    assert _touches(words, surname + title)


def _hides(words: str, start: int, trace: str) -> bool:
    """Whether every sign of the trace is within something that was found."""
    covered = {place for one in find(words) for place in range(one.start, one.end)}
    return {start + place for place, sign in enumerate(trace) if sign.isalnum()} <= covered


def _touches(words: str, trace: str) -> bool:
    start = words.index(f"，{trace}，") + 1
    return any(one.start <= start < one.end for one in find(words))
