"""Somebody asks to be forgotten: who they were goes everywhere, what was counted stays, no restore brings it back."""

from typing import Any
from uuid import uuid4

import orjson
import pytest
from sqlalchemy import text

from services.members.domain import erasing, people
from services.members.models import Erasure, Person
from shared.config import config

NAME, PHONE, MAIL = "欧阳若兰", "10000009999", "ruolan@example.org"
EVERY_COLUMN = text("""
    SELECT format('SELECT %L FROM %I.%I t WHERE t::text LIKE %L LIMIT 1', n.nspname || '.' || c.relname, n.nspname,
                  c.relname, '%' || :marker || '%')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND n.nspname IN ('members', 'events', 'patrol', 'notify', 'bus')
""")


@pytest.fixture
def everybody_listens(request):
    """Let news reach all four services, not members alone."""
    from services import doors  # noqa: F401  importing registers
    from shared import bus

    db = request.getfixturevalue("db")

    def deliver() -> None:
        db.commit()
        due = text("SELECT subscriber, id FROM bus.deliveries ORDER BY id")
        for service, delivery_id in db.execute(due).all():
            bus.receive(service, delivery_id)
        failed = db.execute(text("SELECT topic, last_error FROM bus.deliveries WHERE failures > 0")).all()
        assert not failed, failed

    return deliver


