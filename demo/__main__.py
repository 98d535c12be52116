"""Load the demo set through the import and the API, as people would: python -m demo

It may be interrupted and run again: ids and keys of requests are the same each time. What it needs comes from the
environment: PUBLIC_URL (where the services are), DATA_DIR (where the log-ins are written). The first secretary is
made by the command that a real deployment begins with; DEMO_TOKEN is her token where that ran elsewhere.
"""

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from demo import (
    activities,
    cases,
    equipment,
    feedback,
    hall,
    hours,
    jobs,
    lists,
    past,
    patrol,
    people,
    series,
    services,
    sign_ups,
    together,
    troupes,
    venues,
    way,
    workbook,
)
from demo.company import OFFICERS, Company, officer_of
from demo.days import SHANGHAI
from demo.desk import Desk, Refused
from demo.sign_in import sign_in

SECRETARY = people.members()[0]
SCOPES = ["activities:read", "activities:write"]
STATES_AT_REST = ("checked", "applied", "failed", "stopped", "undone")


def main() -> None:
    url = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000")
    today = datetime.now(SHANGHAI).date()
    desk = Desk(url, os.environ.get("DEMO_TOKEN") or _first_token(url))
    print("members", flush=True)
    _import(desk)
    register = list(desk.items("/members/people"))
    _grant(desk, register)
    company = Company(desk, {person["name"]: person["id"] for person in register})
    print("patrol", flush=True)
    crews = patrol.load(desk, register, random.Random(people.SEED), today)
    way.load(desk, today)
    past.load(crews, today)
    print("activities", flush=True)
    keys = _keys(desk)
    activities.load(desk, keys, today)
    company.sign_in()
    print("venues, lists, hall", flush=True)
    _load_what_units_do_together(company, keys, today)
    _write_logins(keys)


def _load_what_units_do_together(company: Company, keys: dict[str, str], today: date) -> None:
    """Side by side what does not need each other: they wait for the services more than for themselves."""
    work_day = hours.begin(company)
    rooms = venues.load(company, today)
    with ThreadPoolExecutor() as hands:
        each = [hands.submit(_places, company, keys, rooms, today), hands.submit(lists.load, company)]
        each += [hands.submit(_programme, company, today), hands.submit(together.load, company, today)]
        each += [hands.submit(cases.load, company.secretary)]
    for done in each:
        done.result()
    hours.finish(company, work_day, today)
    feedback.load(company, work_day)


def _places(company: Company, keys: dict[str, str], rooms: dict[str, dict], today: date) -> None:
    venues.book(company, rooms, today)
    series.load(company, keys, today)
    sign_ups.load(company, today)


def _programme(company: Company, today: date) -> None:
    hall.load(company, today)
    troupes.load(company, today)
    services.load(company)
    jobs.load(company, today)
    equipment.load(company, today)


def _first_token(url: str) -> str:
    command = [sys.executable, "-m", "services.members.first_secretary", "--token"]
    command += ["--name", SECRETARY.name, "--phone", SECRETARY.dialled]
    made = subprocess.run(command, capture_output=True, text=True)
    return made.stdout.strip() if made.returncode == 0 else _signed_in(url, SECRETARY.dialled)


def _signed_in(url: str, phone: str) -> str:
    """An interrupted run has made the secretary already, so she signs in by a code."""
    return sign_in(url, [phone])[phone].token


def _import(desk: Desk) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "三顺店2026.xlsx")
        workbook.build(file)
        made = desk.upload("/members/imports", file.name, file.read_bytes())
    path = f"/members/imports/{made['id']}"
    checked = desk.wait(path, lambda found: found["state"] in STATES_AT_REST)
    if checked["state"] == "checked" and not checked["counts"]["errors"]:
        desk.post(f"{path}/apply")
        checked = desk.wait(path, lambda found: found["state"] in ("applied", "failed"))
    if checked["state"] != "applied":
        raise Refused(f"the workbook: {checked}")


def _grant(desk: Desk, register: list[dict]) -> None:
    ids = {person["name"]: person["id"] for person in register}
    units = {unit["code"]: unit["id"] for unit in desk.get("/members/units")}
    held = {(grant["person_id"], grant["role"]) for grant in desk.items("/members/grants")}
    roles = [(name, unit, role) for name, unit, role, *_ in people.NAMED if role]
    roles += [(officer_of(unit).name, unit, "liaison") for unit in OFFICERS]
    for name, unit, role in roles:
        if (ids[name], role) in held:
            continue
        wish = {"person_id": ids[name], "role": role} | ({"unit_id": units[unit]} if role == "liaison" else {})
        desk.post("/members/grants", wish, key=f"grant {name} {role}")


def _keys(desk: Desk) -> dict[str, str]:
    """A live key for each unit that posts activities, and a test key for the sports brigade."""
    units = {unit["code"]: unit["id"] for unit in desk.get("/members/units")}
    keys = {}
    for code in sorted({entry[0] for entry in activities.ACTIVITIES}):
        keys[code] = _key(desk, units[code], "live", "示例 demo")
    keys["test"] = _key(desk, units["U02"], "test", "试用 test")
    return keys


def _key(desk: Desk, unit_id: str, kind: str, label: str) -> str:
    body = {"kind": kind, "label": label, "scopes": SCOPES}
    return desk.post(f"/members/units/{unit_id}/keys", body, key=f"key {unit_id} {kind}")["key"]


def _write_logins(keys: dict[str, str]) -> None:
    number = {member.name: member.dialled for member in people.members()}
    phones = os.environ.get("DEMO_PHONES_PORT")
    lines = [
        "示例登录 Demo log-ins (the code comes by SMS" + (f": http://127.0.0.1:{phones}/)" if phones else ")"),
        f"  书记 Secretary      白桂芳  {number['白桂芳']}",
        f"  干事 Clerk          赵启明  {number['赵启明']}",
        f"  志愿者 Volunteer    苏红梅  {number['苏红梅']}",
        f"  队长 Squad leader   郭建国  {number['郭建国']}",
        f"  联络员 Unit officer 刘志远  {number['刘志远']}  体工二大队",
        f"  联络员 Unit officer 陈晓岚  {number['陈晓岚']}  文化馆",
        f"  联络员 Unit officer 马文博  {number['马文博']}  公交车队",
        f"  体工二大队 U02 test key  {keys['test']}",
        f"  体工二大队 U02 live key  {keys['U02']}",
    ]
    Path(os.environ.get("DATA_DIR", ".data"), "demo-logins.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
