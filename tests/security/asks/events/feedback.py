"""How it was, route by route."""

from tests.security.asks.ask import Ask

FEEDBACK = "/api/events/activities/<activity_id>/feedback"
OVER, SPOKEN = "one that is over", "one of which one spoke"
SAID = {"overall": "good", "followed": "yes", "more": "maybe"}

ASKS = {
    (f"GET {FEEDBACK}/mine", "a published one"): Ask(thing="published"),
    (f"PUT {FEEDBACK}/mine", "one where one was"): Ask(thing="attended", json=SAID),
    (f"GET {FEEDBACK}", OVER): Ask(thing="over_activity"),
    (f"GET {FEEDBACK}", SPOKEN): Ask(thing="spoken"),
    (f"POST {FEEDBACK}/slips", OVER): Ask(thing="over_activity", json=SAID),
    (f"GET {FEEDBACK}/paper", OVER): Ask(thing="over_activity"),
    ("GET /api/events/feedback/<voice_id>/voice", "a voice note"): Ask(thing="voice"),
}
