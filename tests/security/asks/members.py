"""members, route by route."""

from io import BytesIO
from zipfile import ZipFile

from shared.db import now
from tests.security.asks.ask import Ask


def _workbook() -> bytes:
    """Enough of one to be taken for one."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


NOTHING = "–"
RECORD = {"name": "新名字", "category": "in_service", "unit": "{our_unit_code}"}
KEY = {"kind": "test", "label": "屏幕", "scopes": ["activities:read"]}
SIGN_IN = {"phone": "{our_phone}", "code": "{our_code}"}

ASKS = {
    ("POST /api/members/sign-in/codes", NOTHING): Ask(json={"phone": "10000000001"}),
    ("POST /api/members/sign-in", NOTHING): Ask(json=SIGN_IN, headers={"Cookie": "pre={our_browser}"}),
    ("POST /api/members/sign-out", NOTHING): Ask(json={}),
    ("GET /api/members/me", NOTHING): Ask(),
    ("PATCH /api/members/me", NOTHING): Ask(json={"language": "en"}),
    ("GET /api/members/me/devices", "devices"): Ask(thing="device", lists=True),
    ("DELETE /api/members/me/devices/<device_id>", "a device"): Ask(thing="device"),
    ("GET /api/members/people", "members"): Ask(thing="colleague", lists=True, query="?limit=200"),
    ("GET /api/members/people/<person_id>", "oneself"): Ask(thing="self"),
    ("GET /api/members/people/<person_id>", "a member"): Ask(thing="colleague"),
    ("PUT /api/members/people/<person_id>", "a member"): Ask(thing="colleague", json=RECORD, made=True),
    ("POST /api/members/people/<person_id>/move", "a member"): Ask(
        thing="colleague", json=lambda: {"unit": "{our_unit_code}", "from": now().date().isoformat()}
    ),
    ("DELETE /api/members/people/<person_id>", "a member"): Ask(thing="colleague"),
    ("GET /api/members/audit", NOTHING): Ask(),
    ("GET /api/members/units", "units"): Ask(thing="unit", lists=True),
    ("GET /api/members/units/<unit_id>", "a unit"): Ask(thing="unit"),
    ("PATCH /api/members/units/<unit_id>", "a unit"): Ask(thing="unit", json={"name": "新名字"}),
    ("GET /api/members/org", NOTHING): Ask(query="?line=vertical"),
    ("GET /api/members/places", NOTHING): Ask(),
    ("GET /api/members/groups", NOTHING): Ask(),
    ("GET /api/members/skills", NOTHING): Ask(),
    ("GET /api/members/grants", "roles held"): Ask(thing="grant", lists=True, query="?limit=200"),
    ("POST /api/members/grants", "a member"): Ask(
        thing="colleague", json={"person_id": "{colleague}", "role": "duty"}, named="person_id"
    ),
    ("DELETE /api/members/grants/<grant_id>", "a role held"): Ask(thing="grant"),
    ("POST /api/members/imports", NOTHING): Ask(upload=_workbook()),
    ("GET /api/members/imports", "imports"): Ask(thing="checked", lists=True, query="?limit=200"),
    ("GET /api/members/imports/template.xlsx", NOTHING): Ask(),
    ("GET /api/members/imports/<import_id>", "an import"): Ask(thing="checked"),
    ("POST /api/members/imports/<import_id>/apply", "an import"): Ask(thing="checked"),
    ("POST /api/members/imports/<import_id>/stop", "an import"): Ask(thing="checking"),
    ("POST /api/members/imports/<import_id>/undo", "an import"): Ask(thing="applied"),
    ("GET /api/members/export.xlsx", NOTHING): Ask(),
    ("GET /api/members/units/<unit_id>/keys", "a unit"): Ask(thing="unit"),
    ("POST /api/members/units/<unit_id>/keys", "a unit"): Ask(thing="unit", json=KEY),
    ("POST /api/members/keys/<key_id>/rotate", "a key"): Ask(thing="key", json={}),
    ("DELETE /api/members/keys/<key_id>", "a key"): Ask(thing="key"),
    ("GET /api/members/me/hours", NOTHING): Ask(),
    ("GET /api/members/people/<person_id>/hours", "a member"): Ask(thing="colleague"),
    ("POST /api/members/people/<person_id>/hours", "a member"): Ask(
        thing="colleague", json={"on": "2026-01-05", "minutes": 60, "note": "补记"}
    ),
    ("GET /api/members/hours", "hours to look at"): Ask(thing="proposed_hours", lists=True, query="?limit=200"),
    ("POST /api/members/hours/<hours_id>/confirm", "hours to look at"): Ask(thing="proposed_hours"),
    ("POST /api/members/hours/<hours_id>/refuse", "hours to look at"): Ask(thing="proposed_hours"),
    ("GET /api/members/units/<unit_id>/hours", "a unit"): Ask(thing="unit"),
    ("GET /api/members/agenda", NOTHING): Ask(),
}
