"""patrol, route by route."""

from uuid import uuid4

from werkzeug.test import TestResponse

from tests.security.asks.ask import Ask, said, soon

NOTHING = "–"
SHIFT, PLANNED, UNDER_WAY = "a shift", "a planned shift", "a shift under way"
TROUBLE = {"kind": "lamp", "place": "东门", "words": "路灯不亮"}
SQUAD = {"code": "SQ777", "name": "新队", "leader_id": "{our_mate}"}


def _plan() -> dict:
    return {"squad_id": "{squad}", "starts_at": soon(72), "ends_at": soon(74), "crew": ["{mate}"]}


def _upload() -> dict:
    item = {"id": str(uuid4()), "kind": "check_in", "shift_id": "{under_way}", "at": soon()}
    return {"device": {"id": "phone"}, "items": [item]}


def _checklist() -> dict:
    item = {"code": "clear", "zh": "通道畅通", "en": "Clear", "kind": "ok_fail"}
    return {"name": "消防通道", "items": [item], "places": ["{our_checkpoint}"]}


def _taken_in(answer: TestResponse) -> bool:
    return said(answer)["results"][0]["outcome"] == "stored"


ASKS = {
    ("GET /api/patrol/me/shifts", "shifts"): Ask(thing="under_way", lists=True),
    ("GET /api/patrol/shifts", "shifts"): Ask(thing="under_way", lists=True),
    ("GET /api/patrol/shifts/<shift_id>", SHIFT): Ask(thing="planned"),
    ("POST /api/patrol/shifts", "the squad"): Ask(thing="squad", json=_plan, named="squad_id"),
    ("PATCH /api/patrol/shifts/<shift_id>", PLANNED): Ask(thing="planned", json={"crew": ["{mate}"]}),
    ("POST /api/patrol/shifts/<shift_id>/cancel", PLANNED): Ask(thing="planned", json={"reason": "测试"}),
    ("POST /api/patrol/shifts/<shift_id>/start", PLANNED): Ask(thing="planned", json=lambda: {"at": soon()}),
    ("POST /api/patrol/shifts/<shift_id>/end", UNDER_WAY): Ask(thing="under_way", json=lambda: {"at": soon()}),
    ("POST /api/patrol/shifts/<shift_id>/all-well", UNDER_WAY): Ask(thing="under_way", json={}),
    ("POST /api/patrol/uploads", UNDER_WAY): Ask(thing="under_way", json=_upload, effect=_taken_in),
    ("PUT /api/patrol/check-ins/<check_in_id>", "a new id"): Ask(
        thing="new_id", json=lambda: {"shift_id": "{our_under_way}", "at": soon()}
    ),
    ("PUT /api/patrol/check-ins/<check_in_id>", "its shift"): Ask(
        thing="under_way", json=lambda: {"shift_id": "{under_way}", "at": soon()}
    ),
    ("PUT /api/patrol/check-ins/<check_in_id>", "an id that is taken"): Ask(
        thing="check_in", json=lambda: {"shift_id": "{our_under_way}", "at": soon()}, made=True
    ),
    ("PUT /api/patrol/troubles/<trouble_id>", "its shift"): Ask(
        thing="under_way", json=lambda: {"shift_id": "{under_way}", "at": soon(), "trouble": TROUBLE}
    ),
    ("PUT /api/patrol/troubles/<trouble_id>", "an id that is taken"): Ask(
        thing="trouble", json=lambda: {"at": soon(), "trouble": TROUBLE}, made=True
    ),
    ("POST /api/patrol/troubles/<trouble_id>/take", "trouble"): Ask(thing="trouble"),
    ("POST /api/patrol/troubles/<trouble_id>/close", "trouble"): Ask(thing="trouble", json={}),
    ("GET /api/patrol/sos", "calls"): Ask(thing="mates_call", lists=True),
    ("PUT /api/patrol/sos/<sos_id>", "a new id"): Ask(thing="new_id", json=lambda: {"at": soon()}),
    ("PUT /api/patrol/sos/<sos_id>", "an id that is taken"): Ask(
        thing="mates_call", json=lambda: {"at": soon()}, made=True
    ),
    ("POST /api/patrol/sos/<sos_id>/acknowledge", "a call of the crew"): Ask(thing="mates_call"),
    ("POST /api/patrol/sos/<sos_id>/stand-down", "a call of the crew"): Ask(thing="mates_call", json={}),
    ("POST /api/patrol/sos/<sos_id>/stand-down", "one's own call"): Ask(thing="own_call", json={}),
    ("GET /api/patrol/board", "shifts"): Ask(thing="under_way", lists=True),
    ("GET /api/patrol/board/stream", NOTHING): Ask(),
    ("GET /api/patrol/pictures/cases", NOTHING): Ask(),
    ("GET /api/patrol/pictures/coverage", NOTHING): Ask(),
    ("GET /api/patrol/pictures/drills", NOTHING): Ask(),
    ("GET /api/patrol/pictures/visits", NOTHING): Ask(),
    ("GET /api/patrol/squads", "squads"): Ask(thing="squad", lists=True),
    ("GET /api/patrol/squads/<squad_id>", "a squad"): Ask(thing="squad"),
    ("PUT /api/patrol/squads/<squad_id>", "a squad"): Ask(thing="squad", json=SQUAD, made=True),
    ("GET /api/patrol/zones", NOTHING): Ask(),
    ("GET /api/patrol/checkpoints", "checkpoints"): Ask(thing="checkpoint", lists=True),
    ("GET /api/patrol/checkpoints/<checkpoint_id>", "a checkpoint"): Ask(thing="checkpoint"),
    ("PUT /api/patrol/checkpoints/<checkpoint_id>", "a checkpoint"): Ask(
        thing="checkpoint", json={"code": "P777", "number": 7777, "name": "新点"}, made=True
    ),
    ("POST /api/patrol/checkpoints/<checkpoint_id>/renew-qr", "a checkpoint"): Ask(thing="checkpoint"),
    ("GET /api/patrol/checkpoints/<checkpoint_id>/qr.svg", "a checkpoint"): Ask(thing="checkpoint"),
    ("GET /api/patrol/checkpoints/qr-sheet", NOTHING): Ask(),
    ("GET /api/patrol/checkpoints/qr-sheet.css", NOTHING): Ask(),
    ("GET /api/patrol/shifts/<shift_id>/join-code", UNDER_WAY): Ask(thing="under_way"),
    ("PUT /api/patrol/joins", "a shift that can be joined"): Ask(
        thing="joinable", json={"join_code": "{join_code}", "shift_id": "{joinable}"}, named="join_code"
    ),
    ("PUT /api/patrol/shifts/<shift_id>/crew-confirmed", UNDER_WAY): Ask(
        thing="under_way", json=lambda: {"at": soon(), "moment": "start", "present": ["{our_mate}"]}
    ),
    ("PUT /api/patrol/shifts/<shift_id>/handover-read", UNDER_WAY): Ask(
        thing="under_way", json=lambda: {"at": soon(), "of": "{left_word}"}
    ),
    ("POST /api/patrol/shifts/<shift_id>/restore", "a cancelled shift"): Ask(thing="cancelled_shift"),
    ("GET /api/patrol/key-areas", "key areas"): Ask(thing="key_area", lists=True),
    ("GET /api/patrol/key-areas/<area_id>", "a key area"): Ask(thing="key_area"),
    ("PUT /api/patrol/key-areas/<area_id>", "a key area"): Ask(
        thing="key_area", json={"name": "新区", "times": 2, "checkpoints": ["{our_checkpoint}"]}, made=True
    ),
    ("GET /api/patrol/tips", "tips"): Ask(thing="tip", lists=True),
    ("GET /api/patrol/tips/<tip_id>", "a tip"): Ask(thing="tip"),
    ("PUT /api/patrol/tips/<tip_id>", "a tip"): Ask(
        thing="tip", json={"zh": "关好门窗", "en": "Lock your door"}, made=True
    ),
    ("GET /api/patrol/checklists", "checklists"): Ask(thing="checklist", lists=True),
    ("GET /api/patrol/checklists/<code>", "a checklist"): Ask(thing="checklist"),
    ("PUT /api/patrol/checklists/<code>", "a checklist"): Ask(path={"code": "{our_checklist}"}, json=_checklist),
    ("GET /api/patrol/checks", "checks"): Ask(thing="check", lists=True),
}
