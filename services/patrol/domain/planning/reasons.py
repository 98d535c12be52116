"""Why somebody is proposed, what is missing where nobody is, and what little would help: codes, worded by the pages."""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any
from uuid import UUID

from services.patrol.domain.hands import Hand, Span
from services.patrol.domain.planning.problem import Drawn, kinds_of, span_of
from services.patrol.models import Slot

Why = list[dict[str, Any]]

#: What would help against the one thing that speaks against somebody. Limits that they stated are nobody's to ease.
EASES = {
    "not_trained": "extend_training",
    "not_insured": "extend_insurance",
    "week_full": "one_more_turn",
    "not_free": "ask_other_time",
    "resting": "shorter_rest",
    "paused": "ask_while_paused",
}
MOST_OF_A_KIND = 5


def of_place(drawn: Drawn, slot: Slot, hand: Hand, crew: Sequence[Hand], *, kept: bool) -> Why:
    """Why they: told before the slot counts for anybody."""
    span = span_of(slot)
    why: Why = []
    if window := hand.window(span):
        why.append({"code": "free_then", **window})
    why.append(_turn(drawn, slot, hand))
    if (hours := hand.rested_hours(span)) is not None and hours < 24 * 7:
        why.append({"code": "rests", "hours": hours})
    if drawn.near(hand, slot):
        why.append({"code": "near"})
    if hand.unit and _units(crew) == slot.units_min > _units([one for one in crew if one is not hand]):
        why.append({"code": "mix", "unit": hand.unit})
    if kept:
        why.append({"code": "kept"})
    return why


def of_gaps(drawn: Drawn, slot: Slot, crew: Sequence[Hand]) -> tuple[int, dict[str, Any]]:
    """How many people are missing; and what exactly is missing, why, and the smallest things that would help."""
    missing = max(0, slot.min_crew - len(crew))
    units = max(0, slot.units_min - _units(crew)) if not missing else 0
    if not missing and not units:
        return 0, {}
    span, own = span_of(slot), drawn.own.get(slot.squad_id, set())
    inside = {hand.id for hand in crew}
    rest = [hand for hand in drawn.hands.values() if hand.id not in inside]
    mates = [(hand, hand.against(span)) for hand in rest if hand.id in own]
    unknown = len(own - drawn.hands.keys())
    against = Counter(code for _, codes in mates for code in codes) + Counter({"nothing_stated": unknown})
    return missing, {
        "missing": [{"code": "people", "people": missing}] if missing else [{"code": "units", "units": units}],
        "against": [{"code": code, "people": people} for code, people in sorted(against.items())],
        "ease": _eases(slot, crew, mates, missing) + _stand_ins(span, crew, rest, own, missing),
    }


def _turn(drawn: Drawn, slot: Slot, hand: Hand) -> dict[str, Any]:
    """The rarest kind of turn that it is, and how many of it they had in eight weeks."""
    kind = kinds_of(slot.starts_at, cold=slot.cold)[-1]
    had = {one.id: drawn.lately.get(one.id, Counter())[kind] for one in drawn.candidates(slot)}
    mine = drawn.lately.get(hand.id, Counter())[kind]
    usual = median(had.values()) if had else mine
    code = f"few_{kind}" if mine <= usual else "needed"
    return {"code": code, "had": mine, "usual": usual}


def _eases(slot: Slot, crew: Sequence[Hand], mates: list[tuple[Hand, list[str]]], missing: int) -> Why:
    there = {hand.unit for hand in crew}
    helpful = [(hand, codes) for hand, codes in mates if missing or hand.unit not in there]
    single = [(hand, codes[0]) for hand, codes in helpful if len(codes) == 1 and codes[0] in EASES]
    found: Why = []
    for against, code in EASES.items():
        found += [_about(code, hand) for hand, only in single if only == against][:MOST_OF_A_KIND]
    if missing and len(crew) >= 2:
        found.append({"code": "min_crew", "to": len(crew)})
    if not missing:
        found.append({"code": "units_min", "to": _units(crew)})
    return found


def _stand_ins(span: Span, crew: Sequence[Hand], rest: list[Hand], own: set[UUID], missing: int) -> Why:
    """Who is of no other obstacle than belonging to another squad."""
    there = {hand.unit for hand in crew}
    could = [hand for hand in rest if hand.id not in own and (missing or hand.unit not in there)]
    return [_about("stand_in", hand) for hand in could if not hand.against(span)][:MOST_OF_A_KIND]


def _about(code: str, hand: Hand) -> dict[str, Any]:
    return {"code": code, "person": hand.name, "person_id": str(hand.id)}


def _units(crew: Sequence[Hand]) -> int:
    return len({hand.unit for hand in crew})
