"""Ninety volunteers with their papers, templates of six squads, and eight weeks of shifts that the planner made."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from demo.days import SHANGHAI, at
from demo.desk import Desk, fixed_id

#: Squad, weekdays (1 is Monday), from, minutes, season, winter evening. 51 shifts a week in winter.
PATTERNS = (
    ("晨曦队", (1, 2, 3, 4, 5), "07:20", 50, None, False),
    ("晨曦队", (1, 2, 3, 4, 5), "11:40", 40, None, False),
    ("放学队", (1, 2, 3, 4, 5), "12:50", 40, None, False),
    ("放学队", (1, 2, 3, 4, 5), "16:00", 100, None, False),
    ("夜安一队", (1, 2, 3, 4, 5, 6, 7), "18:30", 120, ("10-15", "04-30"), True),
    ("夜安一队", (1, 2, 3, 4, 5, 6, 7), "20:00", 120, ("05-01", "10-14"), False),
    ("夜安二队", (1, 2, 3, 4, 5, 6, 7), "18:30", 120, ("10-15", "04-30"), True),
    ("夜安二队", (1, 2, 3, 4, 5, 6, 7), "20:00", 120, ("05-01", "10-14"), False),
    ("市场队", (3, 6, 7), "09:00", 120, None, False),
    ("冬防队", (1, 2, 3, 4, 5, 6, 7), "07:00", 60, ("10-15", "04-15"), False),
    ("冬防队", (1, 2, 3, 4, 5, 6, 7), "20:30", 90, ("10-15", "04-15"), True),
)
WEEKS, STAND_INS, COLD_DAYS = 8, 9, 5
COLD = "寒潮：气温低于零下二十度"
#: Of so many volunteers the insurance ends soon; of all others papers are good for a year.
DUE, DUE_IN, GOOD_FOR = 4, timedelta(days=40), timedelta(days=400)
#: Who walks in the stories without belonging to a squad.
OTHERS = ("王金凤", "何雨桐", "高秀英", "孟繁荣", "乌云其其格", "齐国栋", "云海峰", "白桂芳", "赵启明")


def load(desk: Desk, people: Sequence[dict], crews: dict[str, list[str]], today: date) -> None:
    """Enter papers and templates; this week by hand, eight weeks by the planner; then what a winter brings."""
    _enter_papers(desk, people, crews, today)
    for number, pattern in enumerate(PATTERNS):
        _put_pattern(desk, number, *pattern)
    _this_week(desk, crews, today)
    plan = _planned(desk, today + timedelta(days=7 - today.weekday()))
    shifts = [slot for slot in plan["slots"] if slot["shift_id"]]
    _let_stand_in(desk, [slot for slot in shifts if slot["squad"]["name"] == "市场队"][:STAND_INS], crews)
    for slot in [slot for slot in shifts if slot["cold"]][-COLD_DAYS:]:
        desk.post(f"/patrol/shifts/{slot['shift_id']}/cancel", {"reason": COLD})


def _enter_papers(desk: Desk, people: Sequence[dict], crews: dict[str, list[str]], today: date) -> None:
    good, soon = ((today + span).isoformat() for span in (GOOD_FOR, DUE_IN))
    squads = [person_id for crew in crews.values() for person_id in crew]
    others = [person["id"] for person in people if person["name"] in OTHERS]
    due = {crew[-1] for crew in crews.values()}
    for number, person_id in enumerate(dict.fromkeys([*squads, *others])):
        insured = soon if person_id in due and number < 15 * DUE else good
        desk.put(f"/patrol/volunteers/{person_id}", {"trained_until": good, "insured_until": insured})


def _put_pattern(
    desk: Desk, number: int, squad: str, weekdays: tuple[int, ...], starts: str, minutes: int, season, cold: bool
) -> None:
    first, last = season or (None, None)
    facts = {"squad_id": fixed_id(squad), "weekdays": list(weekdays), "starts": starts, "minutes": minutes}
    facts |= {"season_from": first, "season_until": last, "cold": cold, "min_crew": 2, "max_crew": 4, "units_min": 2}
    desk.put(f"/patrol/roster-patterns/{fixed_id(f'pattern {number}')}", facts)


def _this_week(desk: Desk, crews: dict[str, list[str]], today: date) -> None:
    """Four evenings that the leaders arranged among themselves."""
    first = today if datetime.now(SHANGHAI).hour < 20 else today + timedelta(days=1)
    for number, (squad, code) in enumerate([("夜安一队", "Q3"), ("夜安二队", "Q4")] * 2):
        day = first + timedelta(days=number // 2)
        times = {"starts_at": at(day, "18:00"), "ends_at": at(day, "20:00")}
        body = {"squad_id": fixed_id(squad), "crew": crews[code][:4], **times}
        desk.post("/patrol/shifts", body, key=f"shift {code} {day}")


def _planned(desk: Desk, monday: date) -> dict:
    """The planner's eight weeks, published."""
    wish = {"from": monday.isoformat(), "weeks": WEEKS}
    made = desk.make("/patrol/roster-plans", wish, key=f"roster {monday}")
    path = f"/patrol/roster-plans/{made['id']}"
    plan = desk.wait(path, lambda found: found["state"] not in ("queued", "running"))
    return plan if plan["state"] == "published" else desk.post(f"{path}/publish")


def _let_stand_in(desk: Desk, slots: list[dict], crews: dict[str, list[str]]) -> None:
    """In the place of one of the crew walks somebody of a squad that has no shift then."""
    for number, slot in enumerate(slots):
        path = f"/patrol/shifts/{slot['shift_id']}"
        shift = desk.get(path)
        if any(one["stand_in"] for one in shift["crew"]):
            continue
        crew = [one["person_id"] for one in shift["crew"]][:-1]
        desk.patch(path, {"crew": [*crew, crews["Q3"][2 + number]]}, version=shift["version"])
