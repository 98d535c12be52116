"""Troupes: rosters that only their leaders see, rooms that nobody else rehearses in, invitations and answers."""

from datetime import timedelta
from typing import Any

import pytest

from services.events.domain import invitations, troupes
from services.events.domain.invitations import EngagedElsewhere
from services.events.domain.scope import Asker
from services.events.domain.states import WrongState
from services.events.models import Troupe, TroupeMember
from shared.db import now
from shared.errors import Forbidden, Invalid
from shared.schemas.members import PeopleChanged
from tests.events.conftest import once, seen
from tests.events.hall import TUESDAY
from tests.events.test_members_news import news_of

HOURS = {"weekday": TUESDAY, "start_time": "19:00", "minutes": 90, "place": "小剧场"}
DAY = timedelta(days=1)


@pytest.fixture
def troupe(db, person):
    """Call it to let a troupe exist."""

    def troupe(name: str = "青城合唱队", **facts) -> Troupe:
        words: dict[str, Any] = {"discipline": "choir", "about": "", "rehearsals": [], "repertoire": []}
        leader = facts.pop("leader_id", None) or person("团长").person_id
        made = troupes.found(db, name=name, leader_id=leader, unit_id=None, **words | facts)
        db.commit()
        return made

    return troupe


@pytest.fixture
def invite(db, unit):
    """Call it to let a unit ask a troupe to play."""

    def invite(whom: Troupe, of=None, *, days: float = 3):
        starts_at = now() + days * DAY
        facts = {"title": "联欢会", "place": "小剧场", "wishes": "", "starts_at": starts_at}
        facts["ends_at"] = starts_at + timedelta(hours=2)
        made = invitations.invite(db, whom, of or unit(f"U{days}"), invited_by=None, **facts)
        db.commit()
        return made

    return invite


def leader(of: Troupe) -> Asker:
    return Asker(person_id=of.leader_id)


def test_everybody_sees_a_troupe_and_only_its_leader_who_is_in_it(events, troupe, person, token):
    made = troupe()
    anybody, head = token(person("路人").person_id), token(made.leader_id)
    posted = events.post(f"/troupes/{made.id}/roster", json={"name": "刘大姐", "part": "高音"}, headers=once(head))
    assert posted.status_code == 201

    assert events.get(f"/troupes/{made.id}", headers=anybody).json["size"] == 2
    assert events.get(f"/troupes/{made.id}/roster", headers=anybody).status_code == 403
    assert [one["name"] for one in events.get(f"/troupes/{made.id}/roster", headers=head).json["items"]] == [
        "刘大姐",
        "团长",
    ]


def test_a_resident_on_a_roster_is_kept_so_that_the_database_cannot_read_it(db, troupe):
    from sqlalchemy import text

    troupes.join(db, troupe(), name="刘大姐")

    kept = db.execute(text("SELECT name FROM events.troupe_members WHERE name IS NOT NULL")).scalar_one()
    assert kept.startswith("v1.")


def test_a_member_is_on_a_roster_once(db, troupe, person):
    made, somebody = troupe(), person("乙")
    for part in ("高音", "低音"):
        troupes.join(db, made, person_id=somebody.person_id, part=part)

    assert [(one.called, one.part) for one in troupes.roster(db, made)] == [("乙", "低音"), ("团长", "")]


def test_two_troupes_do_not_rehearse_in_one_room_at_one_time(db, troupe):
    troupe("一队", rehearsals=[HOURS])
    troupe("三队", rehearsals=[HOURS | {"start_time": "20:30"}])

    with pytest.raises(Invalid) as refused:
        troupe("二队", rehearsals=[HOURS | {"start_time": "20:10", "minutes": 20}])

    assert refused.value.errors == {"rehearsals.0.place": [{"code": "taken", "with": "一队"}]}


def test_a_leader_changes_their_troupe_and_nobody_elses(events, db, troupe, token):
    mine, other = troupe("一队"), troupe("二队")
    facts: dict[str, Any] = {"name": "一队", "discipline": "dance", "leader_id": str(mine.leader_id)}
    facts["repertoire"] = [{"title": "茉莉花", "minutes": 4}]
    head = token(mine.leader_id)

    changed = events.put(f"/troupes/{mine.id}", json=facts, headers=seen(head, mine))
    refused = events.put(f"/troupes/{other.id}", json=facts, headers=seen(head, other))

    assert (changed.json["discipline"], changed.json["repertoire"]) == ("dance", facts["repertoire"])
    assert refused.status_code == 403


def test_an_invitation_reaches_the_leader_and_the_answer_the_unit(db, troupe, invite, published):
    made = troupe()
    asked = invite(made)
    assert published("events.troupe_invited.v1")[0][1]["person_id"] == str(made.leader_id)

    invitations.answer(db, asked.id, leader(made), accepted=True)

    [(_, news)] = published("events.troupe_answered.v1")
    assert (news["result"], news["unit_id"]) == ("accepted", str(asked.unit_id))


def test_a_troupe_is_not_in_two_places(db, troupe, invite):
    made = troupe()
    first, second = invite(made, days=3), invite(made, days=3.05)
    invitations.answer(db, first.id, leader(made), accepted=True)

    with pytest.raises(EngagedElsewhere):
        invitations.answer(db, second.id, leader(made), accepted=True)
    invitations.answer(db, first.id, leader(made), accepted=False, reason="指挥病了")

    assert invitations.answer(db, second.id, leader(made), accepted=True).state == "accepted"


def test_what_was_withdrawn_is_not_accepted(db, troupe, invite, published):
    made = troupe()
    asked = invite(made)
    invitations.withdraw(db, asked.id, Asker(units=frozenset({asked.unit_id})), reason="改期")
    assert published("events.troupe_uninvited.v1")[0][1]["reason"] == "改期"

    with pytest.raises(WrongState):
        invitations.answer(db, asked.id, leader(made), accepted=True)


def test_only_who_leads_answers_and_only_who_invited_withdraws(db, troupe, invite):
    made = troupe()
    asked = invite(made)

    with pytest.raises(Forbidden):
        invitations.answer(db, asked.id, Asker(units=frozenset({asked.unit_id})), accepted=True)
    with pytest.raises(Forbidden):
        invitations.withdraw(db, asked.id, leader(made), reason="x")


def test_into_the_past_nobody_is_invited(db, troupe, invite):
    with pytest.raises(Invalid):
        invite(troupe(), days=-3)


def test_whoever_leaves_is_on_no_roster(db, hear, troupe, person):
    made, leaving = troupe(), person("走的人")
    troupes.join(db, made, person_id=leaving.person_id)

    hear(PeopleChanged, people=[news_of(leaving, active=False)])

    assert db.query(TroupeMember).filter_by(person_id=leaving.person_id).count() == 0
