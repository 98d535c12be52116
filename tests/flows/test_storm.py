"""A short storm over the running product: some hundred events, every kind of kill once, and a ledger that balances.

And what the long storms rest on: the wrong clock, and the next version.
"""

import json
import os
import subprocess
import sys
import time

import pytest

from chaos.clocks import A_DAY, COMPILER, compiled, set_wrong
from chaos.ledger import balance
from chaos.newer import next_version
from chaos.stage import stage
from chaos.storms import SHORT, SHORT_RATE, rage

#: As many as flow while each fault comes once.
EVENTS = 400
#: Damage that only a ledger can see: a check-in that is gone, and an SMS, no alarm, that goes out once more.
FORGET_ONE = "DELETE FROM patrol.check_ins WHERE id = %s"
QUIET_SMS = """
    SELECT s.message_id::text FROM notify.sendings s JOIN bus.events e ON e.id = s.event_id
    WHERE s.channel = 'sms' AND s.priority > 0 AND s.state = 'sent' AND e.subject = ANY (%s::uuid[]) LIMIT 1
"""
#: Says what day it is, and how long it slept, each time it is asked to.
CLOCK = """
import sys, time
for _ in sys.stdin:
    begun = time.monotonic()
    time.sleep(0.05)
    print(int(time.time()) // 86400, time.monotonic() - begun < 40, flush=True)
"""
#: What the workers of a version know of trouble.
KNOWN = """
from services import doors
from shared.bus import registry
print(*sorted(topic for _, topic in registry.consumers if topic.startswith("patrol.trouble_reported")))
"""


@pytest.mark.skipif(not COMPILER, reason="there is no C compiler here")
def test_a_program_of_the_storm_sees_another_day_and_sleeps_as_long_as_ever(tmp_path):
    wrong = tmp_path / "clock"
    wrong.write_bytes(bytes(8))
    settings = {**os.environ, "LD_PRELOAD": str(compiled(tmp_path)), "CLOCK_FILE": str(wrong)}
    command = [sys.executable, "-c", CLOCK]
    with subprocess.Popen(command, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin
        assert program.stdout
        seen = []
        for days in (0, 2, -2):
            set_wrong(wrong, days * A_DAY)
            program.stdin.write("?\n")
            program.stdin.flush()
            seen.append(program.stdout.readline().split())

    first = int(seen[0][0])
    assert [int(day) - first for day, _ in seen] in ([0, 2, -2], [0, 2, -1], [0, 3, -1])  # midnight may come in between
    assert {slept for _, slept in seen} == {"True"}


def test_the_next_version_knows_trouble_of_both_versions(tmp_path):
    tree = next_version(tmp_path / "next")

    known = subprocess.run([sys.executable, "-c", KNOWN], cwd=tree, capture_output=True, text=True, check=True)

    assert known.stdout.split() == ["patrol.trouble_reported.v1", "patrol.trouble_reported.v2"]


@pytest.mark.timeout(400)
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the bench's phones leave their lines open
def test_a_short_storm_loses_nothing_and_doubles_nothing_and_its_ledger_would_notice(tmp_path):
    with stage(tmp_path) as here:
        load, struck = rage(here, SHORT, EVENTS, seed=1, rate=SHORT_RATE)
        found = balance(here, load, struck)

        assert found.faults == []
        assert (found.lost, found.doubled, found.events) == (0, 0, EVENTS)
        assert {one.fault for one in found.struck} == set(SHORT.faults)
        assert found.messages > EVENTS / 10

        kept = next(one.wish.ids[0] for one in load.accepted if one.wish.kind == "check_in")
        troubles = [one.wish.ids[0] for one in load.accepted if one.wish.kind == "trouble"]
        with here.product.postgres() as owner:
            owner.execute(FORGET_ONE, [kept])
            [[sms]] = owner.execute(QUIET_SMS, [troubles]).fetchall()
        with here.gateway.book.open("a") as book:
            book.write(json.dumps([time.time(), "sms", sms, "8610000000003"]) + "\n")
        damaged = balance(here, load, struck)

    assert (damaged.lost, damaged.doubled) == (1, 1)
