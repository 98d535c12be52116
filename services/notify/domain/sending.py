"""Out of the house, in no transaction: claim a batch under a lease, send, write all outcomes down at once.

The claim is the intent: it is committed before the call. What is found `sending` when its lease is over was cut off
in between. Where a second copy replaces the first it is sent again; where it would double, it is *unknown* and waits
for a person, unless it is an alarm: two are better than none.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from random import uniform
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.notify.channels import CHANNELS, Gateway, Outcome
from services.notify.domain import bundles
from services.notify.domain.envelopes import Letter, open_letters
from services.notify.domain.lanes import send_all
from services.notify.domain.messages import ring_the_bell
from shared import db
from shared.config import config
from shared.db import now
from shared.schemas.fields import CLASSES

#: Of each class a batch holds so many.
BATCH = 300
#: Seconds in which a batch begins to send.
ROUND = 5
#: Seconds for which a call goes on claiming; alarms come in between those of many.
CALL, URGENT_CALL = 40, 5
LEASE, URGENT_LEASE = timedelta(seconds=120), timedelta(seconds=30)
#: A turn is renewed with each batch, so that soon after its holder was cut off it is another's; if it died, at once.
TURN = timedelta(seconds=15)
MOST_TRIES = 100
THREADS = 64

RECOVER = text("""
    UPDATE notify.sendings SET lease_until = NULL, detail = 'cut off',
        state = CASE WHEN channel = ANY (:replaced) OR priority = 0 AND sealed IS NULL THEN 'queued' ELSE 'unknown' END,
        sealed = CASE WHEN channel = ANY (:replaced) THEN sealed END
    WHERE state = 'sending' AND (lease_until < :now OR :fresh AND priority > 0)
""")
CLAIM = text("""
    UPDATE notify.sendings SET state = 'sending', attempts = attempts + 1, lease_until = :until
    WHERE id = ANY (ARRAY(
        SELECT due.id FROM unnest(CAST(:priorities AS int[])) AS class (priority), LATERAL (
            SELECT id FROM notify.sendings
            WHERE state IN ('queued', 'failed') AND priority = class.priority AND due_at <= :now
            ORDER BY due_at LIMIT :batch FOR UPDATE SKIP LOCKED
        ) AS due
    ))
    RETURNING id
""")
RECORD = text("""
    WITH outcome AS (
        SELECT * FROM jsonb_to_recordset(CAST(:outcomes AS jsonb)) AS o (
            id uuid, address_id uuid, state text, due_at timestamptz, attempts int, detail text, provider_id text,
            gone boolean)
    ), heard AS (
        UPDATE notify.addresses a SET
            last_ok_at = CASE WHEN o.reached THEN :now ELSE a.last_ok_at END,
            dead_at = CASE WHEN o.gone THEN :now ELSE a.dead_at END
        FROM (SELECT address_id, bool_or(gone) AS gone, bool_or(state = 'sent') AS reached FROM outcome GROUP BY 1) AS o
        WHERE a.id = o.address_id AND (o.gone OR o.reached)
    )
    UPDATE notify.sendings s SET state = o.state, due_at = coalesce(o.due_at, s.due_at), attempts = o.attempts,
        detail = o.detail, provider_id = o.provider_id, lease_until = NULL,
        sent_at = CASE WHEN o.state = 'sent' THEN CAST(:now AS timestamptz) END,
        sealed = CASE WHEN o.state IN ('queued', 'failed') THEN s.sealed END
    FROM outcome o WHERE s.id = ANY (:ids) AND s.id = o.id AND s.state IN ('sending', 'unknown')
""")
TAKE_TURN = text("""
    INSERT INTO notify.turns AS t (holder, until) VALUES (:me, :until)
    ON CONFLICT (committee_id) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE t.until < :now OR t.holder = excluded.holder OR :holder_is_dead
    RETURNING true
""")
#: Kept until the transaction ends, so Postgres lets go of it when the process dies. Across a cut network it may not
#: hear of that for long; then the turn runs out.
LIVE = text("SELECT pg_try_advisory_xact_lock(hashtextextended('notify.turns ' || bus.committee(), 0))")
#: The same, a moment later: whoever ended their turn just now is about to let go.
LIVE_SOON = text("SELECT pg_advisory_xact_lock(hashtextextended('notify.turns ' || bus.committee(), 0))")
SOON = text("SET LOCAL lock_timeout = '3s'")
END_TURN = text("DELETE FROM notify.turns WHERE holder = :me")
IS_LEFT = text("""
    SELECT EXISTS (
        SELECT FROM notify.sendings
        WHERE state = 'queued' AND attempts = 0 AND priority = ANY (:priorities) AND due_at <= :now)
