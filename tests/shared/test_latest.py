"""One answer for all boards of a committee, for as long as nothing happens."""

from contextlib import contextmanager
from uuid import uuid4

import pytest

from shared import latest, live


@pytest.fixture
def channel():
    return f"board:{uuid4()}"


@pytest.fixture
def asked(channel):
    """Call it to ask as a board does: which answer it is, counted from 1."""
    made: list[int] = []

    def make():
        made.append(len(made) + 1)
        return made[-1]

    return lambda **how: int(latest.answer("patrol", channel, make, **how).data)


@pytest.fixture
def hub(monkeypatch):
    """A process that listens to Postgres, though nobody does."""
    one = live.Hub("patrol")
    monkeypatch.setattr(one, "listener", object())
    one.listening = True
    monkeypatch.setattr(latest, "hub", lambda service: one)
    return one


@contextmanager
def open_board(hub, channel):
    reader = hub.subscribe(channel)
    yield
    hub.unsubscribe(channel, reader)


def test_many_boards_share_an_answer_until_there_is_news(hub, channel, asked):
    with open_board(hub, channel):
        assert [asked(), asked()] == [1, 1]

        hub.tell([channel], {})

        assert [asked(), asked()] == [2, 2]


def test_news_of_others_change_nothing(hub, channel, asked):
    with open_board(hub, channel):
        asked()

        hub.tell(["board:others"], {})

        assert asked() == 1


def test_whoever_changed_something_sees_it_at_once(hub, channel, asked):
    with open_board(hub, channel):
        asked()

        assert asked(fresh=True) == 2


def test_nothing_is_kept_while_no_news_would_come(hub, channel, asked):
    assert [asked(), asked()] == [1, 2]

    with open_board(hub, channel):
        asked()
        hub.listening = False

        assert [asked(), asked()] == [4, 5]


def test_what_was_kept_before_the_last_board_was_closed_is_not_shown_later(hub, channel, asked):
    with open_board(hub, channel):
        asked()
    with open_board(hub, channel):
        assert asked() == 2


def test_an_old_answer_is_made_anew_without_news(hub, channel, asked, monkeypatch):
    with open_board(hub, channel):
        asked()
        monkeypatch.setattr(latest, "GOOD_FOR", -1.0)

        assert asked() == 2


def test_what_could_not_be_made_is_asked_for_again(hub, channel):
    with open_board(hub, channel):
        with pytest.raises(ZeroDivisionError):
            latest.answer("patrol", channel, lambda: 1 // 0)

        assert latest.answer("patrol", channel, lambda: 7).data == b"7"
