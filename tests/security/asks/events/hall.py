"""The lecture hall, troupes, ten services and jobs, route by route."""

from tests.security.asks.ask import Ask, soon

NOTHING = "–"
WHY = {"reason": "测试"}
TOPIC, SPEAKER, TERM = (f"/api/events/{path}" for path in ("topics/<code>", "speakers/<speaker_id>", "terms/<term_id>"))
TROUPE, INVITATION = "/api/events/troupes/<troupe_id>", "/api/events/invitations/<invitation_id>"
SERVICE, REQUEST = "/api/events/family-services/<number>", "/api/events/service-requests/<request_id>"
JOB = "/api/events/jobs/<job_id>"
LED, TO_LED = "one that one leads", "one to one that one leads"
DRAFT, OPEN = "a draft", "an open one"

FACTS = {"name": "反诈防骗", "group": "law"}
WILLING = {"topics": ["{our_topic}"], "load_cap": 3}
SERVICE_FACTS = {"name": "法律咨询", "types": ["adults", "elders"]}


def _term() -> dict:
    weekly = [{"weekday": day, "start_time": "19:00", "minutes": 90} for day in (2, 5)]
    return {"name": "春季", "starts_on": soon(24)[:10], "ends_on": soon(24 * 30)[:10], "wanted": weekly, "rooms": []}


def _troupe() -> dict:
    return {"name": "青城合唱队", "discipline": "choir", "leader_id": "{our_mate}"}


def _inviting() -> dict:
    times = {"starts_at": soon(72), "ends_at": soon(74)}
    return {"title": "联欢会", "place": "小剧场", "unit": "{our_unit_code}", **times}


def _job() -> dict:
    return {"title": "收银员", "until": soon(240)[:10], **dict.fromkeys(("hours", "pay", "place", "contact"), "面议")}


