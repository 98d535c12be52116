"""What a request makes Postgres do, written down as it happens and turned into a script for pgbench.

So the peer runs the statements that the product runs today, whatever becomes of them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from unittest.mock import patch

import psycopg

from bench.client import Refused
from bench.crews import Phone
from services.patrol.app import create_app

#: pgbench takes a colon before a letter for a variable of its own, even inside of quotes; two of them it lets be.
COLON = re.compile(r"(?<!:):(?=[A-Za-z_])")
MOMENT = re.compile(r"'(\d{4}-\d\d-\d\d [\d:.]+\+00:00)'::timestamptz")
LITERAL = re.compile(r"(E?)('(?:[^']|'')*')")
#: A new id differs from the one that we heard in its last digits.
DIGITS = 12
NUMBER = f"\\set number random(0, {16**DIGITS - 1})"


def script(phones: list[Phone], owner: psycopg.Connection) -> str:
    """A pgbench script in which the n-th client is the n-th phone: its check-in, a transaction."""
    lines = []
    for number, statements in enumerate(of_check_ins(phones, owner)):
        lines += [f"\\{'elif' if number else 'if'} :client_id = {number}", NUMBER]
        lines += [f"{statement};" for statement in ("BEGIN", *statements, "COMMIT")]
    return "\n".join([*lines, "\\endif", ""])


def of_check_ins(phones: list[Phone], owner: psycopg.Connection) -> Iterator[list[str]]:
    """For each phone the statements of a check-in, with a new id and the time at which they run."""
    app = create_app().test_client()
    for phone in phones:
        requests = phone.check_ins()
        _play(app, next(requests))  # the first one also greets the server
        at = datetime.now(UTC)
        with _heard(owner) as statements:
            check_in_id = _play(app, next(requests))
        yield [_anew(statement, check_in_id, at) for statement in statements]


def _play(app, request: bytes) -> str:
    """Send a check-in to the application in this process; return its id."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    path = first.split()[1].removeprefix("/api/patrol")
    answer = app.put(path, data=body, headers=[line.split(": ", 1) for line in lines])
    if answer.status_code != 200:
        raise Refused(answer.text)
    return path.rpartition("/")[2]


@contextmanager
def _heard(owner: psycopg.Connection) -> Iterator[list[str]]:
    """The statements that go to Postgres meanwhile, SQLAlchemy's or plain, with their values in place."""
    statements: list[str] = []
    binding, execute = psycopg.ClientCursor(owner), psycopg.Cursor.execute

    def note(cursor, statement, parameters=None, **options):
        statements.append(binding.mogrify(statement, parameters))
        return execute(cursor, statement, parameters, **options)

    with patch.object(psycopg.Cursor, "execute", note):
        yield statements


def _anew(statement: str, check_in_id: str, at: datetime) -> str:
    """The same statement for another check-in, as long after now as it was after *at*."""

    def later(literal: re.Match) -> str:
        return f"(now() + interval '{(datetime.fromisoformat(literal[1]) - at).total_seconds():.6f} s')"

    known = check_in_id[:-DIGITS]
    digits = f"'||lpad(to_hex(:number::bigint), {DIGITS}, '0')||'"

    def renewed(literal: re.Match) -> str:
        plain = literal[2].replace("\\\\", "\\") if literal[1] else literal[2]
        written = COLON.sub("'||chr(58)||'", plain).replace(check_in_id, known + digits)
        return literal[0] if written == literal[0] else f"({written})"

    return LITERAL.sub(renewed, " ".join(MOMENT.sub(later, statement).split()))
