"""A short storm over the running product: a thousand events, every kind of kill once, and a ledger that balances."""

import json
import time

import pytest

from chaos.ledger import balance
from chaos.stage import stage
from chaos.storms import SHORT, SHORT_RATE, rage

#: Damage that only a ledger can see: a check-in that is gone, and an SMS, no alarm, that goes out once more.
FORGET_ONE = "DELETE FROM patrol.check_ins WHERE id = %s"
QUIET_SMS = """
    SELECT s.message_id::text FROM notify.sendings s JOIN bus.events e ON e.id = s.event_id
    WHERE s.channel = 'sms' AND s.priority > 0 AND s.state = 'sent' AND e.subject = ANY (%s::uuid[]) LIMIT 1
"""


@pytest.mark.timeout(400)
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the bench's phones leave their lines open
def test_a_short_storm_loses_nothing_and_doubles_nothing_and_its_ledger_would_notice(tmp_path):
    with stage(tmp_path) as here:
        load, struck = rage(here, SHORT, 1000, seed=1, rate=SHORT_RATE)
        found = balance(here, load, struck)

        assert found.faults == []
        assert (found.lost, found.doubled, found.events) == (0, 0, 1000)
        assert {one.fault for one in found.struck} == set(SHORT.faults)
        assert found.messages > 100

        kept = next(one.wish.ids[0] for one in load.accepted if one.wish.kind == "check_in")
        troubles = [one.wish.ids[0] for one in load.accepted if one.wish.kind == "trouble"]
        with here.product.postgres() as owner:
            owner.execute(FORGET_ONE, [kept])
            [[sms]] = owner.execute(QUIET_SMS, [troubles]).fetchall()
        with here.gateway.book.open("a") as book:
            book.write(json.dumps([time.time(), "sms", sms, "8610000000003"]) + "\n")
        damaged = balance(here, load, struck)

    assert (damaged.lost, damaged.doubled) == (1, 1)
