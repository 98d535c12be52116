"""The three lists, wishes and support, route by route."""

from tests.security.asks.ask import Ask

NOTHING = "–"
DRAFT, PUBLISHED = "a draft", "a published one"
WHY = {"reason": "测试"}
LINE = {"kind": "goods", "title": "桌椅"}
HOME = {"entrance": "C1-B1-E1", "room": "501"}
NEED, OFFER = "/api/events/needs/<need_id>", "/api/events/offers/<offer_id>"
CLAIM, PROJECT = "/api/events/claims/<claim_id>", "/api/events/projects/<project_id>"
WISH = "/api/events/wishes/<need_id>"
A_WISH = {
    "title": "一台收音机", "whose": {"name": "贾宝玉"}, "consent": True,
}  # fmt: skip

ASKS = {
    ("GET /api/events/needs", "drafts"): Ask(thing="need_draft", lists=True, query="?limit=200"),
    ("GET /api/events/needs", "published ones"): Ask(thing="need", lists=True, query="?limit=200"),
    ("GET /api/events/public/needs", NOTHING): Ask(),
    ("POST /api/events/needs", "oneself"): Ask(json={**LINE, "for_me": True}),
    ("POST /api/events/needs", "the unit that needs it"): Ask(
        thing="unit", json={**LINE, "unit": "{unit_code}"}, named="unit"
    ),
    (f"GET {NEED}", DRAFT): Ask(thing="need_draft"),
    (f"GET {NEED}", PUBLISHED): Ask(thing="need"),
    (f"PUT {NEED}", DRAFT): Ask(thing="need_draft", json=LINE),
    (f"PUT {NEED}", PUBLISHED): Ask(thing="need", json=LINE),
    (f"POST {NEED}/publish", DRAFT): Ask(thing="need_draft"),
    (f"POST {NEED}/withdraw", PUBLISHED): Ask(thing="need", json=WHY),
    (f"POST {NEED}/close", PUBLISHED): Ask(thing="need", json=WHY),
    (f"GET {NEED}/matches", PUBLISHED): Ask(thing="need"),
    ("POST /api/events/matches/<match_id>/decline", "a match"): Ask(thing="match"),
    (f"GET {NEED}/claims", PUBLISHED): Ask(thing="need"),
    (f"POST {NEED}/claims", PUBLISHED): Ask(thing="residents_need", json={"amount": 1, "for_me": True}),
    (f"PUT {NEED}/confirmation", "a delivered one"): Ask(thing="delivered_need", json={"note": "收到了"}),
    (f"PUT {NEED}/support", PUBLISHED): Ask(thing="need", json=HOME),
    (f"DELETE {NEED}/support", PUBLISHED): Ask(thing="need"),
    (f"POST {NEED}/answer", PUBLISHED): Ask(thing="need", json={"decision": "do", "text": "下周就办"}),
    ("GET /api/events/offers", "drafts"): Ask(thing="offer_draft", lists=True, query="?limit=200"),
    ("GET /api/events/offers", "published ones"): Ask(thing="offer", lists=True, query="?limit=200"),
    ("POST /api/events/offers", "oneself"): Ask(json={**LINE, "for_me": True}),
    ("POST /api/events/offers", "the unit that offers it"): Ask(
        thing="unit", json={**LINE, "unit": "{unit_code}"}, named="unit"
    ),
    (f"GET {OFFER}", DRAFT): Ask(thing="offer_draft"),
    (f"GET {OFFER}", PUBLISHED): Ask(thing="offer"),
    (f"PUT {OFFER}", DRAFT): Ask(thing="offer_draft", json=LINE),
    (f"POST {OFFER}/publish", DRAFT): Ask(thing="offer_draft"),
    (f"POST {OFFER}/withdraw", PUBLISHED): Ask(thing="offer", json=WHY),
    (f"GET {OFFER}/matches", PUBLISHED): Ask(thing="offer"),
    ("GET /api/events/me/claims", "claims"): Ask(thing="claim", lists=True, query="?limit=200"),
    (f"POST {CLAIM}/accept", "of a wish"): Ask(thing="wish_claim"),
    (f"POST {CLAIM}/join", "that asks one's unit"): Ask(thing="claim_to_join", json={"agrees": True}),
    (f"POST {CLAIM}/deliver", "a claim"): Ask(thing="claim"),
    (f"POST {CLAIM}/withdraw", "a claim"): Ask(thing="claim", json=WHY),
    ("POST /api/events/wishes", "oneself"): Ask(json=A_WISH),
    ("POST /api/events/wishes", "a resident"): Ask(json={**A_WISH, "on_behalf": True}),
    (f"POST {WISH}/check", "a wish"): Ask(thing="wish", json={}),
    (f"GET {WISH}/personal", "a wish"): Ask(thing="wish"),
    (f"GET {WISH}/personal", "a wish that one's unit fulfils"): Ask(thing="accepted_wish"),
    (f"POST {WISH}/slip", "a wish"): Ask(thing="wish"),
    ("GET /api/events/public/wishes/<link>", NOTHING): Ask(thing="our_slip"),
    ("PUT /api/events/public/wishes/<link>/confirmation", NOTHING): Ask(thing="our_slip", json={"pin": "123456"}),
    ("GET /api/events/projects", "projects"): Ask(thing="project", lists=True, query="?limit=200"),
    ("POST /api/events/projects", "the unit that does it"): Ask(
        thing="unit", json={"title": "修亭子", "unit": "{unit_code}"}, named="unit"
    ),
    (f"GET {PROJECT}", "a project"): Ask(thing="project"),
    (f"PUT {PROJECT}", "a project"): Ask(thing="project", json={"title": "修亭子"}),
}
