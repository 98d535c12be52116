"""Places on shifts pass on: swaps, and looking for cover."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from services.patrol.domain import covers
from services.patrol.models import Cover, CoverAsk, Crew, SquadMember, Swap, Volunteer
from shared.db import now
from shared.outbox import publish
from shared.schemas.notify import AnswerGiven
from shared.schemas.patrol import CoverAsked, ShiftSwapOffered

DAY = 60 * 24


@pytest.fixture
def api(patrol, token):
    """Call it as somebody: api(who, "POST", path, body)."""

    def api(who, method, path, json=None):
        return patrol.open(path, method=method, json=json, headers=token(who) | {"Idempotency-Key": str(uuid4())})

    return api


@pytest.fixture
def crew_of(db):
    return lambda shift: set(db.scalars(select(Crew.person_id).where(Crew.shift_id == shift.id)))


@pytest.fixture
def asked_for(db):
    """Call it with a shift for who was asked, a set a batch."""

    def asked_for(shift):
        batches: dict[int, set] = {}
        query = select(CoverAsk).join(Cover).where(Cover.shift_id == shift.id).execution_options(populate_existing=True)
        for ask in db.scalars(query):
            batches.setdefault(ask.batch, set()).add(ask.person_id)
        return [batches[number] for number in sorted(batches)]

    return asked_for


@pytest.fixture
def ask_of(db):
    return lambda person_id: db.scalars(select(CoverAsk).where(CoverAsk.person_id == person_id)).one()


@pytest.fixture
def taps(db, hear):
    """Call it to let somebody answer a message by one tap."""

    def taps(person_id, topic, thread, answer):
        facts = {"about": topic, "person_id": person_id, "answered_at": now(), "answer": answer}
        publish(db, AnswerGiven, thread=thread, **facts)
        hear()

    return taps


def test_a_place_is_offered_by_name_and_taken(plan, api, leader, walker, companion, crew_of, published):
    shift = plan(DAY)

    offer = api(walker, "POST", f"/shifts/{shift.id}/swap", {"to": str(leader)}).json
    taken = api(leader, "POST", f"/swaps/{offer['id']}/accept")

    assert taken.json["state"] == "accepted"
    assert crew_of(shift) == {leader, companion}
    [(_, told)] = published("patrol.shift_swap_ended%")
    assert (told["person_id"], told["swap_outcome"]) == (str(walker), "accepted")
    assert not published("patrol.shift_cancelled%"), "who gave it away hears it once"


def test_of_two_who_take_a_place_of_the_market_one_has_it(plan, api, person, squad, db, walker, leader, crew_of):
    third = person("孟繁荣")
    db.add(SquadMember(squad_id=squad.id, person_id=third))
    shift = plan(DAY)
    offer = api(walker, "POST", f"/shifts/{shift.id}/swap", {}).json

    first = api(leader, "POST", f"/swaps/{offer['id']}/accept")
    second = api(third, "POST", f"/swaps/{offer['id']}/accept")

    assert (first.status_code, second.status_code, second.json["title"]) == (200, 409, "PlaceTaken")
    assert leader in crew_of(shift)
    assert third not in crew_of(shift)


def test_the_market_is_the_squads_and_what_one_may_not_see_is_not_there(plan, api, person, leader, walker, companion):
    shift, stranger = plan(DAY), person("外人")
    offer = api(walker, "POST", f"/shifts/{shift.id}/swap", {}).json

    assert api(stranger, "POST", f"/swaps/{offer['id']}/accept").status_code == 404
    assert api(stranger, "POST", f"/shifts/{shift.id}/swap", {}).status_code == 404
    assert api(stranger, "GET", "/me/swaps").json["items"] == []
    assert [one["id"] for one in api(leader, "GET", "/me/swaps").json["items"]] == [offer["id"]]
    assert api(companion, "GET", "/me/swaps").json["items"] == [], "who walks it already cannot take it"


def test_who_takes_a_place_passes_the_same_gate(db, plan, api, leader, walker, crew_of):
    shift = plan(DAY)
    db.get(Volunteer, leader).trained_until = None
    db.commit()
    offer = api(walker, "POST", f"/shifts/{shift.id}/swap", {"to": str(leader)}).json

    answer = api(leader, "POST", f"/swaps/{offer['id']}/accept")

    assert answer.json["errors"]["crew"][0]["code"] == "not_trained"
    assert walker in crew_of(shift)


def test_one_tap_takes_a_place_and_a_tap_that_comes_too_late_is_answered(
    db, plan, api, leader, walker, companion, taps, crew_of, published
):
    shift = plan(DAY)
    offer = api(walker, "POST", f"/shifts/{shift.id}/swap", {"to": str(leader)}).json
    api(walker, "DELETE", f"/swaps/{offer['id']}")

    taps(leader, ShiftSwapOffered.topic, db.scalars(select(Swap.id)).one(), "ack")

    assert crew_of(shift) == {walker, companion}
    [(_, told)] = published("patrol.shift_swap_ended%")
    assert (told["person_id"], told["swap_outcome"]) == (str(leader), "too_late")


def test_cover_asks_three_at_a_time_of_whom_nothing_speaks_against_and_the_squad_first(
    db, plan, api, person, leader, walker, companion, asked_for
):
    shift = plan(DAY, crew=[walker, leader])
    fits = {person(f"帮手{n}") for n in range(4)}
    untrained, busy, away = person("没培训", trained_until=None), person("忙着"), person("没空")
    plan(DAY, crew=[busy])
    weekday = (shift.starts_at + timedelta(days=2)).isoweekday()
    db.get(Volunteer, away).free = [{"weekday": weekday, "from": "00:00", "until": "24:00"}]
    db.commit()

    cover = api(leader, "POST", f"/shifts/{shift.id}/cover", {"places": 1}).json

    [first] = asked_for(shift)
    assert (cover["state"], len(first)) == ("open", 3)
    assert companion in first
    assert first <= fits | {companion}
    assert not first & {untrained, busy, away}
    assert [why["code"] for why in cover["asks"][0]["why"]] == ["not_asked_yet", "no_clash"]


def test_whoever_was_asked_longest_ago_is_asked_first(db, plan, api, person, leader, walker, companion, asked_for):
    people = [person(f"帮手{n}") for n in range(4)]
    before = plan(DAY * 3, crew=[walker, companion, leader])
    old = Cover(shift_id=before.id, places=1, asked_by=leader, began_at=now(), next_at=now(), state="filled")
    db.add(old)
    db.flush()
    for days, one in enumerate(people, start=1):
        asked_at = now() - timedelta(days=days)
        db.add(CoverAsk(cover_id=old.id, person_id=one, batch=1, asked_at=asked_at, why=[], state="declined"))
    shift = plan(DAY, crew=[walker, companion, leader])
    db.commit()

    api(leader, "POST", f"/shifts/{shift.id}/cover", {"places": 1})

    assert asked_for(shift) == [set(people[1:])]


def test_the_next_are_asked_when_time_has_passed_and_at_once_when_all_cannot(
    db, plan, api, person, leader, walker, companion, asked_for, tick
):
    for n in range(7):
        person(f"帮手{n}")
    shift = plan(DAY, crew=[walker, companion, leader])
    api(leader, "POST", f"/shifts/{shift.id}/cover", {"places": 1})

    tick("patrol", "ask_for_cover")
    assert len(asked_for(shift)) == 1, "their minutes have not passed"
    db.execute(text("UPDATE patrol.covers SET next_at = now() - interval '1 second'"))
    tick("patrol", "ask_for_cover")
    assert [len(batch) for batch in asked_for(shift)] == [3, 3]
    for ask in db.scalars(select(CoverAsk)).all():
        covers.say(db, ask.id, person_id=ask.person_id, yes=False)
    assert [len(batch) for batch in asked_for(shift)] == [3, 3, 1]


def test_it_stops_when_the_place_is_filled_and_everybody_asked_is_told(
    db, plan, api, person, leader, walker, companion, asked_for, taps, crew_of, published, ask_of
):
    for n in range(3):
        person(f"帮手{n}")
    shift = plan(DAY, crew=[walker, companion, leader])
    api(leader, "POST", f"/shifts/{shift.id}/cover", {"places": 1})
    [[first, second, third]] = [sorted(batch) for batch in asked_for(shift)]

    taps(first, CoverAsked.topic, ask_of(first).id, "ack")
    taps(second, CoverAsked.topic, ask_of(second).id, "ack")

    assert first in crew_of(shift)
    assert second not in crew_of(shift)
    stands_in = select(Crew.stand_in).where(Crew.shift_id == shift.id, Crew.person_id == first)
    assert db.scalar(stands_in)
    told = [(facts["person_id"], facts["cover_outcome"]) for _, facts in published("patrol.cover_ended%")]
    assert sorted(told) == sorted(
        [(str(first), "accepted"), (str(second), "filled"), (str(third), "filled"), (str(second), "too_late")]
    )
    assert api(third, "POST", f"/cover-asks/{ask_of(third).id}/answer", {"yes": True}).json["title"] == "CoverOver"


def test_when_nobody_fits_any_more_the_leader_and_the_desk_hear_it(plan, api, leader, walker, companion, published):
    shift = plan(DAY, crew=[walker, companion, leader])

    cover = api(leader, "POST", f"/shifts/{shift.id}/cover", {"places": 1}).json

    assert (cover["state"], cover["asks"]) == ("nobody_left", [])
    [(_, told)] = published("patrol.cover_found_nobody%")
    assert told["leader_ids"] == [str(leader)]


def test_only_the_leader_and_the_desk_look_for_cover_and_only_who_is_asked_answers(
    plan, api, person, leader, desk, walker, companion, asked_for, ask_of
):
    helper = person("帮手")
    shift = plan(DAY, crew=[walker, companion, leader, desk])

    assert api(walker, "POST", f"/shifts/{shift.id}/cover", {}).status_code == 404
    assert api(desk, "POST", f"/shifts/{shift.id}/cover", {}).status_code == 201
    assert asked_for(shift) == [{helper}]
    assert api(leader, "POST", f"/cover-asks/{ask_of(helper).id}/answer", {"yes": True}).status_code == 404
    [mine] = api(helper, "GET", "/me/cover-asks").json["items"]
    assert mine["why"]
    assert api(helper, "POST", f"/cover-asks/{mine['id']}/answer", {"yes": True}).json["state"] == "accepted"
    again = api(helper, "POST", f"/cover-asks/{mine['id']}/answer", {"yes": True})
    assert again.json["state"] == "accepted", "twice is once"
