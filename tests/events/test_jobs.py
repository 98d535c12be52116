"""Jobs: posted, off the list by themselves, and people referred with their consent and asked about once."""

from datetime import timedelta

import pytest

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import jobs, referrals
from services.events.domain.scope import Asker
from services.events.domain.states import WrongState
from services.events.models import Job, Referral
from shared.db import now
from shared.errors import Invalid, NotFound
from shared.schemas.members import PersonErased, UnitsChanged
from tests.events.conftest import once, seen
from tests.events.series import in_days
from tests.events.test_members_news import a_unit

CLERK = Asker(clerk=True)
WORDS = {"title": "收银员", "about": "", "hours": "早班", "pay": "面议", "place": "市场", "contact": "10000000009"}


@pytest.fixture
def offer(db, unit):
    """Call it to let a unit offer a job."""

    def offer(of=None, *, until=None, publish: bool = True) -> Job:
        made = jobs.post(db, of or unit("U11"), **WORDS, openings=2, until=until or in_days(20))
        if publish:
            jobs.submit(db, made, CLERK)
        db.commit()
        return made

    return offer


@pytest.fixture
def refer(db):
    """Call it to refer somebody to a job."""

    def refer(to: Job, **who) -> Referral:
        made = referrals.refer(db, to, consent="paper", **{"referred_by": None, **who})
        db.commit()
        return made

    return refer


def test_a_unit_offers_a_job_and_everybody_sees_it_also_without_an_account(events, unit, liaison):
    officer = liaison(unit("U11"))
    facts = {**WORDS, "until": in_days(20).isoformat(), "submit": True}

    posted = events.post("/jobs", json=facts, headers=once(officer)).json

    assert posted["state"] == "published"
    [shown] = events.get("/public/jobs").json["items"]
    assert (shown["title"], shown["contact"], shown["unit"]["code"]) == ("收银员", "10000000009", "U11")
    assert "state" not in shown


def test_where_the_units_news_go_through_a_clerk_its_jobs_do_too(events, unit, liaison, clerk, published):
    officer = liaison(unit("U11", needs_approval=True))
    facts = {**WORDS, "until": in_days(20).isoformat(), "submit": True}
    posted = events.post("/jobs", json=facts, headers=once(officer)).json
    assert (posted["state"], events.get("/public/jobs").json["items"]) == ("submitted", [])
    assert len(published("events.job_submitted.v1")) == 1

    answer = events.post(f"/jobs/{posted['id']}/publish", headers=seen(clerk, posted))

    assert answer.json["state"] == "published"


@pytest.mark.parametrize("until", [in_days(-1), in_days(200)])
def test_a_last_day_that_is_over_or_too_far_away_is_refused(offer, until):
    with pytest.raises(Invalid) as refused:
        offer(until=until)

    assert list(refused.value.errors or ()) == ["until"]


def test_after_its_last_day_a_job_is_off_the_list_and_the_unit_is_told_once(events, db, offer, tick, published):
    job = offer()
    job.until = in_days(-1)
    db.commit()
    assert events.get("/public/jobs").json["items"] == []

    tick("events", "expire_jobs")
    tick("events", "expire_jobs")

    db.refresh(job)
    assert job.state == "expired"
    assert len(published("events.job_expired.v1")) == 1
    jobs.edit(db, job, **WORDS, openings=1, until=in_days(9))
    assert job.state == "published"


def test_without_a_yes_nobody_is_named_to_a_unit(events, db, offer, person, token):
    job, headers = offer(), token(person().person_id)

    refused = events.put(f"/jobs/{job.id}/referral", json={"consent": False}, headers=headers)

    assert refused.json["errors"] == {"consent": [{"code": "required"}]}
    assert db.query(Referral).count() == 0


def test_oneself_one_refers_once_and_takes_it_back(events, db, offer, person, token, published):
    job, headers = offer(), token(person("何雨桐").person_id)
    for _ in range(2):
        assert events.put(f"/jobs/{job.id}/referral", json={"consent": True}, headers=headers).status_code == 200
    [(_, news)] = published("events.job_referred.v1")
    assert "何雨桐" not in str(news)
    assert events.get(f"/jobs/{job.id}", headers=headers).json["mine"] is True

    events.delete(f"/jobs/{job.id}/referral", headers=headers)

    db.expire_all()
    assert referrals.of_job(db, job) == []
    assert events.get(f"/jobs/{job.id}", headers=headers).json["mine"] is False


