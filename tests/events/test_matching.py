"""Offers are matched with needs: with reasons, in an order, and by nothing that a person is."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.sql import visitors
from sqlalchemy.sql.schema import Column

from services.events.domain import matching, proposals
from services.events.models import Match, Need, Offer
from shared.db import now
from tests.events.conftest import once
from tests.events.lists_fixtures import words

#: What an automated proposal must never go by (PV-16): protected attributes, and class D.
FORBIDDEN = re.compile(
    r"ethnic|nation|religio|belief|politic|gender|sex|age|birth|health|diagnos|disab|income|poor|marit|famil|orient"
    r"|category|name|phone|email|language|groups|whose|title|text|household|hours|attendance|reliab|score"
)


def match_of(db, need: Need, offer: Offer) -> Match:
    db.expire_all()
    return db.query(Match).filter_by(need_id=need.id, offer_id=offer.id).one()


def test_matching_reads_only_what_is_written_down_and_nothing_that_a_person_is(need, offer):
    for other, line in ((Offer, need(skills=["law"], times=["weekday_day"])), (Need, offer(skills=["law"]))):
        statement = matching.query(other, matching.read(line))
        columns = {node for node in visitors.iterate(statement) if isinstance(node, Column)}
        known = {model.__tablename__: set(names) for model, names in matching.READ.items()}

        assert columns
        assert {getattr(table, "name", None) for table in statement.get_final_froms()} <= set(known)
        assert [c for c in columns if c.name not in known[c.table.name]] == []
    assert not [name for names in matching.READ.values() for name in names if FORBIDDEN.search(name)]


def test_proposals_come_by_themselves_and_both_sides_are_told(need, offer, settle, published, db):
    giver = offer(what="furniture", amount=9)
    chairs = need(what="furniture", amount=5)

    settle()

    match = match_of(db, chairs, giver)
    assert match.state == "proposed"
    [(_, told)] = published("events.need_matched.v1")
    assert (told["unit_ids"], told["offering_unit_ids"]) == ([str(chairs.unit_id)], [str(giver.unit_id)])


def test_an_offer_that_comes_later_finds_the_needs_that_wait(need, offer, settle, db):
    waiting = need(kind="skill", what=None, skills=["law"])
    settle()

    late = offer(kind="skill", what=None, skills=["law", "driving"])
    settle()

    assert {"code": "same_skill", "skill": "law"} in match_of(db, waiting, late).why


def test_every_match_says_what_how_many_when_where_and_what_is_carried_already(need, offer, unit, take, settle, db):
    giver, start = unit("U61"), now() + timedelta(days=3)
    take(need(what="books"), 1, by=giver)
    spot = {"compound": "C1", "building": "C1-B1", "entrance": None}
    stock = offer(giver, what="furniture", amount=3, until_at=start + timedelta(days=1), **spot)
    chairs = need(what="furniture", from_at=start, until_at=start + timedelta(days=9), times=["weekend_day"], **spot)

    settle()

    why = {reason["code"]: reason for reason in match_of(db, chairs, stock).why}
    assert why["same_what"] == {"code": "same_what", "what": "furniture"}
    assert why["part"] == {"code": "part", "n": 3, "of": 5}
    assert (why["time_fits"]["from"], why["time_fits"]["times"]) == (start.isoformat(), ["weekend_day"])
    assert why["near"] == {"code": "near", "step": "building", "compound": "C1"}
    assert why["light_load"] == {"code": "light_load", "open": 1}


def test_nearer_comes_first_then_who_carries_less(events, need, offer, unit, take, settle, clerk):
    here = {"compound": "C1", "building": None, "entrance": None}
    busy, near, far = unit("U62"), unit("U63"), unit("U64")
    for _ in range(3):
        take(need(what="books", compound=None), 1, by=busy)
    for giver, place in ((busy, {}), (far, {}), (near, here)):
        offer(giver, what="tools", amount=9, **place)
    wanted = need(what="tools", **here)

    settle()

    found = events.get(f"/needs/{wanted.id}/matches", headers=clerk).json["items"]
    assert [each["offer"]["unit"]["code"] for each in found] == ["U63", "U64", "U62"]
    assert "score" not in str(found)


def test_what_is_another_time_another_thing_ones_own_or_used_up_is_not_proposed(need, offer, unit, settle, db):
    own, soon = unit("U65"), now() + timedelta(days=1)
    offer(what="books")
    offer(what="furniture", from_at=now() + timedelta(days=20))
    offer(what="furniture", until_at=now() - timedelta(days=1), from_at=now() - timedelta(days=2))
    offer(what="furniture", times=["weekday_day"])
    offer(own, what="furniture")
    offer(what="furniture", publish=False)
    need(own, what="furniture", until_at=soon, times=["weekend_evening"])

    settle()

    assert db.query(Match).all() == []


def test_a_match_that_one_side_declines_is_not_proposed_again(events, need, offer, unit, liaison, settle, db):
    giver = unit("U66")
    chairs, stock = need(), offer(giver)
    settle()

    done = events.post(f"/matches/{match_of(db, chairs, stock).id}/decline", headers=liaison(giver))
    proposals.for_need(db, chairs.id)

    assert done.status_code == 204
    assert match_of(db, chairs, stock).state == "declined"


def test_matches_are_shown_to_the_two_sides_only(events, need, offer, unit, liaison, settle):
    chairs, stock = need(unit("U67")), offer(unit("U68"))
    settle()

    assert events.get(f"/needs/{chairs.id}/matches", headers=liaison(unit("U69"))).status_code == 403
    assert events.get(f"/offers/{stock.id}/matches", headers=liaison(unit("U70"))).status_code == 403


def test_looking_twice_tells_once(need, offer, settle, published, db):
    offer()
    chairs = need()
    settle()

    proposals.for_need(db, chairs.id)
    settle()

    assert len(published("events.need_matched.v1")) == 1


def test_the_step_of_place_is_what_both_have_in_common(need, offer, db):
    places = [(c, b, e) for c in (None, "C1", "C2") for b in (None, "B1", "B2") for e in (None, "E1", "E2")]
    places = [(c, b, e) for c, b, e in places if (c or not b) and (b or not e)]
    for compound, building, entrance in places:
        line = {"compound": compound, "building": building, "entrance": entrance}
        offer(person_id=uuid4(), unit_id=None, what="tools", **line)
    for here in places:
        wanted = matching.read(need(what="tools", **dict(zip(("compound", "building", "entrance"), here, strict=True))))
        for row in db.execute(matching.query(Offer, wanted).limit(None)):
            there = (row.compound, row.building, row.entrance)
            shared = next((n for n in (3, 2, 1) if all(here[:n]) and here[:n] == there[:n]), 0)
            assert row.step == 3 - shared, (here, there)


@pytest.mark.parametrize("kind", ["wish", "nonsense"])
def test_a_need_of_a_kind_that_is_none_is_refused(events, unit, liaison, kind):
    refused = events.post("/needs", json=words(kind=kind), headers=once(liaison(unit("U71"))))

    assert list(refused.json["errors"]) == ["kind"]
