"""Which clock is believed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.patrol.domain.moments import CLOSE, Clock, judge

RECEIVED = datetime(2026, 1, 20, 21, 30, tzinfo=UTC)
EARLIEST = datetime(2026, 1, 20, 18, 0, tzinfo=UTC)
AT = datetime(2026, 1, 20, 21, 10, tzinfo=UTC)
TWO_DAYS = timedelta(days=2)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=130 * 365)).map(lambda since: EPOCH + since)


def test_a_clock_that_is_right_is_believed():
    moment = judge(AT, Clock(RECEIVED, RECEIVED - timedelta(seconds=3)), earliest=EARLIEST)

    assert (moment.happened_at, moment.quality) == (AT, "device")


def test_a_clock_that_is_two_days_off_is_corrected():
    for skew in (TWO_DAYS, -TWO_DAYS, timedelta(minutes=47)):
        moment = judge(AT + skew, Clock(RECEIVED, RECEIVED + skew), earliest=EARLIEST)

        assert (moment.happened_at, moment.quality) == (AT, "corrected")


def test_what_another_run_of_the_page_wrote_down_is_not_taken_for_the_clocks_own_word():
    clock = Clock(RECEIVED, RECEIVED, page_session="now")

    assert judge(AT, clock, earliest=EARLIEST, page_session="now").quality == "device"
    assert judge(AT, clock, earliest=EARLIEST, page_session="then").quality == "corrected"


def test_a_clock_that_was_set_right_in_between_leaves_us_uncertain():
    before_the_shift = judge(AT - TWO_DAYS, Clock(RECEIVED, RECEIVED), earliest=EARLIEST)
    in_the_future = judge(AT + TWO_DAYS, Clock(RECEIVED, RECEIVED), earliest=EARLIEST)

    assert (before_the_shift.happened_at, before_the_shift.quality) == (EARLIEST, "uncertain")
    assert (in_the_future.happened_at, in_the_future.quality) == (RECEIVED, "uncertain")


def test_nothing_is_believed_from_more_than_a_month_ago():
    long_ago = RECEIVED - timedelta(days=31)

    assert judge(long_ago, Clock(RECEIVED, RECEIVED), earliest=long_ago - TWO_DAYS).quality == "uncertain"


def test_a_phone_that_does_not_show_its_clock_speaks_as_it_happens():
    assert judge(RECEIVED - CLOSE, Clock(RECEIVED), earliest=EARLIEST).quality == "device"

    moment = judge(AT, Clock(RECEIVED), earliest=EARLIEST)

    assert (moment.happened_at, moment.quality) == (RECEIVED, "server")


@given(moments, moments, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_whatever_a_clock_says_the_estimate_is_possible(at, clock, received, since):
    earliest = received - since

    moment = judge(at, Clock(received, clock), earliest=earliest)

    assert earliest <= moment.happened_at <= received


@given(st.timedeltas(timedelta(days=-400), timedelta(days=400)), st.timedeltas(timedelta(0), timedelta(hours=3)))
def test_a_steady_clock_tells_the_time_however_wrong_it_is(skew, ago):
    true = RECEIVED - ago

    moment = judge(true + skew, Clock(RECEIVED, RECEIVED + skew), earliest=EARLIEST)

    assert moment.trusted
    assert abs(moment.happened_at - true) <= CLOSE
