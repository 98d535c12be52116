"""The roster's mixed-integer program, week after week: python -m services.patrol.solving < problem.json

A program of its own: the solver costs memory that a worker needs for nothing else, and a plan that is stopped ends
with its process. It says a line of JSON for each week. What it knows of people is numbers.
"""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

#: What it costs: a place that stays empty, a unit too few, a change of what was proposed before, a place not needed.
EMPTY, SAME_UNIT, CHANGED, EXTRA = 10_000.0, 3_000.0, 200.0, 400.0
#: What one more turn costs whom walked n lately: so much times n. Living near is worth less than any turn.
WEIGHTS, NEAR = {"turns": 3.0, "evenings": 2.0, "weekends": 3.0, "colds": 4.0}, 0.5
#: What nobody sees any more: there the solver may stop.
GAP = 1e-4


def weeks(problem: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The weeks of a plan as they are solved, by a process of its own that ends when nobody asks any further."""
    command = [sys.executable, "-m", "services.patrol.solving"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as solver:  # noqa: S603  our own program
        try:
            asked, said = cast(IO[str], solver.stdin), cast(IO[str], solver.stdout)
            json.dump(problem, asked)
            asked.close()
            yield from (json.loads(line) for line in said)
            if solver.wait():
                raise RuntimeError(f"the solver ended with {solver.returncode}")
        finally:
            solver.kill()


class Pair(NamedTuple):
    """Somebody in a slot, by numbers: a yes or no of the program."""

    slot: int
    person: int


class Program:
    """Columns and rows as the solver takes them."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.bounds: list[tuple[float, float]] = []
        self.whole: list[bool] = []
        self.rows: list[tuple[float, float, dict[int, float]]] = []

    def column(self, cost: float, low: float = 0, high: float = 1, *, whole: bool = True) -> int:
        self.costs.append(cost)
        self.bounds.append((low, high))
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, low: float, high: float, terms: dict[int, float]) -> None:
        self.rows.append((low, high, terms))