@pytest.fixture(autouse=True)
def backups(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKUP_DIR", str(tmp_path / "backups"))
    config.cache_clear()
    yield tmp_path / "backups"
    config.cache_clear()


@pytest.fixture
def her(db, unit, everybody_listens):
    """A member of whom all services have heard."""
    unit("U01")
    facts: dict[str, Any] = {
        "place": None,
        "zone": None,
        "groups": [],
        "skills": ["law"],
        "category": "retired",
        "language": "zh",
    }
    person = people.put(db, uuid4(), unit="U01", phone=PHONE, email=MAIL, name=NAME, active=True, **facts)
    everybody_listens()
    return person.id


def where(db, marker: str) -> list[str]:
    """The tables in which these words stand."""
    asked = db.execute(EVERY_COLUMN, {"marker": marker}).scalars().all()
    return [found for question in asked if (found := db.execute(text(question.replace(":", "\\:"))).scalar())]


def erase(members, db, headers, person_id) -> int:
    version = db.scalar(text("SELECT version FROM members.people WHERE id = :id"), {"id": person_id})
    return members.delete(f"/people/{person_id}", headers={**headers, "If-Match": f'"v{version}"'}).status_code


def test_who_asked_to_be_forgotten_is_found_in_no_table(members, db, signed_in, her, everybody_listens):
    assert {"members.people", "events.people", "patrol.people", "notify.people", "bus.events"} <= set(where(db, NAME))

    assert erase(members, db, signed_in("secretary"), her) == 204
    everybody_listens()

    assert where(db, NAME) == []
    sealed = text("SELECT phone, phone_blind, email, active FROM members.people WHERE id = :id")
    assert db.execute(sealed, {"id": her}).one() == (None, None, None, False)
    assert db.execute(text("SELECT phone, email FROM notify.people WHERE person_id = :id"), {"id": her}).one() == (
        None,
        None,
    )
    told = db.scalar(text("SELECT payload -> 'people' -> 0 FROM bus.events WHERE topic = 'members.people_changed.v1'"))
    assert (told["phone"], told["email"], told["skills"]) == (None, None, [])


def test_what_was_said_to_her_and_of_her_has_no_name_in_it(members, db, signed_in, her, everybody_listens):
    other = db.scalar(text("SELECT uuidv7()"))
    rule = db.scalar(
        text("""
            INSERT INTO notify.rules
                (code, topic, condition, audience, template, class, needs_answer, why, "on", version)
            VALUES ('t', 't', '{}', '[]', 't', 'service', false, '{}', true, 1) RETURNING id""")
    )
    events = [db.scalar(text("SELECT uuidv7()")) for _ in range(2)]
    for event, readers in zip(events, ([her], [her, other]), strict=True):
        db.execute(
            text("""
                INSERT INTO notify.texts (event_id, rule_id, language, topic, class, title, body, sms_code, created_at)
                VALUES (:event, :rule, 'zh', 't', 'service', '通知', :body, '', now())"""),
            {"event": event, "rule": rule, "body": f"{NAME}同志，请到场"},
        )
        for reader in readers:
            db.execute(
                text("""
                    INSERT INTO notify.messages (id, event_id, rule_id, language, topic, thread, person_id, class, role,
                        inbox, needs_answer, ring, created_at)
                    VALUES (uuidv7(), :event, :rule, 'zh', 't', :event, :reader, 'service', '', true, false, 0,
                        now())"""),
                {"event": event, "rule": rule, "reader": reader},
            )
    db.commit()

    erase(members, db, signed_in("secretary"), her)
    everybody_listens()

    bodies = db.execute(text("SELECT body FROM notify.texts ORDER BY created_at, event_id")).scalars().all()
    assert set(bodies) == {None, "（已删除）同志，请到场"}
    assert db.scalar(text("SELECT count(*) FROM notify.messages")) == 3


@pytest.mark.parametrize("role", ["clerk", "duty", None])
def test_only_a_secretary_may_erase(members, db, signed_in, her, role):
    assert erase(members, db, signed_in(role), her) == 403


def test_a_secretary_is_not_erased_while_in_office(members, db, signed_in, her, grant):
    grant(her, "secretary")

    assert erase(members, db, signed_in("secretary"), her) == 409


def test_news_from_before_does_not_bring_her_back(members, db, signed_in, her, everybody_listens):
    erase(members, db, signed_in("secretary"), her)
    everybody_listens()
    old = db.execute(
        text("""SELECT bus.publish('members.people_changed.v1', NULL, now(), 'system', '', NULL, 'C', payload,
            '{events,patrol,notify}', '{events,patrol,notify}') FROM bus.events
            WHERE topic = 'members.people_changed.v1' LIMIT 1""")
    )
    assert old.scalar()
    everybody_listens()

    names = "SELECT name FROM {}.people WHERE person_id = :id"
    for service in ("events", "patrol", "notify"):
        assert db.scalar(text(names.format(service)), {"id": her}) == "（已删除）"


def test_a_database_taken_back_forgets_her_again(members, db, signed_in, her, everybody_listens, backups):
    erase(members, db, signed_in("secretary"), her)
    everybody_listens()
    assert str(her) in (backups / "erasures").read_text()
    _as_before(db, her)

    assert erasing.erase_again(db) == 1
    everybody_listens()

    assert where(db, NAME) == []
    assert erasing.erase_again(db) == 0


def test_half_a_line_takes_no_other_with_it(members, db, signed_in, her, everybody_listens, backups):
    backups.mkdir()
    (backups / "erasures").write_text("2026-11-26T00:00:00+00:00 20121031-0000-7000-8")
    erase(members, db, signed_in("secretary"), her)
    everybody_listens()
    _as_before(db, her)

    assert erasing.erase_again(db) == 1


def _as_before(db, her) -> None:
    """The database at a moment before she asked."""
    db.execute(text("DELETE FROM members.erasures"))
    db.expire_all()
    person = db.get(Person, her)
    person.name, person.active = NAME, True
    for service in ("events", "patrol", "notify"):
        db.execute(text(f"UPDATE {service}.people SET name = :name, active = true"), {"name": NAME})
    db.commit()
    assert db.get(Erasure, her) is None


def test_news_that_was_still_on_its_way_does_not_bring_her_back(members, db, signed_in, her, everybody_listens):
    """A service may hear of the end before it ever heard of the person."""
    told = db.scalar(text("SELECT payload FROM bus.events WHERE topic = 'members.people_changed.v1'"))
    db.execute(text("DELETE FROM notify.people WHERE person_id = :id"), {"id": her})
    erase(members, db, signed_in("secretary"), her)
    everybody_listens()
    late = """SELECT bus.publish('members.people_changed.v1', NULL, now(), 'system', '', NULL, 'C', :told,
        '{notify}', '{notify}')"""
    db.execute(text(late), {"told": orjson.dumps(told).decode()})
    everybody_listens()

    found = db.execute(text("SELECT name, phone, active FROM notify.people WHERE person_id = :id"), {"id": her})
    assert found.one() == ("（已删除）", None, False)


def test_nobody_is_registered_again_under_her_id_or_her_number(members, db, signed_in, her, everybody_listens):
    number = db.scalar(text("SELECT number FROM members.people WHERE id = :id"), {"id": her})
    erase(members, db, signed_in("secretary"), her)
    record = {"name": NAME, "category": "retired", "unit": "U01"}
    clerk = signed_in("clerk")

    assert members.put(f"/people/{her}", json=record, headers={**clerk, "If-Match": "*"}).status_code == 410
    moved = members.post(f"/people/{her}/move", json={"unit": "U01", "from": "2026-01-01"}, headers=clerk)
    assert moved.status_code == 410
    assert db.scalar(text("SELECT count(*) FROM members.people WHERE number = :number"), {"number": number}) == 0


def test_what_she_did_is_still_counted(members, db, signed_in, her, everybody_listens):
    rows = "SELECT count(*) FROM members.memberships WHERE person_id = :id"
    db.execute(text("UPDATE members.memberships SET valid_from = '2025-01-01' WHERE person_id = :id"), {"id": her})
    erase(members, db, signed_in("secretary"), her)
    everybody_listens()

    assert db.scalar(text(rows), {"id": her}) == 1
    assert db.scalar(text("SELECT count(*) FROM members.people WHERE id = :id"), {"id": her}) == 1


@pytest.fixture
def traces(db, her):
    """What she leaves behind by using the product: devices, wishes, a calendar, a round, an answer kept for repeats."""
    statements = """
        INSERT INTO notify.addresses (person_id, channel, address, address_blind, label, created_at)
            VALUES (:her, 'email', 'sealed', 'blind', '她的邮箱', now());
        INSERT INTO notify.preferences (person_id, quiet_from, quiet_until, "off")
            VALUES (:her, '22:00', '07:00', '{}');
        INSERT INTO events.feeds (person_id, secret, made_at) VALUES (:her, 'secret', now());
        INSERT INTO patrol.squads (id, code, name, leader_id, active, version)
            VALUES (:squad, 'S', '队', :other, true, 1);
        INSERT INTO patrol.squad_members (squad_id, person_id, buddy_id)
            VALUES (:squad, :her, :other), (:squad, :other, :her);
        INSERT INTO patrol.shifts (id, squad_id, starts_at, ends_at, state, handover, version)
            VALUES (:shift, :squad, now() - interval '2 hours', now() - interval '1 hour', 'ended', '', 1);
        INSERT INTO patrol.volunteers (person_id, trained_until, insured_until, version)
            VALUES (:her, '2099-12-31', '2099-12-31', 1), (:other, '2099-12-31', '2099-12-31', 1);
        INSERT INTO patrol.shift_crew (shift_id, person_id, role, stand_in)
            VALUES (:shift, :her, 'member', false), (:shift, :other, 'leader', false);
        INSERT INTO patrol.check_ins (id, shift_id, person_id, device_id, how, note, content, device_at, received_at,
                happened_at, time_quality)
            SELECT uuidv7(), :shift, person, 'phone of ' || person, 'tap', '', '', now(), now(), now(), 'device'
            FROM unnest(ARRAY[CAST(:her AS uuid), CAST(:other AS uuid)]) AS person;
        INSERT INTO bus.idempotency (committee_id, actor, route, key, request, status, body)
            VALUES (bus.committee(), 'person:' || :her, 'POST /x', 'key-of-hers', '', 201, '{}'),
                   (bus.committee(), 'person:' || :other, 'POST /x', 'key-of-another', '', 201,
                    convert_to('{"id": "' || :her || '"}', 'UTF8')),
                   (bus.committee(), 'person:' || :other, 'POST /x', 'key-not-of-her', '', 201, '{}')
    """
    facts = {"her": her, "other": uuid4(), "squad": uuid4(), "shift": uuid4()}
    for statement in statements.split(";"):
        names = {name: str(value) for name, value in facts.items() if f":{name}" in statement}
        db.execute(text(statement.replace('{"id": "', r'{"id"\: "')), names)
    db.commit()
    return facts


def test_her_devices_wishes_and_kept_answers_are_gone(members, db, signed_in, her, token, traces, everybody_listens):
    token(her)
    erase(members, db, signed_in("secretary"), her)
    everybody_listens()

    def found(sql: str) -> list:
        return list(db.execute(text(sql), {"her": her} if ":her" in sql else {}).scalars())

    assert found("SELECT num_nonnulls(address, address_blind) FROM notify.addresses WHERE person_id = :her") == [0]
    assert found("SELECT label FROM notify.addresses WHERE person_id = :her AND dead_at IS NOT NULL") == [""]
    assert found("SELECT 1 FROM notify.preferences WHERE person_id = :her") == []
    assert found("SELECT 1 FROM events.feeds WHERE person_id = :her") == []
    assert found("SELECT 1 FROM members.sessions WHERE person_id = :her") == []
    assert found("SELECT key FROM bus.idempotency WHERE key LIKE 'key-%'") == ["key-not-of-her"]


def test_her_rounds_stay_counted_without_her_phone(members, db, signed_in, her, traces, everybody_listens):
    erase(members, db, signed_in("secretary"), her)
    everybody_listens()

    devices = dict(db.execute(text("SELECT person_id, device_id FROM patrol.check_ins")).all())
    assert devices == {her: "", traces["other"]: f"phone of {traces['other']}"}
    squad = db.execute(text("SELECT person_id, buddy_id FROM patrol.squad_members")).all()
    assert squad == [(traces["other"], None)]
    assert db.scalar(text("SELECT count(*) FROM patrol.shift_crew")) == 2
