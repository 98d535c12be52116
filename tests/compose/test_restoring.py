"""Backups and restores of the Compose installation, as a whole: docs/restoring.md has the tables that this makes."""

import os
import re
import subprocess
from uuid import uuid4

import pytest
import requests

from embedded.comparing import DAMAGE, Found, write
from embedded.drill import SECRETARY, used, work_on
from shared.bus import SERVICES
from tests.compose import drill
from tests.compose.conftest import ROOT
from tests.stack import until

pytestmark = pytest.mark.timeout(900)  # each stops and starts everything

#: Everything but the databases.
APPS = ("proxy", "relay", *(f"{service}-{kind}" for service in SERVICES for kind in ("api", "worker")))
LEFT = "欧阳若兰"
COMMAND = "deploy/test-compose"
LAST_EPOCH = "(SELECT restored_to FROM bus.epochs ORDER BY id DESC LIMIT 1)"
LAST_CODE = "(SELECT coalesce(max(made_at), '-infinity') FROM members.sign_in_codes)"
ANCHOR = ("exec", "-T", "members-worker", "python", "-m", "shared.audit", "anchor")
ASIDE = "for file in /tmp/audit-anchors/*.jsonl; do mv $file $file-before; done"
FIGURES = """
from urllib.request import Request, urlopen
shown = {"Authorization": "Bearer " + open("/run/secrets/metrics_token").read().strip()}
print(urlopen(Request("http://127.0.0.1:8000/api/members/metrics", headers=shown)).read().decode())
"""


def test_a_damaged_system_is_taken_back_to_a_moment_with_every_row_and_goes_on(system, product, tmp_path):
    secretary = product.person(SECRETARY)
    leaving = register(secretary)
    until(lambda: len(known(system, LEFT)) == len(SERVICES), seconds=60)
    system("exec", "-T", "postgres", "backup")
    work_on(product)
    with used(product):
        moment, before = drill.remember(system)
        work_on(product)
    forget(system, secretary, leaving)
    system(*ANCHOR)
    drill.ask(system, ";\n".join(DAMAGE) + ";")
    damaged = drill.look(system)

    after, seconds = drill.restore(system, moment.isoformat(), tmp_path)

    found = Found(moment, before, damaged, after, seconds)
    write("compose-drill", found.words(COMMAND))
    assert len(found.before) > 50
    assert before != damaged
    assert found.wrong == []
    it_goes_on(system, product)
    assert system.sql(f"SELECT {LAST_EPOCH} = '{moment}'") == "t"
    until(lambda: known(system, LEFT) == [])


def test_a_lost_disk_comes_back_as_it_was_when_the_last_of_it_was_archived(system, product, tmp_path):
    system("exec", "-T", "postgres", "backup")
    work_on(product)
    signed_in = product.person(SECRETARY)
    system("stop", *APPS)
    moment, before = drill.remember(system)
    archive_all(system)
    system("rm", "-s", "-f", "postgres")
    subprocess.run(["docker", "volume", "rm", f"{os.environ['COMPOSE_PROJECT_NAME']}_postgres-data"], check=True)

    after, seconds = drill.restore(system, "latest", tmp_path)

    found = Found(moment, before, {}, after, seconds)
    write("compose-disk", found.words(COMMAND))
    assert found.wrong == []
    until(lambda: answers(system), seconds=120)
    assert signed_in.get("/members/me")["name"] == SECRETARY, "nothing was taken back: no session ended"
    it_goes_on(system, product)


def test_the_audit_log_says_what_a_restore_lost_and_is_sound_with_new_anchors(system):
    lost = verify_audit()
    system("exec", "-T", "members-worker", "sh", "-c", ASIDE)
    system(*ANCHOR)
    sound = verify_audit()

    assert lost.returncode == 1
    assert "an anchor saw" in lost.stdout
    assert sound.returncode == 0
    assert "1 anchors: as they were written" in sound.stdout


def test_what_was_done_for_safety_is_told_with_the_figures(system):
    figures = system("exec", "-T", "members-api", "python", "-c", FIGURES)

    told = dict(re.findall(r"^joint_(?:upkeep|wal)_(\w+(?:{.*})?) (\S+)$", figures, re.M))
    for what in ("backup", "audit_anchor", "audit_check"):
        assert float(told[f'age_seconds{{what="{what}"}}']) < 3600, told
        assert float(told[f'failed{{what="{what}"}}']) == 0, told
    assert float(told["archived_age_seconds"]) < 600


def register(secretary) -> str:
    """Somebody of whom all services hear."""
    facts = {"phone": "10000009999", "category": "retired", "unit": "U01"}
    return secretary.put(f"/members/people/{uuid4()}", {"name": LEFT, **facts})["id"]


def forget(system, secretary, person_id: str) -> None:
    """As they asked; it is done when it is also written down outside the database."""
    version = secretary.get(f"/members/people/{person_id}")["version"]
    secretary.ask("DELETE", f"/members/people/{person_id}", headers={"If-Match": f'"v{version}"'})
    written = ("exec", "-T", "members-worker", "sh", "-c", "cat /erased/erasures || true")
    until(lambda: person_id in system(*written), seconds=60)


def known(system, name: str) -> list[str]:
    """The services that know a person of this name."""
    ask = "SELECT '{0}' FROM {0}.people AS t WHERE t::text LIKE '%{1}%'"
    return system.sql(" UNION ".join(ask.format(service, name) for service in SERVICES)).split()


def it_goes_on(system, product) -> None:
    """People sign in with a code that a message brings, and hear what is new."""
    until(lambda: answers(system), seconds=120)
    until(lambda: system.sql(f"SELECT {LAST_CODE} < now() - interval '1 minute'") == "t", seconds=90)  # one a minute
    product.signed_in.clear()
    count = "SELECT count(*) FROM notify.messages"
    product.person(SECRETARY)
    before = int(system.sql(count))
    work_on(product)
    until(lambda: int(system.sql(count)) > before, seconds=90)


def answers(system) -> bool:
    """Whether the door is open: the proxy is the last to start."""
    try:
        return system.get("/api/members/readyz").ok
    except requests.ConnectionError:
        return False


def archive_all(system) -> None:
    """Nothing that was written is on the server's disk alone."""
    last = system.sql("SELECT pg_walfile_name(pg_switch_wal())")
    archived = f"SELECT last_archived_wal >= '{last}' FROM pg_stat_archiver"
    until(lambda: system.sql(archived) == "t", seconds=120)


def verify_audit() -> subprocess.CompletedProcess[str]:
    return subprocess.run(["deploy/verify-audit"], cwd=ROOT, capture_output=True, text=True)
