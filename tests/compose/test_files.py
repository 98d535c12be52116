"""What docker-compose.yml, the Dockerfile and deploy/ promise, read from the files: no engine is needed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from shared.headers import OF_PAGES

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
APPS = ("members", "events", "patrol", "notify")

each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES.keys())
each_app = pytest.mark.parametrize("app", APPS)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_compose_file_fits_its_schema():
    check = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")

    assert check.returncode == 0, check.stdout


def test_hadolint_has_nothing_to_say_about_the_dockerfile():
    check = run(BIN / "hadolint", "Dockerfile")

    assert check.returncode == 0, check.stdout


@each_service
def test_a_container_can_do_only_what_it_must(service):
    assert service["user"] not in ("root", "0", "0:0")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "network_mode", "pid"} & service.keys()


@each_service
def test_a_container_has_limits_and_its_log_does_too(service):
    assert {"mem_limit", "pids_limit"} <= service.keys()
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}


@each_service
def test_what_runs_is_watched_and_started_again(service):
    if service["restart"] == "no":  # a job
        return

    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]


def test_only_the_proxy_has_a_port_and_only_on_this_machine():
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert list(ports) == ["proxy"]
    assert all(port.startswith("127.0.0.1:") for port in ports["proxy"])


def test_only_the_proxy_and_what_sends_messages_have_a_way_out():
    inside = {name for name, network in COMPOSE["networks"].items() if network.get("internal")}

    outside = {name for name, service in SERVICES.items() if set(service["networks"]) - inside}
    assert outside == {"proxy", "notify-worker"}


@each_app
def test_each_service_has_an_api_and_a_worker_with_its_urgent_queue_first(app):
    queues = SERVICES[f"{app}-worker"]["command"]

    assert f"services.{app}.app:serve()" in SERVICES[f"{app}-api"]["command"]
    assert queues[queues.index("-Q") + 1] == f"{app}.urgent,{app}"


@each_app
def test_a_worker_has_time_to_finish_what_it_began(app):
    assert SERVICES[f"{app}-worker"]["stop_grace_period"] == "45s"


@each_app
def test_a_service_is_given_no_other_services_password(app):
    others = {f"{role}_password" for role in (*APPS, "owner", "relay") if role != app}

    for process in ("api", "worker"):
        assert not others & set(SERVICES[f"{app}-{process}"]["secrets"])


@each_app
def test_all_services_seal_the_audit_log_with_the_same_key(app):
    for process in ("api", "worker"):
        service = SERVICES[f"{app}-{process}"]
        assert "audit_key" in service["secrets"]
        assert service["environment"]["AUDIT_KEY_FILE"] == "/run/secrets/audit_key"


@each_service
def test_a_setting_that_names_a_secret_names_one_that_the_container_gets(service):
    named = {Path(value).name for key, value in service.get("environment", {}).items() if key.endswith("_FILE")}

    assert named <= set(service.get("secrets", []))


@each_service
def test_no_password_or_key_stands_in_the_compose_file(service):
    values = {key: value for key, value in service.get("environment", {}).items() if not key.endswith("_FILE")}
    secret = {key for key in values if re.search("PASSWORD$|SECRET$|KEYS?$", key)}

    assert not {key: values[key] for key in secret if values[key]}


def test_every_secret_is_made_by_the_script_and_can_be_read_in_a_container(tmp_path):
    made = run("deploy/make-secrets", tmp_path / "secrets")

    assert made.returncode == 0, made.stderr
    assert {path.name for path in (tmp_path / "secrets").iterdir()} == set(COMPOSE["secrets"])
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "secrets").iterdir()} == {0o444}


def test_secrets_that_are_there_are_never_made_again(tmp_path):
    run("deploy/make-secrets", tmp_path)
    before = {path: path.read_text() for path in tmp_path.iterdir()}
    (tmp_path / "redis_password").unlink()

    again = run("deploy/make-secrets", tmp_path)

    assert again.stdout == f"made {tmp_path}/redis_password\n"
    changed = {path.name for path, text in before.items() if path.read_text() != text}
    assert changed == {"redis_password"}


def test_a_folder_in_place_of_a_secret_is_told_of(tmp_path):
    (tmp_path / "owner_password").mkdir()

    made = run("deploy/make-secrets", tmp_path)

    assert made.returncode == 1
    assert "is a folder" in made.stderr


def test_secrets_and_history_never_go_to_the_engine():
    sent = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]

    assert not [line for line in sent if "secrets" in line or line in ("!.", "!deploy", "!deploy/")]


def test_every_variable_of_the_compose_file_is_explained():
    variables = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    explained = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/compose.md").read_text(), re.MULTILINE))

    assert variables == explained


def test_the_proxy_allows_the_pages_no_more_than_the_server_on_one_machine_does():
    policy = OF_PAGES["Content-Security-Policy"]
    assert f'Content-Security-Policy "{policy}"' in (ROOT / "deploy/proxy/headers.conf").read_text()
