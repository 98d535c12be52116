"""Codes that turn: good for a step before and after, and of each subject and purpose their own."""

from datetime import timedelta
from uuid import uuid4

from shared.db import now
from shared.turning_codes import TurningCode

CODE = TurningCode("attend", step=30)


def test_a_code_is_good_for_a_minute_and_a_half_at_most(server):
    subject, then = uuid4(), now()
    code = CODE.shown(subject, then).code

    good = [CODE.fits(subject, code, then + timedelta(seconds=seconds)) for seconds in (0, 29, 91)]

    assert good == [True, True, False]


def test_each_subject_has_codes_of_its_own(server):
    shown = {CODE.shown(uuid4(), now()).code for _ in range(30)}

    assert len(shown) > 25


def test_a_code_for_one_purpose_is_none_for_another(server):
    subject, then = uuid4(), now()
    others = [TurningCode(purpose, step=30) for purpose in ("join", "open", "leave")]

    assert not all(other.fits(subject, CODE.shown(subject, then).code, then) for other in others)


def test_it_is_shown_until_it_turns(server):
    then = now()

    assert then < CODE.shown(uuid4(), then).until <= then + timedelta(seconds=30)
