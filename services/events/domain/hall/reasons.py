"""Why a proposal is as it is, and why there is none: codes with facts, which the pages put into words."""

from typing import Any

from services.events.domain.hall.planning import Hour, Plan, Subject

Why = list[dict[str, Any]]


def of_proposal(plan: Plan, number: int) -> Why:
    """Why this topic, this speaker, this room, at this time."""
    hour, subject = plan.hours[number], plan.subjects[number]
    why: Why = [{"code": "votes", "count": subject.votes}]
    if subject.months:
        why.append({"code": "season", "months": sorted(subject.months)})
    if speaker := plan.speakers.get(number):
        why.append({"code": "speaker_free", "weekday": hour.on.isoweekday()})
        why.append({"code": "speaker_load", "has": plan.load(speaker), "cap": plan.voices[speaker].cap})
    elif not subject.needs_speaker:
        why.append({"code": "no_speaker_needed"})
    why.append({"code": "own_place" if subject.place else "room_free", "place": subject.place or hour.place})
    if plan.count(subject) > 1:
        why.append({"code": "comes_again", "times": plan.count(subject)})
    if not any(other.group == subject.group for other in plan.beside(number)):
        why.append({"code": "changes_with_neighbours"})
    return why


def of_gap(plan: Plan, number: int) -> Why:
    """Why nothing is proposed for this time."""
    hour = plan.hours[number]
    if hour.place:
        return [{"code": "no_topic_fits"}]
    return [{"code": "no_room"}, *({"code": f"room_{objection}", "place": room} for room, objection in hour.against)]


def of_left(plan: Plan, subject: Subject) -> Why:
    """Why a topic has no time."""
    hours = [hour for hour in plan.hours.values() if subject.in_season(hour)]
    if not hours:
        return [{"code": "out_of_season", "months": sorted(subject.months)}]
    speaking = [voice for voice in plan.voices.values() if subject.id in voice.topics]
    if subject.needs_speaker and not speaking:
        return [{"code": "nobody_speaks_of_it"}]
    if subject.needs_speaker and not any(voice.can(subject, hour) for voice in speaking for hour in hours):
        return [{"code": "speakers_not_free"}]
    if not [hour for hour in hours if _is_open(plan, hour, subject)]:
        return [{"code": "no_time_left"}]
    return [{"code": "speakers_full", "speakers": len(speaking)}]


def _is_open(plan: Plan, hour: Hour, subject: Subject) -> bool:
    return hour.number not in plan.subjects and hour.number not in plan.fixed and subject.suits(hour)