""")


def send_due(committee_id: UUID, *, urgent: bool = False, gateway: Gateway | None = None) -> None:
    """Send what is due until nothing is, or for most of a minute. *urgent*: only what is critical.

    Only one process at a time sends what is not, so that a mass of news never takes all of them from an alarm.
    """
    me, gateway = uuid4(), gateway or Gateway.of(config())
    if urgent:
        _send_and_look_back(committee_id, gateway, me, urgent=True)
        return
    with db.transaction("notify", committee_id) as life:
        nobody_lives = life.execute(LIVE).scalar_one()
        if _take_turn(committee_id, me, holder_is_dead=nobody_lives):
            if not nobody_lives:
                _live_soon(life)
            _send_and_look_back(committee_id, gateway, me, urgent=False)


def _live_soon(life: Session) -> None:
    """Whose turn ran out across a cut network still counts as living; then we go without, as they did."""
    with suppress(OperationalError), life.begin_nested():
        life.execute(SOON)
        life.execute(LIVE_SOON)


def _send_and_look_back(committee_id: UUID, gateway: Gateway, me: UUID, *, urgent: bool) -> None:
    sent = _send(committee_id, gateway, me, urgent=urgent)
    if urgent and not sent:
        return
    with db.transaction("notify", committee_id) as tx:
        tx.execute(END_TURN, {"me": me})
        # Our time is over, or something came as we ended, and whoever rang for it saw that it was our turn.
        if tx.execute(IS_LEFT, {"priorities": _priorities(urgent=urgent), "now": now()}).scalar():
            ring_the_bell(tx, urgent=urgent)


def _send(committee_id: UUID, gateway: Gateway, me: UUID, *, urgent: bool) -> bool:
    """Send batch after batch; whether there was any.

    While one is sent, what came of the one before it is written down, and the next is claimed.
    """
    end = time.monotonic() + (URGENT_CALL if urgent else CALL)
    letters = claim(committee_id, urgent=urgent, fresh=not urgent)
    if not letters:
        return False
    rows: list[dict[str, Any]] = []
    silent: set[str] = set()
    with ThreadPoolExecutor(1) as clerk, ThreadPoolExecutor(THREADS, thread_name_prefix="send") as pool:
        while letters:
            further = time.monotonic() < end
            ahead = clerk.submit(_turn_over, committee_id, rows, me, urgent=urgent, further=further)
            outcomes = send_all(letters, gateway, pool, until=time.monotonic() + ROUND, silent=silent)
            rows = [_row(letter, outcomes.get(letter.id)) for letter in letters]
            letters = ahead.result()
        record(committee_id, rows)
    return True


def _turn_over(
    committee_id: UUID, rows: list[dict[str, Any]], me: UUID, *, urgent: bool, further: bool
) -> list[Letter]:
    """Write down what came of a batch; claim a *further* one, if there is to be one and it is still our turn."""
    if rows:
        record(committee_id, rows)
    if further and (urgent or _take_turn(committee_id, me)):
        return claim(committee_id, urgent=urgent)
    return []


def claim(committee_id: UUID, *, urgent: bool, fresh: bool = False) -> list[Letter]:
    """Take what is due, the most pressing first, for as long as the lease lasts.

    *fresh*: our turn has just begun, so whatever is no alarm and counts as being sent was cut off.
    """
    replaced = [name for name, channel in CHANNELS.items() if channel.repeats == "replaced"]
    with db.transaction("notify", committee_id) as tx:
        tx.execute(RECOVER, {"replaced": replaced, "now": now(), "fresh": fresh})
        until = now() + (URGENT_LEASE if urgent else LEASE)
        facts = {"priorities": _priorities(urgent=urgent), "batch": BATCH, "now": now(), "until": until}
        return open_letters(tx, list(tx.execute(CLAIM, facts).scalars()))


def record(committee_id: UUID, rows: list[dict[str, Any]]) -> None:
    """Write down what came of a batch, in one statement."""
    with db.transaction("notify", committee_id) as tx:
        facts = {"outcomes": orjson.dumps(rows).decode(), "ids": [row["id"] for row in rows], "now": now()}
        tx.execute(RECORD, facts)
        bundles.follow(tx, [row["id"] for row in rows if row["digest"]])


def wait_before(attempt: int, *, critical: bool, asked: float | None = None) -> float:
    """Seconds until the next attempt: anything up to twice as long each time, and no less than we were asked for."""
    first, longest = (2, 60) if critical else (10, 3600)
    return max(uniform(0, min(longest, first * 2 ** min(attempt, 20))), asked or 0)  # noqa: S311  no secret


def _take_turn(committee_id: UUID, me: UUID, *, holder_is_dead: bool = False) -> bool:
    facts = {"me": me, "until": now() + TURN, "now": now(), "holder_is_dead": holder_is_dead}
    with db.transaction("notify", committee_id) as tx:
        return tx.execute(TAKE_TURN, facts).scalar() is not None


def _priorities(*, urgent: bool) -> list[int]:
    return [0] if urgent else list(range(len(CLASSES)))


def _row(letter: Letter, outcome: Outcome | None) -> dict[str, Any]:
    """A sending after this attempt. Without an outcome it was not begun, and costs no attempt."""
    row: dict[str, Any] = {"id": letter.id, "address_id": letter.address_id, "attempts": letter.attempts, "gone": False}
    row["digest"] = letter.digest
    if letter.unwanted:
        return row | {"state": "cancelled", "detail": letter.unwanted}
    if outcome is None:
        soon = now() + timedelta(seconds=wait_before(1, critical=letter.critical))
        return row | {"state": "queued", "due_at": soon, "attempts": letter.attempts - 1}
    said = {"detail": outcome.detail, "provider_id": outcome.provider_id, "gone": outcome.gone}
    return row | said | _state_after(letter, outcome)


def _state_after(letter: Letter, outcome: Outcome) -> dict[str, Any]:
    if outcome.verdict == "delivered":
        return {"state": "sent"}
    if outcome.verdict == "give_up":
        return {"state": "gave_up"}
    if outcome.verdict == "unknown" and not letter.critical:
        return {"state": "unknown"}
    wait = wait_before(letter.attempts, critical=letter.critical, asked=outcome.retry_after)
    due = now() + timedelta(seconds=wait)
    if due > letter.expires_at or letter.attempts >= MOST_TRIES:
        return {"state": "gave_up"}
    return {"state": "failed", "due_at": due}
