"""The audit log: nobody changes a row, drops one or moves one without being found."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from embedded import postgres
from shared import anchors, audit, upkeep
from shared import db as database
from shared.config import config
from tests.conftest import COMMITTEE
from tests.shared.chain import anchor, note, verified

#: What somebody with every right in Postgres may do, and what the verifier says then.
TAMPERING = {
    "one letter of a row": (
        "UPDATE audit.entries SET actor = overlay(actor placing 'q' from 1 for 1) WHERE seq = 7",
        ["row 7 is not what was written, or not in its place"],
    ),
    "one byte of a hash": (
        "UPDATE audit.entries SET hash = set_byte(hash, 31, get_byte(hash, 31) # 1) WHERE seq = 7",
        [
            "row 7 is not what was written, or not in its place",
            "row 8 is not what was written, or not in its place",
        ],
    ),
    "one microsecond": (
        "UPDATE audit.entries SET at = at + interval '1 microsecond' WHERE seq = 12",
        ["row 12 is not what was written, or not in its place"],
    ),
    "a fact": (
        """UPDATE audit.entries SET facts = '{"number": 8}' WHERE seq = 7""",
        ["row 7 is not what was written, or not in its place"],
    ),
    "a row gone": (
        "DELETE FROM audit.entries WHERE seq = 5",
        ["what stood between row 4 and row 6 is gone"],
    ),
    "two rows in each other's place": (
        """UPDATE audit.entries SET seq = 100 WHERE seq = 3; UPDATE audit.entries SET seq = 3 WHERE seq = 4;
           UPDATE audit.entries SET seq = 4 WHERE seq = 100""",
        [
            "row 3 is not what was written, or not in its place",
            "row 4 is not what was written, or not in its place",
            "row 5 is not what was written, or not in its place",
        ],
    ),
    "a neighbour's copy": (
        """DELETE FROM audit.entries WHERE seq = 7; INSERT INTO audit.entries
           SELECT committee_id, 7, at, actor, on_behalf_of, action, object_kind, object_id, facts, correlation_id, hash
           FROM audit.entries WHERE seq = 6""",
        [
            "row 7 is not what was written, or not in its place",
            "row 8 is not what was written, or not in its place",
        ],
    ),
    "the last rows": (
        "DELETE FROM audit.entries WHERE seq > 10",
        ["the end is not where the head says: the last row is 10, the head says 12"],
    ),
    "everything": (
        "DELETE FROM audit.entries; DELETE FROM audit.heads",
        [],
    ),
}

#: The chain by itself cannot know what it never had.
REWOUND = """
    DELETE FROM audit.entries WHERE seq > 10;
    UPDATE audit.heads h SET seq = e.seq, hash = e.hash FROM audit.entries e WHERE e.seq = 10