ASKS = {
    ("GET /api/events/topics", "topics"): Ask(thing="topic", lists=True),
    ("POST /api/events/topics", NOTHING): Ask(json={"code": "NEW", **FACTS}),
    (f"PUT {TOPIC}", "a topic"): Ask(thing="topic", json=FACTS),
    (f"PUT {TOPIC}/vote", "a topic"): Ask(thing="topic"),
    (f"DELETE {TOPIC}/vote", "a topic"): Ask(thing="topic"),
    (f"PUT {TOPIC}/tally", "a topic"): Ask(thing="topic", json=lambda: {"on": soon(-48)[:10], "count": 12}),
    ("GET /api/events/me/speaker", NOTHING): Ask(),
    ("PUT /api/events/me/speaker", NOTHING): Ask(json={**WILLING, "consent": True}),
    ("DELETE /api/events/me/speaker", NOTHING): Ask(),
    ("DELETE /api/events/me/lectures/<activity_id>", "one of which one speaks"): Ask(thing="own_lecture"),
    ("GET /api/events/lectures", "lectures"): Ask(thing="lecture", lists=True),
    ("GET /api/events/speakers", "speakers"): Ask(thing="speaker", lists=True),
    ("POST /api/events/speakers", "the unit that names them"): Ask(
        thing="unit", json={**WILLING, "name": "孙医生", "consent": "paper", "unit": "{unit_code}"}, named="unit"
    ),
    (f"PUT {SPEAKER}", "a speaker"): Ask(thing="speaker", json=WILLING),
    (f"DELETE {SPEAKER}", "a speaker"): Ask(thing="speaker"),
    ("GET /api/events/terms", "terms"): Ask(thing="term", lists=True),
    ("POST /api/events/terms", "the unit that holds it"): Ask(
        thing="unit", json=lambda: {**_term(), "unit": "{unit_code}"}, named="unit"
    ),
    (f"GET {TERM}", "a term"): Ask(thing="term"),
    (f"PUT {TERM}", "a term"): Ask(thing="term", json=_term),
    (f"POST {TERM}/plan", "a term"): Ask(thing="term"),
    (f"PUT {TERM}/slots", "a term"): Ask(thing="term", json={"number": 1, "topic": "{our_topic}"}),
    (f"POST {TERM}/swap", "a term"): Ask(thing="term", json={"first": 1, "second": 2}),
    (f"POST {TERM}/publish", "a term"): Ask(thing="term"),
    ("GET /api/events/troupes", "troupes"): Ask(thing="troupe", lists=True),
    ("POST /api/events/troupes", NOTHING): Ask(json=_troupe),
    (f"GET {TROUPE}", "a troupe"): Ask(thing="troupe"),
    (f"PUT {TROUPE}", LED): Ask(thing="led_troupe", json=_troupe),
    (f"GET {TROUPE}/roster", LED): Ask(thing="led_troupe"),
    (f"POST {TROUPE}/roster", LED): Ask(thing="led_troupe", json={"name": "王大爷"}),
    ("DELETE /api/events/roster/<member_id>", "somebody in one that one leads"): Ask(thing="roster_member"),
    (f"POST {TROUPE}/invitations", "a troupe"): Ask(thing="troupe", json=_inviting),
    ("GET /api/events/invitations", "those to one that one leads"): Ask(
        thing="led_invitation", lists=True, query="?limit=200"
    ),
    ("GET /api/events/invitations", "those of a unit"): Ask(thing="unit_invitation", lists=True, query="?limit=200"),
    (f"POST {INVITATION}/accept", TO_LED): Ask(thing="led_invitation"),
    (f"POST {INVITATION}/decline", TO_LED): Ask(thing="led_invitation", json={}),
    (f"POST {INVITATION}/withdraw", "one of a unit"): Ask(thing="unit_invitation", json=WHY),
    ("GET /api/events/family-services", "services"): Ask(thing="service_name", lists=True),
    ("GET /api/events/family-services/matrix", "services"): Ask(thing="service_name", lists=True),
    ("POST /api/events/family-services", NOTHING): Ask(json={"number": 77, **SERVICE_FACTS}),
    (f"PUT {SERVICE}", "a service"): Ask(thing="service_number", json=SERVICE_FACTS),
    (f"PUT {SERVICE}/cells", "a service"): Ask(
        thing="service_number", json={"family_type": "adults", "unit": "{our_unit_code}", "slots": 4}
    ),
    (f"POST {SERVICE}/requests", "for oneself"): Ask(thing="service_number", json={"family_type": "adults"}),
    (f"POST {SERVICE}/requests", "for a resident"): Ask(
        thing="service_number", json={"family_type": "adults", "name": "王大爷"}
    ),
    ("GET /api/events/service-requests", "one's own"): Ask(thing="own_request", lists=True, query="?limit=200"),
    ("GET /api/events/service-requests", "those to a unit"): Ask(thing="unit_request", lists=True, query="?limit=200"),
    (f"POST {REQUEST}/take", "one to a unit"): Ask(thing="unit_request"),
    (f"POST {REQUEST}/finish", "one to a unit"): Ask(thing="unit_request"),
    (f"POST {REQUEST}/refuse", "one to a unit"): Ask(thing="unit_request", json=WHY),
    (f"POST {REQUEST}/withdraw", "one's own"): Ask(thing="own_request"),
    (f"PUT {REQUEST}/rating", "one's own, done"): Ask(thing="done_request", json={"satisfied": "yes"}),
    ("GET /api/events/public/jobs", "open ones"): Ask(thing="open_job", lists=True, query="?limit=200"),
    ("GET /api/events/jobs", "open ones"): Ask(thing="open_job", lists=True, query="?limit=200"),
    ("GET /api/events/jobs", "drafts"): Ask(thing="draft_job", lists=True, query="?limit=200"),
    ("POST /api/events/jobs", "the unit that offers it"): Ask(
        thing="unit", json=lambda: {**_job(), "unit": "{unit_code}"}, named="unit"
    ),
    (f"GET {JOB}", OPEN): Ask(thing="open_job"),
    (f"GET {JOB}", DRAFT): Ask(thing="draft_job"),
    (f"PUT {JOB}", DRAFT): Ask(thing="draft_job", json=_job),
    (f"POST {JOB}/publish", DRAFT): Ask(thing="draft_job"),
    (f"POST {JOB}/send-back", "a submitted one"): Ask(thing="submitted_job", json=WHY),
    (f"POST {JOB}/close", OPEN): Ask(thing="open_job", json=WHY),
    (f"PUT {JOB}/referral", OPEN): Ask(thing="open_job", json={"consent": True}),
    (f"DELETE {JOB}/referral", "one with one's referral"): Ask(thing="referred_job"),
    (f"GET {JOB}/referrals", OPEN): Ask(thing="open_job"),
    (f"POST {JOB}/referrals", OPEN): Ask(thing="open_job", json={"name": "王大爷", "consent": "paper"}),
    ("PUT /api/events/referrals/<referral_id>/result", "one's own"): Ask(thing="referral", json={"result": "hired"}),
}
