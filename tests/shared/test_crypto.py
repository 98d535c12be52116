"""Sealed values, blind indexes, signatures."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from shared.config import config
from shared.crypto import _keys, blind, seal, seal_bytes, sign, signed, unseal, unseal_bytes
from tests.conftest import KEY


@pytest.fixture(autouse=True)
def keys(server):
    """The settings of a test process."""


@given(st.text())
def test_what_is_sealed_opens_to_what_it_was(text):
    assert unseal(seal(text, "here"), "here") == text


def test_a_sealed_value_does_not_open_elsewhere_or_changed():
    envelope = seal("13800000000", "members.people.phone")

    with pytest.raises(InvalidTag):
        unseal(envelope, "notify.people.phone")
    with pytest.raises(InvalidTag):
        unseal(envelope[:-2] + ("A=" if envelope[-2] != "A" else "B="), "members.people.phone")


def test_after_a_rotation_old_values_open_and_new_ones_take_the_new_key(monkeypatch):
    old = seal("13800000000", "x")
    monkeypatch.setenv("FIELD_KEYS", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=," + KEY)
    config.cache_clear()
    _keys.cache_clear()

    assert unseal(old, "x") == "13800000000"
    assert seal("x", "x").split(".")[1] != old.split(".")[1]

    monkeypatch.undo()
    config.cache_clear()
    _keys.cache_clear()


def test_a_blind_index_is_equal_for_equal_values_only():
    assert blind("13800000000") == blind("13800000000") != blind("13800000001")


def test_a_signature_holds_for_its_text_only():
    assert signed("a", sign("a"))
    assert not signed("b", sign("a"))


@given(st.binary())
def test_what_is_no_text_is_sealed_as_it_is(content):
    envelope = seal_bytes(content, "here")

    assert unseal_bytes(envelope, "here") == content
    with pytest.raises(InvalidTag):
        unseal_bytes(envelope, "there")
