"""Public holidays in China, and weekends worked in exchange: python -m services.events.almanac 2026 2027

A program of its own: the library that knows them takes more memory than all else that a worker needs, for a few lines
a year. Years for which the State Council has not spoken yet come by rule, without exchanged weekends.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

#: Seconds after which nobody waits for it any longer.
PATIENCE = 60


def read(years: Sequence[int]) -> list[dict]:
    """[{on, kind: holiday|working, name}] of these years."""
    command = [sys.executable, "-m", "services.events.almanac", *map(str, years)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)  # noqa: S603  our own program
    return [day | {"on": date.fromisoformat(day["on"])} for day in json.loads(said.stdout)]


def _days(years: Sequence[int]) -> list[dict]:
    from holidays.countries.china import China

    known = China(years=years, language="zh_CN")
    free = [{"on": on.isoformat(), "kind": "holiday", "name": known[on]} for on in known]
    worked = [on for on in known.weekend_workdays if on.year in years]
    return free + [{"on": on.isoformat(), "kind": "working", "name": "调休上班"} for on in worked]


if __name__ == "__main__":
    json.dump(_days([int(year) for year in sys.argv[1:]]), sys.stdout)