"""


@pytest.fixture
def tampered(connection):
    """Call it with what a superuser does who switches the triggers off first."""

    def tampered(statements: str) -> list[str]:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(statements)
        connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
        return verified()

    return tampered


@pytest.fixture
def keys(monkeypatch):
    """Call it with the keys that a service has."""

    def keys(**given: str) -> None:
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        config.cache_clear()
        audit._key.cache_clear()

    yield keys
    monkeypatch.undo()
    config.cache_clear()
    audit._key.cache_clear()


def test_an_untouched_log_is_as_it_was_written(chain):
    assert verified() == []


@pytest.mark.parametrize("what", TAMPERING)
def test_whoever_changes_the_log_is_found(chain, tampered, what):
    statements, said = TAMPERING[what]

    found = tampered(statements)

    assert [line for line in found if "anchor" not in line] == said
    assert found, "nothing was found"


def test_a_cut_end_with_a_head_that_was_turned_back_is_found_by_the_anchor(chain, tampered):
    assert tampered(REWOUND) == ["row 11 is gone: an anchor saw it"]


def test_a_log_that_was_cut_and_grew_again_is_found_by_the_anchor(chain, tampered):
    tampered(REWOUND)
    for number in range(3):
        note(number)

    assert verified() == ["row 11 is not the one that an anchor saw"]


def test_the_clock_says_at_once_that_an_anchor_does_not_hold(chain, tampered):
    assert anchor()

    tampered("DELETE FROM audit.entries; DELETE FROM audit.heads")

    assert not anchor()


def test_it_is_written_down_outside_when_the_log_was_anchored_and_verified_and_how(chain, tampered, outside):
    assert anchor()
    audit.check(COMMITTEE)
    assert said(outside) == {"audit_anchor": False, "audit_check": False}

    tampered("DELETE FROM audit.entries; DELETE FROM audit.heads")
    anchor()
    audit.check(COMMITTEE)

    assert said(outside) == {"audit_anchor": True, "audit_check": True}


def said(outside) -> dict[str, bool]:
    """What failed, of what was ever done."""
    return {done.kind: done.failed for done in upkeep.standing(outside.parent) if done.age < upkeep.NEVER}


def test_services_that_share_the_logs_key_and_no_other_make_one_chain(connection, outside, keys):
    for number, signing_key in enumerate(("", "b3RoZXI=", "dGhpcmQ=")):
        keys(AUDIT_KEY="dGhlIGxvZw==", SIGNING_KEY=signing_key)
        note(number)

    assert verified() == []


def test_without_any_key_nothing_is_written(connection, outside, keys):
    keys(AUDIT_KEY="", SIGNING_KEY="")

    with pytest.raises(RuntimeError, match="AUDIT_KEY"):
        note(1)


def test_a_torn_anchor_is_told_and_does_not_spoil_the_next(chain, outside):
    file = outside / f"{COMMITTEE}.jsonl"
    with file.open("ab") as torn:
        torn.write(b'\n{"at":"2026-')
    anchor()

    seen, wrong = anchors.read(COMMITTEE)

    assert sorted(seen) == [11, 12]
    assert wrong == [f"line 3 of {file} cannot be read"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.entries SET actor = actor",
        "DELETE FROM audit.entries",
        "TRUNCATE audit.entries",
        "UPDATE audit.heads SET seq = seq - 1",
        "DELETE FROM audit.heads",
        "TRUNCATE audit.heads",
    ],
)
def test_not_even_the_owner_changes_the_log_by_mistake(chain, connection, statement):
    with pytest.raises(ProgrammingError, match="the audit log"):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("service", ["members", "events", "patrol", "notify"])
@pytest.mark.parametrize(
    "act", ["UPDATE {} SET seq = 1", "DELETE FROM {}", "TRUNCATE {}", "INSERT INTO {} DEFAULT VALUES"]
)
@pytest.mark.parametrize("thing", ["audit.entries", "audit.heads"])
def test_no_service_has_a_right_to_change_the_log(connection, service, act, thing):
    with pytest.raises(ProgrammingError, match="permission denied"), database.transaction(service) as tx:
        tx.execute(text(act.format(thing)))


def test_a_row_that_is_not_the_next_is_refused(chain, connection):
    forged = """SELECT audit.append(13, now(), 'x', NULL, 'members.x', 'x', NULL, '{}', '', set_byte(hash, 0, 0), hash)
                FROM audit.heads"""
    with pytest.raises(OperationalError, match="not the end"), database.transaction("members", COMMITTEE) as tx:
        tx.execute(text(forged))


def test_what_was_undone_is_not_in_the_log(chain):
    with database.session("members") as tx:
        for kept in (False, True):
            database.enter(tx, COMMITTEE)
            audit.record(tx, "members.kept" if kept else "members.undone", "thing", uuid4())
            with tx.begin_nested() as part:
                audit.record(tx, "members.undone", "thing", uuid4())
                part.rollback()
            tx.commit() if kept else tx.rollback()

    with database.transaction("members", COMMITTEE) as tx:
        last = tx.execute(text("SELECT seq, action FROM audit.entries ORDER BY seq DESC LIMIT 1")).one()
    assert tuple(last) == (13, "members.kept")
    assert verified() == []


@pytest.mark.parametrize("fact", ["郭建国", "13800000000", 13800000000, "a b", {"a": 1}, 1.5])
def test_what_may_be_personal_is_no_fact(connection, fact):
    with database.transaction("members", COMMITTEE) as tx, pytest.raises(ValueError, match="only ids"):
        audit.record(tx, "members.x", "thing", uuid4(), what=fact)


def test_committees_have_chains_of_their_own(chain, db):
    other = uuid4()
    db.execute(text("INSERT INTO bus.committees VALUES (:id, 'other', '别处')"), {"id": other})
    note(1, committee_id=other)

    assert (verified(), verified(other)) == ([], [])


def test_many_writers_make_one_chain_and_the_command_verifies_it(tmp_path, outside, monkeypatch, capsys):
    """On a server of its own: here the transactions end."""
    with_server = postgres.start(tmp_path / "postgres", durable=False)
    try:
        from migrations.upgrade import upgrade

        upgrade(with_server.url)
        monkeypatch.setenv("DATABASE_URL", with_server.url)
        config.cache_clear()
        database.connect("members")
        with ThreadPoolExecutor(8) as writers:
            list(writers.map(note, range(200)))

        with database.transaction("members", COMMITTEE) as tx:
            rows = tx.execute(text("SELECT seq, facts -> 'number' FROM audit.entries ORDER BY seq")).all()
        assert [row[0] for row in rows] == list(range(1, 201))
        assert {row[1] for row in rows} == set(range(200))

        assert (audit.main("anchor"), audit.main("verify")) == (0, 0)
        assert "anchored at row 200" in (said := capsys.readouterr().out)
        assert "200 rows, 1 anchors: as they were written" in said
        tamper = "SET session_replication_role = replica; DELETE FROM audit.entries WHERE seq = 200"
        owner = create_engine(with_server.url)
        with owner.begin() as connection:
            connection.exec_driver_sql(tamper)
        owner.dispose()
        assert audit.main("verify") > 0
        assert "BROKEN" in capsys.readouterr().out
    finally:
        bind = database.session("members").get_bind()
        assert isinstance(bind, Engine)
        bind.dispose()
        with_server.stop()