def test_a_resident_is_referred_by_name_and_only_the_unit_reads_it(events, db, offer, unit, liaison, clerk):
    of = unit("U11")
    job = offer(of)
    facts = {"name": "王大姐", "phone": "10000000001", "consent": "paper"}
    assert events.post(f"/jobs/{job.id}/referrals", json=facts, headers=once(clerk)).status_code == 201

    [shown] = events.get(f"/jobs/{job.id}/referrals", headers=liaison(of)).json["items"]

    assert (shown["name"], shown["phone"], shown["state"]) == ("王大姐", "10000000001", "referred")
    assert events.get(f"/jobs/{job.id}/referrals", headers=liaison(unit("U12"))).status_code == 403


def test_a_liaison_officer_refers_members_of_their_own_unit_only(events, offer, unit, liaison, person):
    job, theirs, other = offer(), unit("U08"), unit("U12")
    officer = liaison(theirs)
    answers = [
        events.post(
            f"/jobs/{job.id}/referrals",
            json={"person_id": str(person(of=of).person_id), "consent": "told"},
            headers=once(officer),
        ).status_code
        for of in (theirs, other)
    ]

    assert answers == [201, 403]


def test_thirty_days_later_how_it_went_is_asked_once_and_then_no_more(db, offer, refer, person, tick, published):
    cadre = person("云海峰").person_id
    early, late = refer(offer(), name="王大姐", referred_by=cadre), refer(offer(), name="李大哥")
    early.referred_at = now() - timedelta(days=30)
    late.referred_at = now() - timedelta(days=29)
    db.commit()

    tick("events", "ask_outcomes")
    tick("events", "ask_outcomes")

    [(_, asked)] = published("events.job_outcome_asked.v1")
    assert (asked["referral_id"], asked["person_ids"]) == (str(early.id), [str(cadre)])


def test_whoever_answered_already_is_not_asked(db, offer, refer, tick, published):
    referral = refer(offer(), name="王大姐")
    referral.referred_at = now() - timedelta(days=40)
    referrals.settle(db, referral.id, CLERK, result="hired")

    tick("events", "ask_outcomes")

    assert published("events.job_outcome_asked.v1") == []


def test_how_it_went_is_said_by_those_whom_it_concerns(db, offer, refer, person):
    job = offer()
    referral = refer(job, name="王大姐")

    with pytest.raises(NotFound):
        referrals.settle(db, referral.id, Asker(person_id=person().person_id), result="hired")

    unit_says = Asker(person_id=person().person_id, units=frozenset({job.unit_id}))
    assert referrals.settle(db, referral.id, unit_says, result="hired").state == "hired"


def test_thirty_days_after_the_answer_nobody_knows_who_it_was(db, offer, refer, tick):
    referral = refer(offer(), name="王大姐", phone="10000000001")
    referrals.settle(db, referral.id, CLERK, result="hired")
    referral.closed_at = now() - timedelta(days=31)

    tick("events", "forget_who_asked")

    db.refresh(referral)
    assert (referral.name, referral.phone, referral.state) == (None, None, "hired")


def test_to_a_closed_job_nobody_is_referred(db, offer, refer):
    job = offer()
    jobs.close(db, job, reason="招满了")

    with pytest.raises(WrongState):
        refer(job, name="王大姐")


def test_whoever_is_forgotten_is_referred_to_nobody(db, hear, offer, refer, person):
    somebody = person("何雨桐")
    referral = refer(offer(), person_id=somebody.person_id)

    hear(PersonErased, person_id=somebody.person_id, erased_at=now())

    db.refresh(referral)
    assert (referral.person_id, referral.state) == (None, "withdrawn")


def test_a_unit_that_left_offers_no_jobs(events, hear, unit, offer):
    of = unit("U11")
    offer(of)

    hear(UnitsChanged, units=[a_unit(unit_id=of.unit_id, code="U11", active=False)])

    assert events.get("/public/jobs").json["items"] == []


def test_a_yes_taken_back_by_telephone_takes_the_name_away_at_once(events, db, offer, refer, clerk):
    job = offer()
    referral = refer(job, name="王大姐", phone="10000000001")

    answer = events.put(f"/referrals/{referral.id}/result", json={"result": "withdrawn"}, headers=clerk)

    assert (answer.json["state"], answer.json["name"], answer.json["phone"]) == ("withdrawn", None, None)
    assert events.get(f"/jobs/{job.id}/referrals", headers=clerk).json["items"] == []