class Week:
    """One week: who could walk which slot, given what they walked up to now."""

    def __init__(self, slots: list[dict], people: list[dict], number: int, busy: dict[int, list]) -> None:
        self.slots, self.people, self.number = slots, people, number
        self.busy = busy
        self.pairs = [Pair(index, person) for index in range(len(slots)) for person in self._could(slots[index])]

    def _could(self, slot: dict) -> list[int]:
        free = [person for person in slot["could"] if not self._clashes(person, slot)]
        return sorted({*free, *slot["fixed"]})

    def _clashes(self, person: int, slot: dict) -> bool:
        rest = self.people[person]["rest"]
        return any(slot["begins"] < ends + rest and begins < slot["ends"] + rest for begins, ends in self.busy[person])

    def parts(self) -> Iterator[list[Pair]]:
        """Slots that share nobody, directly or through others, are solved by themselves."""
        roots = list(range(len(self.slots)))

        def root(index: int) -> int:
            while roots[index] != index:
                index = roots[index]
            return index

        first: dict[int, int] = {}
        for slot, person in self.pairs:
            roots[root(slot)] = root(first.setdefault(person, slot))
        parts: dict[int, list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            parts[root(pair.slot)].append(pair)
        yield from parts.values()

    def program(self, pairs: list[Pair]) -> tuple[Program, dict[Pair, int]]:
        program, column = Program(), {}
        for pair in pairs:
            slot = self.slots[pair.slot]
            cost = -(NEAR if pair.person in slot["near"] else 0) - (CHANGED if pair.person in slot["kept"] else 0)
            column[pair] = program.column(cost, low=1 if pair.person in slot["fixed"] else 0)
        for index in sorted({pair.slot for pair in pairs}):
            self._fill(program, index, column)
        for person in sorted({pair.person for pair in pairs}):
            self._spare(program, person, column)
        return program, column

    def _fill(self, program: Program, index: int, column: dict[Pair, int]) -> None:
        """Enough people in a slot, not too many, and out of enough units."""
        slot = self.slots[index]
        crew = {pair.person: number for pair, number in column.items() if pair.slot == index}
        most = max(slot["max"], len(slot["fixed"]))
        ones = dict.fromkeys(crew.values(), 1.0)
        empty = program.column(EMPTY, high=slot["min"], whole=False)
        extra = program.column(EXTRA, high=max(0, most - slot["min"]), whole=False)
        program.row(slot["min"], slot["min"], ones | {empty: 1.0, extra: -1.0})
        by_unit: dict[str, dict[int, float]] = defaultdict(dict)
        for person, number in crew.items():
            by_unit[self.people[person]["unit"]][number] = 1.0
        units = {}
        for theirs in by_unit.values():
            there = program.column(0, whole=False)
            program.row(0, float("inf"), theirs | {there: -1.0})
            units[there] = 1.0
        program.row(
            slot["units"], float("inf"), units | {program.column(SAME_UNIT, high=slot["units"], whole=False): 1.0}
        )

    def _spare(self, program: Program, person: int, column: dict[Pair, int]) -> None:
        """Nobody twice at once or without rest, nobody more often than they want; who walked least goes first."""
        mine = {pair.slot: number for pair, number in column.items() if pair.person == person}
        fixed = [index for index in mine if person in self.slots[index]["fixed"]]
        for index in mine:
            for other in mine:
                if index < other and self._too_close(person, index, other) and not {index, other} <= {*fixed}:
                    program.row(0, 1, {mine[index]: 1.0, mine[other]: 1.0})
        facts = self.people[person]
        room = max(facts["cap"] - facts["used"][self.number], len(fixed))
        program.row(0, max(room, 0), dict.fromkeys(mine.values(), 1.0))
        for kind, weight in WEIGHTS.items():
            turns = [number for index, number in mine.items() if kind in self.slots[index]["kinds"]]
            self._share(program, turns, min(len(turns), max(room, 0)), facts["lately"][kind], weight)

    def _share(self, program: Program, turns: list[int], most: int, lately: float, weight: float) -> None:
        """Each further turn costs more than the one before it."""
        if not turns:
            return
        steps = [program.column(weight * (lately + step), whole=False) for step in range(most)]
        program.row(0, 0, dict.fromkeys(turns, 1.0) | dict.fromkeys(steps, -1.0))

    def _too_close(self, person: int, index: int, other: int) -> bool:
        one, two, rest = self.slots[index], self.slots[other], self.people[person]["rest"]
        return one["begins"] < two["ends"] + rest and two["begins"] < one["ends"] + rest


def solve(problem: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each week after the other; what people walk in one counts in the next."""
    people: list[dict[str, Any]] = problem["people"]
    busy: dict[int, list] = defaultdict(list)
    for number, slots in enumerate(problem["weeks"]):
        week, began = Week(slots, people, number, busy), time.perf_counter()
        chosen: list[Pair] = []
        size, gap, optimal = [0, 0], 0.0, True
        for pairs in week.parts():
            program, column = week.program(pairs)
            values, its_gap = _run(program, problem["seconds"])
            chosen += [pair for pair, index in column.items() if values[index] > 0.5]
            size = [size[0] + len(program.costs), size[1] + len(program.rows)]
            gap, optimal = max(gap, its_gap), optimal and its_gap <= GAP
        _note(week, chosen, busy)
        facts = {"columns": size[0], "rows": size[1], "gap": round(gap, 6), "optimal": optimal}
        yield {
            "chosen": [[slots[pair.slot]["number"], pair.person] for pair in chosen],
            "solved": facts | {"seconds": round(time.perf_counter() - began, 3), "slots": len(slots)},
        }


def _note(week: Week, chosen: list[Pair], busy: dict[int, list]) -> None:
    for pair in chosen:
        slot = week.slots[pair.slot]
        busy[pair.person].append((slot["begins"], slot["ends"]))
        for kind in slot["kinds"]:
            week.people[pair.person]["lately"][kind] += 1


def _run(program: Program, seconds: float) -> tuple[list[float], float]:
    """The best that is found in that time, and how far from the proven optimum it may be."""
    import highspy

    solver = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "time_limit": seconds, "mip_rel_gap": GAP, "random_seed": 0}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(highspy, program))
    solver.run()
    values = list(solver.getSolution().col_value)
    if not values:
        raise RuntimeError(f"no solution: {solver.getModelStatus()}")
    return values, min(solver.getInfo().mip_gap, 1.0)


def _model(highspy: Any, program: Program) -> Any:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.costs), len(program.rows)
    model.col_cost_ = program.costs
    model.col_lower_, model.col_upper_ = ([bound[side] for bound in program.bounds] for side in (0, 1))
    model.row_lower_, model.row_upper_ = ([row[side] for row in program.rows] for side in (0, 1))
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in program.whole]
    starts = [0]
    indices: list[int] = []
    values: list[float] = []
    for _, _, terms in program.rows:
        indices += terms.keys()
        values += terms.values()
        starts.append(len(indices))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, indices, values
    return model


def main() -> None:
    """Say what is solved. What the library prints by itself goes nowhere."""
    with os.fdopen(os.dup(1), "w") as said, Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        for week in solve(json.load(sys.stdin)):
            said.write(json.dumps(week) + "\n")
            said.flush()


if __name__ == "__main__":
    main()
