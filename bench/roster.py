"""Eight weeks for ninety volunteers: the roster's solver, next to what its process costs before it has solved anything.

The people and their wishes are made up: six squads of fifteen, 51 shifts a week, everybody free at some of them, two or
three evenings a week at most. How far each week is from the proven optimum is said by the solver itself.
"""

import random
import time
from argparse import Namespace
from collections import Counter
from typing import Any

from bench.measure import Result, Row, rounds
from bench.product import Product
from services.patrol import solving

SQUADS = (
    # weekdays, begin in minutes after midnight, minutes
    (((1, 2, 3, 4, 5), 440, 50), ((1, 2, 3, 4, 5), 700, 40)),
    (((1, 2, 3, 4, 5), 770, 40), ((1, 2, 3, 4, 5), 960, 100)),
    (((1, 2, 3, 4, 5, 6, 7), 1110, 120),),
    (((1, 2, 3, 4, 5, 6, 7), 1110, 120),),
    (((3, 6, 7), 540, 120),),
    (((1, 2, 3, 4, 5, 6, 7), 420, 60), ((1, 2, 3, 4, 5, 6, 7), 1230, 90)),
)
WEEKS, SIZE, UNITS, DAY, EVENING = 8, 15, 13, 1440, 1020


def measure(product: Product, options: Namespace) -> Result:
    problem, nothing = _problem(1 if options.rounds == 1 else WEEKS), {"seconds": 1, "weeks": [], "people": []}
    weeks: list[dict] = []
    found = rounds(
        options.rounds,
        ours=lambda: _seconds(problem, weeks),
        start=lambda: _seconds(nothing, []),
    )
    shifts = sum(len(week) for week in problem["weeks"])
    what = f"{len(problem['weeks'])} weeks, {shifts} shifts, {SIZE * len(SQUADS)} volunteers"
    return Result([Row(what, "s", found["ours"], found["start"], "the solver's process alone")], _notes(weeks))


def _seconds(problem: dict[str, Any], weeks: list[dict]) -> float:
    begun = time.perf_counter()
    weeks[:] = solving.weeks(problem)
    return time.perf_counter() - begun


def _notes(weeks: list[dict]) -> list[str]:
    solved = [week["solved"] for week in weeks]
    turns = Counter(person for week in weeks for _, person in week["chosen"])
    size = f"{max(one['columns'] for one in solved):,} columns and {max(one['rows'] for one in solved):,} rows a week"
    gap = f"largest gap to the proven optimum {max(one['gap'] for one in solved):.2%}"
    squads = [[turns[person] for person in range(n * SIZE, n * SIZE + SIZE)] for n in range(len(SQUADS))]
    spread = max(max(squad) - min(squad) for squad in squads)
    return [
        f"{size}; {gap}.",
        f"Within a squad nobody walks more than {spread} shifts more than anybody else in all weeks.",
    ]


def _problem(weeks: int) -> dict[str, Any]:
    chance = random.Random(20121031)
    people = [_person(number, chance, weeks) for number in range(SIZE * len(SQUADS))]
    number = iter(range(1, 10_000))
    laid_out = [
        [
            _slot(next(number), week * 7 + day - 1, squad, begin, minutes, chance)
            for squad, tours in enumerate(SQUADS)
            for days, begin, minutes in tours
            for day in days
        ]
        for week in range(weeks)
    ]
    return {"seconds": 60 / weeks, "weeks": laid_out, "people": people}


def _person(number: int, chance: random.Random, weeks: int) -> dict[str, Any]:
    lately = {kind: chance.randrange(4) for kind in solving.WEIGHTS}
    return {
        "unit": f"U{number % UNITS}",
        "rest": 600,
        "cap": chance.choice((2, 2, 3)),
        "lately": lately,
        "used": [0] * weeks,
    }


def _slot(number: int, day: int, squad: int, begin: int, minutes: int, chance: random.Random) -> dict[str, Any]:
    kinds = {"turns": True, "evenings": begin >= EVENING, "weekends": day % 7 > 4, "colds": begin >= EVENING}
    mates = range(squad * SIZE, squad * SIZE + SIZE)
    could = [person for person in mates if chance.random() < 0.7]
    return {
        "number": number, "begins": day * DAY + begin, "ends": day * DAY + begin + minutes,
        "min": 2, "max": 4, "units": 2,
        "kinds": [kind for kind, holds in kinds.items() if holds], "could": could, "near": could[::4],
        "fixed": [], "kept": [],
    }  # fmt: skip
