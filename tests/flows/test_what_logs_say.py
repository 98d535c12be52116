"""What the running product wrote down while all these stories were told: nothing that belongs to somebody.

Flows run in the order of their files' names, so this comes last; run alone, it tells a short story of its own. What
looks like a secret, whosever it is, is looked for when the product of the tests ends (tests/conftest.py).
"""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import requests

from tests.flows.conftest import CLERK, VOLUNTEER
from tests.flows.test_activity import inbox
from tests.logs import logs, looks_like
from tests.stack import SECRETARY, until
from tests.standin.replies import UP_TOKEN


@pytest.fixture
def secrets(product, who, activity) -> dict[str, str]:
    """A story in which every kind of secret is used, rightly and wrongly; and what must stay unsaid of it."""
    volunteer, clerk, unit = who(VOLUNTEER), who(CLERK), product.key("U02")
    words, number = f"家中老人走失 {uuid4().hex[:6]}", product.number(VOLUNTEER)
    now = datetime.now(UTC).isoformat()
    trouble = {"at": now, "trouble": {"kind": "other", "place": "东门", "words": words}}
    volunteer.put(f"/patrol/troubles/{uuid4()}", trouble)
    posted = unit.post("/events/activities", activity)
    clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])
    until(lambda: inbox(volunteer, activity["title"]), 60)
    until(lambda: [told for told in clerk.get("/notify/messages", limit=50)["items"] if "trouble" in told["topic"]], 60)
    calendar = volunteer.post("/events/me/calendar")["url"].rpartition("/")[2].removesuffix(".ics")
    links = re.findall(r"/a/([\w-]{72})", str(product.sent("sms")) + str(product.sent("web_push")))
    codes = {code for message in product.sent("sms") for code in re.findall(r'"code": ?"(\d{6})"', str(message))}
    assert codes
    stumble(product, volunteer, number)
    return {
        "the words of a report": words,
        "the title of a message": activity["title"],
        "a number": number,
        "the secretary's number": product.number(SECRETARY),
        "a session": volunteer.http.cookies["sid"],
        "a unit's key": str(unit.http.headers["Authorization"]).removeprefix("Bearer "),
        "a calendar's address": calendar,
        "the gateway's word": UP_TOKEN,
        **{f"link {n}": link for n, link in enumerate(links)},
        **{f"code {n}": code for n, code in enumerate(codes)},
    }


def stumble(product, volunteer, number: str) -> None:
    """Requests that go wrong, as mistakes and attackers make them."""
    secret = volunteer.http.cookies["sid"]
    api = f"{product.url}/api"
    requests.post(f"{api}/members/sign-in", json={"phone": number, "code": "000000"}, timeout=10)
    requests.post(f"{api}/members/sign-in", data=f"phone={number}", timeout=10)
    requests.get(f"{api}/notify/a/{'x' * 72}", timeout=10)
    requests.post(f"{api}/notify/sms/replies/{UP_TOKEN}", json=[{"phone_number": number, "content": "1"}], timeout=10)
    requests.get(f"{api}/events/feeds/{secret}.ics", timeout=10)
    requests.get(f"{api}/members/me?token={secret}", headers={"Authorization": f"Bearer {secret}x"}, timeout=10)
    requests.put(f"{api}/patrol/troubles/{number}", data=b"{", headers={"Cookie": f"sid={secret}"}, timeout=10)


def test_no_log_holds_a_secret_or_a_word_that_was_for_somebody(product, secrets):
    written = {file.name: file.read_text(errors="replace") for file in logs(product.data)}

    assert {"gateway.log", "worker.log", "relay.log", "postgres.log"} <= written.keys()
    pairs = ((name, what) for name in written for what in secrets)
    assert not [pair for pair in pairs if stands(secrets[pair[1]], written[pair[0]])]


def stands(secret: str, text: str) -> bool:
    """Whether it is there by itself: six digits are also a part of many a number."""
    return re.search(rf"(?<![\w.-]){re.escape(secret)}(?![\w-])", text) is not None


@pytest.mark.parametrize(
    "line",
    [
        "signed in 13800001234", '{"phone": "8613800001234"}', "to wang@example.org", "key jc_live_abcdefg",
        "whsec_c2VjcmV0", "Authorization: Bearer x", "Cookie: sid=x",
    ],
)  # fmt: skip
def test_the_search_finds_what_it_is_for(line):
    assert [*looks_like(line)]
    assert stands("246810", "your code is 246810")
    assert not stands("246810", "0.246810 s")
