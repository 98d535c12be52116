"""Invented names, by the frequency of surnames and given names; no real person is meant."""

import random
from collections.abc import Iterator

SURNAMES = {
    "王": 95, "李": 92, "张": 88, "刘": 70, "陈": 44, "杨": 40, "赵": 38, "郭": 26, "孙": 22, "马": 21,
    "高": 20, "周": 19, "吴": 19, "徐": 17, "朱": 15, "胡": 15, "何": 14, "韩": 14, "宋": 13, "冯": 12,
    "田": 12, "任": 11, "白": 11, "云": 10, "贾": 10, "丁": 9, "武": 9, "侯": 8, "苗": 8, "樊": 7, "段": 7,
    "崔": 7, "石": 7, "邢": 5, "付": 5, "温": 5, "孟": 5,
}  # fmt: skip
GIVEN = (
    "秀英", "桂英", "玉兰", "秀兰", "桂芳", "淑珍", "玉梅", "凤英", "丽华", "秀珍", "建国", "建军", "国强",
    "志强", "永强", "志刚", "建华", "国庆", "永福", "德明", "文华", "玉林", "瑞林", "根柱", "保平", "俊峰",
    "海军", "晓东", "志远", "文博", "立新", "慧敏", "晓燕", "丽娟", "红梅", "春梅", "海燕", "艳霞", "晓丽",
    "雪梅", "静", "敏", "丽", "芳", "娟", "婷", "涛", "磊", "超", "鹏", "杰", "宇", "浩", "欣怡", "子涵",
    "雨桐", "佳琪", "思远", "明轩", "志伟", "永红", "改梅", "补莲", "二女", "全喜", "润生", "利平", "瑞芳",
    "巧云", "存柱", "翠萍", "素琴", "月娥", "金花", "喜平", "宝山", "长青", "润莲", "晋芳", "玉凤",
)  # fmt: skip
WHOLE = (
    "巴特尔", "乌日娜", "其木格", "萨仁", "苏日娜", "那日苏", "斯琴", "阿木尔", "塔娜", "格日乐", "哈斯",
    "娜仁", "朝鲁", "宝音", "乌兰", "图雅", "敖登", "特木尔", "阿古拉", "高娃", "呼和", "苏和", "毕力格",
    "托娅", "萨如拉", "布和", "乌恩", "那顺", "通拉嘎", "哈申",
)  # fmt: skip


def invented(chance: random.Random, taken: set[str]) -> Iterator[str]:
    """Names without end, none of them twice and none that is *taken*."""
    seen = set(taken)
    whole = chance.sample(WHOLE, len(WHOLE))
    while True:
        name = whole.pop() if whole and chance.random() < 0.05 else _usual(chance)
        if name not in seen:
            seen.add(name)
            yield name


def _usual(chance: random.Random) -> str:
    [surname] = chance.choices(list(SURNAMES), list(SURNAMES.values()))
    return surname + chance.choice(GIVEN)
