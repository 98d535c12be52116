"""Statements in plain SQL: rows come back, errors are those of SQLAlchemy, and a lost connection is let go."""

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from shared import db as database
from shared.db import plain


def test_rows_come_back_as_they_are(db):
    assert plain(db, "SELECT n, %(word)s FROM generate_series(1, 2) n", word="是") == [(1, "是"), (2, "是")]


def test_a_statement_that_returns_nothing_gives_no_rows(db):
    assert plain(db, "CREATE TEMP TABLE kept (id int) ON COMMIT DROP") == []


def test_it_works_in_the_transaction_of_its_session(db):
    plain(db, "SELECT set_config('app.trace', 'here', true)")
    assert plain(db, "SELECT current_setting('app.trace')") == [("here",)]


def test_a_broken_rule_is_the_error_that_sqlalchemy_would_have_raised(db):
    with pytest.raises(IntegrityError), db.begin_nested():
        plain(db, "INSERT INTO members.people (id, active) VALUES (%(id)s, true)", id=None)


def test_a_connection_that_was_cut_is_not_used_again(engine):
    maker = database.sessionmaker(bind=engine)
    with maker() as cut, maker() as other:
        [(pid,)] = plain(cut, "SELECT pg_backend_pid()")
        plain(other, "SELECT pg_terminate_backend(%(pid)s, 5000)", pid=pid)
        with pytest.raises(OperationalError) as raised:
            plain(cut, "SELECT 1")
        cut.rollback()
        assert plain(cut, "SELECT pg_backend_pid()") != [(pid,)]
    assert raised.value.orig is not None
