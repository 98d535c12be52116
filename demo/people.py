"""597 members, the same on every machine: fourteen whom the demo's stories need, the others invented.

The figures are those of the demo set: members by unit, category and skill, 341 who live here.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from demo.names import invented
from demo.places import Entrance, entrances
from demo.units import UNITS

SEED = 20121031

#: The people of the stories: name, unit, role (None: a member like all others), category, compound where they live.
NAMED = (
    ("白桂芳", "U01", "secretary", "in_service", "C2"),
    ("赵启明", "U01", "clerk", "in_service", "C5"),
    ("云海峰", "U01", "duty", "in_service", "C3"),
    ("乌云其其格", "U01", "duty", "in_service", "C7"),
    ("郭建国", "U02", None, "in_service", "C1"),
    ("苏红梅", "U01", None, "retired", "C1"),
    ("刘志远", "U02", "liaison", "in_service", None),
    ("陈晓岚", "U03", "liaison", "in_service", None),
    ("马文博", "U08", "liaison", "in_service", "C5"),
    ("高秀英", "U01", None, "retired", "C1"),
    ("孟繁荣", "U01", None, "retired", "C1"),
    ("王金凤", "U01", None, "retired", "C4"),
    ("何雨桐", "U13", None, "in_service", None),
    ("齐国栋", "U12", None, "in_service", None),
)
RESIDENTS = 341
OF_THE_COMMUNITY = {"in_service": 13, "retired": 80, "flexible": 17, "floating": 12, "probationary": 4}
OF_THE_UNITS = {"in_service": 359, "retired": 101, "probationary": 11}

#: How many declared each skill, and in which units they are found first.
SKILLS = {
    "law": (14, ("U07", "U12")),
    "medicine": (31, ("U06",)),
    "teaching": (63, ("U04", "U05")),
    "electrics": (22, ("U09", "U10")),
    "plumbing": (17, ("U09",)),
    "driving": (118, ("U08", "U07")),
    "first_aid": (47, ("U06", "U02", "U07")),
    "accounting": (26, ("U12", "U11")),
    "calligraphy": (19, ("U03", "U01")),
    "errentai": (12, ("U03", "U01")),
    "coaching": (34, ("U02",)),
    "sign_language": (3, ("U13", "U04")),
    "mongolian": (9, ("U01", "U03", "U04")),
}

#: Groups by trade and by interest: code, name, the skills of their members, how many, and their volunteer team.
GROUPS = (
    ("T1", "医护先锋", ("medicine",), 31, "义诊志愿队"),
    ("T2", "教师讲师团", ("teaching",), 63, "课后辅导志愿队"),
    ("T3", "水电维修", ("electrics", "plumbing"), 34, "水电上门志愿队"),
    ("T4", "财会监督", ("accounting",), 26, "账目公开监督队"),
    ("T5", "司机与应急", ("driving",), 40, "敬老出行志愿队"),
    ("I1", "摄影", (), 20, "邻里影像志愿队"),
    ("I2", "书画", ("calligraphy",), 18, "春联义写志愿队"),
    ("I3", "健身操", ("coaching",), 26, "健身指导志愿队"),
    ("I4", "二人台", ("errentai",), 12, "文艺演出志愿队"),
    ("I5", "棋牌与象棋", (), 30, "棋友陪伴志愿队"),
)
SNOW_TEAM = ("W11", "清雪志愿队", 40)


@dataclass
class Member:
    """A member, as a row of the workbook."""

    number: str
    name: str
    phone: str
    category: str
    unit: str
    home: Entrance | None = None
    email: str | None = None
    role: str | None = None
    skills: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    language: str = "zh"

    @property
    def dialled(self) -> str:
        """The number as people type it."""
        return self.phone.removeprefix("86")

    def record(self) -> dict:
        home = self.home
        return {
            "number": self.number,
            "name": self.name,
            "phone": self.phone,
            "email": self.email,
            "category": self.category,
            "unit": self.unit,
            "compound": home.compound if home else None,
            "building": home.building if home else None,
            "entrance": home.name if home else None,
            "zone": home.zone if home else None,
            "skills": tuple(sorted(self.skills)),
            "groups": tuple(sorted(self.groups)),
            "language": self.language,
        }


@cache
def members() -> tuple[Member, ...]:
    """All of them; the fourteen of the stories first."""
    chance = random.Random(SEED)
    people = [_member(n, *facts[:4]) for n, facts in enumerate(NAMED, start=1)]
    names = invented(chance, {name for name, *_ in NAMED})
    for unit, categories in _categories(chance, people):
        for category in categories:
            people.append(_member(len(people) + 1, next(names), unit, None, category))
    _settle(chance, people)
    _declare(chance, people)
    _join(chance, people)
    return tuple(people)


def _member(number: int, name: str, unit: str, role: str | None, category: str) -> Member:
    return Member(f"D{number:04}", name, f"86{10_000_000_000 + number}", category, unit, role=role)


def _categories(chance: random.Random, named: list[Member]) -> Iterable[tuple[str, list[str]]]:
    """For each unit the categories of its members who have no name yet."""
    pools = {True: _pool(chance, OF_THE_COMMUNITY, named, True), False: _pool(chance, OF_THE_UNITS, named, False)}
    for code, _, _, many, _ in UNITS:
        missing = many - sum(member.unit == code for member in named)
        pool = pools[code == "U01"]
        yield code, [pool.pop() for _ in range(missing)]


def _pool(chance: random.Random, counts: dict[str, int], named: list[Member], community: bool) -> list[str]:
    pool = [category for category, many in counts.items() for _ in range(many)]
    for member in named:
        if (member.unit == "U01") == community:
            pool.remove(member.category)
    chance.shuffle(pool)
    return pool


def _settle(chance: random.Random, people: list[Member]) -> None:
    """Give the residents an entrance; the members of the community's own branch all live here."""
    doors = list(entrances())
    weights = [door.households for door in doors]
    for member, (*_, compound) in zip(people, NAMED, strict=False):
        member.home = chance.choice([door for door in doors if door.compound == compound]) if compound else None
    at_home = [member for member in people if member.home]
    unnamed = people[len(NAMED) :]
    neighbours = [member for member in unnamed if member.unit == "U01"]
    others = [member for member in unnamed if member.unit != "U01"]
    neighbours += chance.sample(others, RESIDENTS - len(at_home) - len(neighbours))
    for member in neighbours:
        [member.home] = chance.choices(doors, weights)
        if member.home.stairwell:
            member.groups.add(member.home.stairwell)
    for member in at_home:
        if member.home and member.home.stairwell:
            member.groups.add(member.home.stairwell)


def _declare(chance: random.Random, people: list[Member]) -> None:
    for skill, (many, units) in SKILLS.items():
        first = [member for member in people if member.unit in units]
        chance.shuffle(first)
        chosen = first[: round(many * 0.85)]
        rest = [member for member in people if member not in chosen]
        for member in chosen + chance.sample(rest, many - len(chosen)):
            member.skills.add(skill)


def _join(chance: random.Random, people: list[Member]) -> None:
    """Into groups by skill or liking; a third of each group is in its volunteer team, which lies under it."""
    for number, (code, _, skills, many, _) in enumerate(GROUPS, start=1):
        able = [member for member in people if not skills or member.skills & set(skills)]
        for place, member in enumerate(chance.sample(able, min(many, len(able)))):
            member.groups.add(f"W{number}" if place % 3 == 0 else code)
    for member in chance.sample(people, SNOW_TEAM[2]):
        member.groups.add(SNOW_TEAM[0])
