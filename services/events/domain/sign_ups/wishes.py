"""What somebody asks for who signs up, and what the activity's rules say of it.

What they tell is kept sealed with the sign-up, as far as the rules ask for it: {answers, party, birth_year, guardian}.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from services.events.domain.series.dates import HERE
from services.events.models import NAMED_BY_UNIT, Activity
from shared.db import now
from shared.errors import Invalid, Problem

#: Who may answer for a child.
GROWN_UP = 18
LONGEST_ANSWER = 500

Errors = dict[str, list]


class SignUpClosed(Problem):
    """It is too late to sign up; ask the unit."""


@dataclass(frozen=True)
class Wish:
    """A wish that may be fulfilled as far as rules go. *age*: that they reach in that year, if it matters."""

    party_size: int = 1
    part: str | None = None
    age: int | None = None
    needs: tuple[str, ...] = ()  # what they must be able to do for the part
    most: int | None = None  # people who do that part
    details: dict[str, Any] | None = field(default=None, repr=False)


def expect_in_time(activity: Activity) -> None:
    """Refuse who comes after the unit has closed the list."""
    minutes = activity.sign_up.get("closes_minutes_before", 0)
    closed_at = activity.starts_at - timedelta(minutes=minutes)
    if minutes and closed_at <= now():
        raise SignUpClosed(closed_at=closed_at)


def checked(activity: Activity, asked: dict[str, Any], *, by_unit: bool = False) -> Wish:
    """The wish in *asked*; Invalid says by field what the rules have against it."""
    rules = activity.sign_up
    errors: dict[str, list] = {}
    age = _age(activity, asked.get("birth_year"))
    size = asked.get("party_size", 1 + len(asked.get("party", ())))
    part = _part(rules, asked.get("part"))
    errors |= _wrong_part(part, asked.get("part"), by_unit)
    errors |= _wrong_size(rules, size)
    errors |= dict(_wrong_answers(rules, asked.get("answers", {})))
    errors |= _wrong_age(rules, age)
    errors |= _wrong_guardian(activity, asked.get("guardian"), age)
    if errors:
        raise Invalid(errors=errors)
    details = _kept(rules, asked, age)
    needs, most = (tuple(part.get("needs", ())), part["most"]) if part else ((), None)
    return Wish(size, asked.get("part"), age, needs, most, details)


def asks_age(rules: dict[str, Any]) -> bool:
    """Whether anything depends on how old people are; if not, they are not asked."""
    bounds = ("least_age", "most_age", "guardian_under")
    return any(rules.get(name) is not None for name in bounds) or any(q["by"] == "age" for q in rules.get("quotas", ()))


def _age(activity: Activity, birth_year: int | None) -> int | None:
    """The age that they reach in the activity's year: the year of birth is all that we ask."""
    if birth_year is None or not asks_age(activity.sign_up):
        return None
    return activity.starts_at.astimezone(HERE).year - birth_year


def _part(rules: dict[str, Any], code: str | None) -> dict[str, Any] | None:
    return next((part for part in rules.get("parts", ()) if part["code"] == code), None)


def _wrong_part(part: dict[str, Any] | None, code: str | None, by_unit: bool) -> Errors:
    if code is None:
        return {}
    if code in NAMED_BY_UNIT and not by_unit:
        return {"part": ["named_by_unit"]}
    return {} if part else {"part": [{"code": "unknown", "values": [code]}]}


def _wrong_size(rules: dict[str, Any], size: int) -> Errors:
    most = rules.get("party_most", 1)
    return {} if size <= most else {"party_size": [{"code": "out_of_range", "min": 1, "max": most}]}


def _wrong_answers(rules: dict[str, Any], answers: dict[str, Any]) -> Iterator[tuple[str, list]]:
    questions = {question["id"]: question for question in rules.get("questions", ())}
    for id in answers.keys() - questions.keys():
        yield f"answers.{id}", ["unknown_field"]
    for id, question in questions.items():
        if code := _wrong_answer(question, answers.get(id)):
            yield f"answers.{id}", [code]


def _wrong_answer(question: dict[str, Any], answer: Any) -> str | dict | None:
    if answer is None or answer == "":
        return "required" if question["required"] else None
    if question["kind"] == "yes_no":
        return None if isinstance(answer, bool) else "invalid"
    if not isinstance(answer, str):
        return "invalid"
    if question["kind"] == "choice" and answer not in question["choices"]:
        return {"code": "not_one_of", "choices": ", ".join(question["choices"])}
    return None if len(answer) <= LONGEST_ANSWER else {"code": "too_long", "max": LONGEST_ANSWER}


def _wrong_age(rules: dict[str, Any], age: int | None) -> Errors:
    if not asks_age(rules):
        return {}
    if age is None:
        return {"birth_year": ["required"]}
    least, most = rules.get("least_age"), rules.get("most_age")
    if age < 0:
        return {"birth_year": ["invalid"]}
    if least is not None and age < least:
        return {"birth_year": [{"code": "too_young", "min": least}]}
    if most is not None and age > most:
        return {"birth_year": [{"code": "too_old", "max": most}]}
    return {}


def _wrong_guardian(activity: Activity, guardian: dict[str, Any] | None, age: int | None) -> Errors:
    """A child needs a grown-up who answers for it; one who is no grown-up cannot."""
    if not _needs_guardian(activity.sign_up, age):
        return {}
    if guardian is None:
        return {"guardian": ["required"]}
    grown = _age(activity, guardian["birth_year"])
    return {} if grown is not None and grown >= GROWN_UP else {"guardian.birth_year": ["minor"]}


def _needs_guardian(rules: dict[str, Any], age: int | None) -> bool:
    under = rules.get("guardian_under")
    return under is not None and age is not None and age < under


def _kept(rules: dict[str, Any], asked: dict[str, Any], age: int | None) -> dict[str, Any] | None:
    """Of what they told, what the rules asked for."""
    given = {name: asked[name] for name in ("answers", "party") if asked.get(name)}
    if age is not None:
        given["birth_year"] = asked["birth_year"]
    if _needs_guardian(rules, age):
        given["guardian"] = asked["guardian"]
    return given or None
