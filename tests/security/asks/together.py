"""What patrol does together, route by route: calls for hands, drills, weather."""

from tests.security.asks.ask import Ask

NOTHING = "–"
CALL, WEATHER = "a call for hands", "weather"
NEEDS = [{"task": "carry", "wanted": 2}]
RAISED = {"kind": "flood", "severity": "minor", "drill": True, "place": "三号楼", "needs": NEEDS}
OF_A_CALL = "/api/patrol/responses/<response_id>"

ASKS = {
    ("GET /api/patrol/drills/<response_id>/figures", "a drill"): Ask(thing="response"),
    ("GET /api/patrol/responses", "calls for hands"): Ask(thing="response", lists=True),
    ("POST /api/patrol/responses", NOTHING): Ask(json=RAISED),
    (f"GET {OF_A_CALL}", CALL): Ask(thing="response"),
    (f"GET {OF_A_CALL}/stream", CALL): Ask(thing="response"),
    (f"PUT {OF_A_CALL}/answer", CALL): Ask(thing="response", json={"answer": "ack"}),
    (f"GET {OF_A_CALL}/calls", CALL): Ask(thing="response"),
    (f"GET {OF_A_CALL}/log", CALL): Ask(thing="response"),
    (f"POST {OF_A_CALL}/log", CALL): Ask(thing="response", json={"words": "消防车到了"}),
    (f"POST {OF_A_CALL}/ring", CALL): Ask(thing="response"),
    (f"POST {OF_A_CALL}/stand-down", CALL): Ask(thing="response", json={"words": "没事了"}),
    (f"POST {OF_A_CALL}/review", "one that is over"): Ask(
        thing="response_over", json={"review": "都到了", "change": "备好手电"}
    ),
    ("GET /api/patrol/weather", WEATHER): Ask(thing="weather", lists=True),
    ("POST /api/patrol/weather", NOTHING): Ask(json={"weather": "air", "level": "orange"}),
    ("GET /api/patrol/weather/effects", NOTHING): Ask(),
    ("PUT /api/patrol/weather/<weather_id>/off", WEATHER): Ask(thing="weather"),
    ("GET /api/patrol/weather/<weather_id>/shifts", WEATHER): Ask(thing="weather"),
}
