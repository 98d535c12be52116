"""Who is asked how it was, and who hears what was said."""

from uuid import uuid4

from sqlalchemy import text

from services.events.domain.attendance import credits, marks


def test_members_who_were_there_are_asked_once_each(db, over, published, person):
    activity, goes, other = over("甲", "乙")
    credits.finish(db, activity.id, minutes=90)
    late = person("补点名的")
    marks.record(db, activity.id, late.person_id, id=uuid4(), source="sheet")
    marks.undo(db, activity.id, goes.person_id, by=None)
    marks.record(db, activity.id, goes.person_id, id=uuid4(), source="leader")
    db.commit()

    asked = [one["person_ids"] for _, one in published("events.feedback_asked.v1")]

    assert asked == [sorted(str(one.person_id) for one in (goes, other)), [str(late.person_id)]]


def test_nobody_is_asked_when_it_is_too_late(db, over, published, move):
    activity, _ = over("甲", finished=False)
    move(activity, days=-15)

    credits.finish(db, activity.id)

    assert published("events.attendance_credited.v1")
    assert not published("events.feedback_asked.v1")


def test_who_led_hears_the_counts_after_two_weeks_and_of_slips_that_come_later(
    db, over, say, person, move, tick, type_slip, published
):
    leader = person("领队")
    activity, *people = over("甲", "乙", "丙", "丁", led_by=leader)
    few, one = over("戊")
    for somebody in people[:3]:
        say(activity, somebody)
    say(few, one)
    tick("events", "tell_what_people_said")
    assert not published("events.feedback_gathered.v1")
    move(activity, days=-15)
    move(few, days=-15)

    for _ in range(2):
        tick("events", "tell_what_people_said")
    type_slip(activity, overall="poor")
    tick("events", "tell_what_people_said")
    db.execute(text("UPDATE events.feedback_told SET at = at - interval '25 hours'"))
    tick("events", "tell_what_people_said")

    told = [facts for _, facts in published("events.feedback_gathered.v1")]
    assert [(one["answers"], one["overall_good"], one["overall_poor"]) for one in told] == [(3, 3, 0), (4, 3, 1)]
    assert {(tuple(one["person_ids"]), one["led"]) for one in told} == {((str(leader.person_id),), True)}
    assert not [name for name in told[0] if "words" in name or "voice" in name]
