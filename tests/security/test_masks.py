"""What the filter of the logs takes out, wherever in a line it stands, and what it leaves."""

import time

import pytest

from shared.log import mask

SECRET = [
    "13800001234", "8613800001234", "+8613800001234", "138 0000 1234", "138-0000-1234", "wang@example.org",
    "jc_live_KZq3EZG4SAI2nsGNasoi5JuaRVJugh6uQwz8A4ZZxQk", "jc_test_GyDKJVXQxB1j-bzQiR2RAXbNzTwAmwvqUzcbsag2p7M",
    "P5S4oT9I1UeYQOlLHx2fddLenhR_09QnGJNhgJUXbhU", "whsec_c2VjcmV0c2VjcmV0", "A" * 72,
]  # fmt: skip
HARMLESS = [
    "20121031-0000-7000-8000-000000000001", "2026-11-25T23:59:59.123456Z", "/check-ins/<uuid:check_in_id>",
    "1234567890", "POST /activities 201", "members.sign_in_code_made.v1",
]  # fmt: skip


def masked(value):
    return mask(None, "", {"event": value})["event"]


@pytest.mark.parametrize("secret", SECRET)
@pytest.mark.parametrize("where", ["{}", "sent to {}.", "GET /x?y={}&z=1", "a={}, b", '"{}"'])
def test_a_secret_is_masked(secret, where):
    assert secret not in masked(where.format(secret))


@pytest.mark.parametrize("secret", SECRET)
def test_a_secret_deep_inside_is_masked(secret):
    assert secret not in str(masked({"a": [secret, {"b": (secret,)}]}))


@pytest.mark.parametrize("words", HARMLESS)
def test_what_is_no_secret_is_left(words):
    assert masked(words) == words


def test_the_values_of_a_statement_that_failed_are_cut_out():
    error = (
        "IntegrityError: duplicate key value violates unique constraint\nDETAIL:  Key (name)=(王秀英) already exists.\n"
        "[SQL: INSERT INTO x VALUES (%(name)s)]\n[parameters: {'name': '王秀英', 'list': ['李小明']}]\n(Background: x)"
    )

    told = masked(error)

    assert "王秀英" not in told
    assert "李小明" not in told
    assert "INSERT INTO x" in told
    assert "Background" in told


LONG = ["x", "a@", "a.b", "[parameters: ", "\n[parameters: ", "1", "-", "jc_live_", "DETAIL:  "]


@pytest.mark.parametrize("part", LONG)
def test_a_line_that_somebody_made_very_long_is_read_once(part):
    began = time.process_time()

    masked(part * (200_000 // len(part)))

    assert time.process_time() - began < 2
