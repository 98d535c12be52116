"""A program that hangs without dying is ended and started again."""

from collections.abc import Mapping

from embedded.vigil import EVERY, GRACE, Vigil
from tests.embedded.conftest import eventually


def ask(answer: bool | Exception, asked: list[Mapping[str, str]]) -> Vigil:
    """A vigil whose question is answered like this, and whose program has run for long."""

    def hangs(environment: Mapping[str, str], running: float) -> bool:
        asked.append(environment)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Vigil(hangs, {"WHO": "worker"}, next_at=0.0)


def test_a_program_that_hangs_is_found_once_for_each_answer():
    asked: list[Mapping[str, str]] = []
    vigil = ask(True, asked)

    eventually(vigil.found_hanging)

    assert not vigil.found_hanging()
    assert asked == [{"WHO": "worker"}]


def test_one_that_works_is_let_be_and_asked_about_again_later():
    asked: list[Mapping[str, str]] = []
    vigil = ask(False, asked)

    eventually(lambda: not vigil.found_hanging() and asked and vigil.asked is None)

    assert 0 < EVERY < GRACE
    assert not vigil.found_hanging()
    assert len(asked) == 1


def test_who_cannot_be_asked_is_not_at_fault():
    asked: list[Mapping[str, str]] = []
    vigil = ask(OSError("no Postgres"), asked)

    eventually(lambda: not vigil.found_hanging() and asked and vigil.asked is None)


def test_a_question_about_a_run_that_is_over_has_no_effect_on_the_next():
    vigil = ask(True, [])
    assert not vigil.found_hanging()
    assert vigil.asked

    vigil.asked.result()
    vigil.begin_anew()

    assert not vigil.found_hanging()
