"""A resident's wish: sealed, checked, published without a trace of them, closed by their word only."""

import pytest
from sqlalchemy import text

from services.events.models import Clearance, Need, Wish
from services.events.models import Person as Member
from shared.db import now
from shared.schemas.members import PersonErased
from tests.events.conftest import once
from tests.events.lists_fixtures import words

WHOSE = {"name": "贾宝玉", "phone": "13900000001", "where": "3号楼2单元501"}


def a_wish(**facts) -> dict:
    return words(kind="wish", title="一台收音机", what="appliances", amount=1, text="想听听戏。") | {
        "whose": WHOSE, "consent": True, "on_behalf": True, **facts,
    }  # fmt: skip


@pytest.fixture
def desk(person, token, grant):
    """Call it for the headers of one more clerk."""

    def desk(name: str = "另一位干事") -> dict[str, str]:
        somebody = person(name)
        grant(somebody.person_id, "clerk")
        return token(somebody.person_id)

    return desk


def test_whose_wish_it_is_stands_nowhere_in_clear(events, clerk, db):
    made = events.post("/wishes", json=a_wish(), headers=once(clerk))

    assert (made.status_code, made.json["state"]) == (201, "verify")
    assert not any(word in made.text for word in WHOSE.values())
    kept = text("SELECT n::text || w::text FROM events.needs n JOIN events.wishes w ON w.need_id = n.id")
    row = db.execute(kept).scalar_one()
    assert not any(word in row for word in WHOSE.values())


def test_without_consent_there_is_no_wish(events, clerk):
    refused = events.post("/wishes", json=a_wish(consent=False), headers=once(clerk))

    assert refused.json["errors"] == {"consent": [{"code": "consent_required"}]}


def test_a_member_wishes_for_themselves_and_for_nobody_else(events, person, token):
    member = token(person().person_id)

    assert events.post("/wishes", json=a_wish(), headers=once(member)).status_code == 403
    mine = events.post("/wishes", json=a_wish(on_behalf=False), headers=once(member))
    assert mine.status_code == 201
    assert events.get(f"/wishes/{mine.json['id']}/personal", headers=member).json == WHOSE


def test_a_trace_of_the_resident_keeps_a_wish_off_the_list(events, clerk):
    told = "送给贾宝玉，电话 139 0000 0001，住3号楼。"
    made = events.post("/wishes", json=a_wish(text=told), headers=once(clerk)).json

    refused = events.post(f"/needs/{made['id']}/publish", headers=clerk | {"If-Match": "*"})

    assert (refused.status_code, refused.json["title"]) == (422, "TracesOfAPerson")
    found = {told[each["from"] : each["to"]]: each["kind"] for each in refused.json["findings"]}
    assert found == {"贾宝玉": "name", "139 0000 0001": "phone", "3号楼": "address"}


def test_what_was_found_is_confirmed_by_a_second_person_and_not_by_who_wrote_it(events, clerk, desk):
    made = events.post("/wishes", json=a_wish(text="想要一本《王小明的故事》。"), headers=once(clerk)).json
    check, publish = f"/wishes/{made['id']}/check", f"/needs/{made['id']}/publish"

    alone = events.post(check, json={"confirm": True}, headers=clerk)
    seen = events.post(check, json={}, headers=clerk).json["findings"]
    second = events.post(check, json={"confirm": True}, headers=desk()).json["findings"]

    assert alone.json["title"] == "SecondPairOfEyes"
    assert [each["confirmed"] for each in seen] == [False]
    assert [each["confirmed"] for each in second] == [True]
    assert events.post(publish, headers=clerk | {"If-Match": "*"}).json["state"] == "published"


def test_words_that_change_are_looked_at_again(events, clerk, desk, db):
    made = events.post("/wishes", json=a_wish(text="想要一本《王小明的故事》。"), headers=once(clerk)).json
    check, other = f"/wishes/{made['id']}/check", desk()
    events.post(check, json={"confirm": True}, headers=other)
    plain = {name: value for name, value in a_wish().items() if name not in ("whose", "consent", "on_behalf")}

    events.put(
        f"/needs/{made['id']}",
        json=plain | {"text": "想要一本《王小明的故事》和笔。"},
        headers=other | {"If-Match": "*"},
    )

    assert [each["confirmed"] for each in events.post(check, json={}, headers=clerk).json["findings"]] == [False]
    assert events.post(check, json={"confirm": True}, headers=other).json["title"] == "SecondPairOfEyes"
    assert db.query(Clearance).count() == 1


def test_a_published_wish_cannot_be_given_a_name_later(events, wish, clerk):
    plain = words(kind="wish", title="一台收音机", text="给贾宝玉", amount=1)

    refused = events.put(f"/needs/{wish().id}", json=plain, headers=clerk | {"If-Match": "*"})

    assert refused.json["title"] == "TracesOfAPerson"


def test_names_of_the_register_are_found_wherever_they_stand(events, clerk, person):
    person("巴特尔")
    made = events.post("/wishes", json=a_wish(text="希望请巴特尔来教马头琴"), headers=once(clerk)).json

    refused = events.post(f"/needs/{made['id']}/publish", headers=clerk | {"If-Match": "*"})

    assert [each["kind"] for each in refused.json["findings"]] == ["name"]


def test_the_helper_learns_whose_wish_it_is_when_a_clerk_accepts_them_and_each_look_is_noted(
    events, wish, unit, liaison, clerk, db
):
    radio, helper = wish(), liaison(unit("U81"))
    made = events.post(f"/needs/{radio.id}/claims", json={"amount": 1}, headers=once(helper)).json
    personal = f"/wishes/{radio.id}/personal"
    assert (made["state"], events.get(personal, headers=helper).status_code) == ("asked", 403)

    events.post(f"/claims/{made['id']}/accept", headers=clerk)

    assert events.get(personal, headers=helper).json == WHOSE
    assert events.get(personal, headers=liaison(unit("U82"))).status_code == 403
    looks = text("SELECT count(*) FROM audit.entries WHERE action = 'events.wish_looked_up'")
    assert db.execute(looks).scalar_one() == 1


@pytest.fixture
def delivered(events, wish, unit, liaison, clerk):
    """A wish that a unit brought: the wish, and the headers of its helper."""
    radio, helper = wish(), liaison(unit("U83"))
    made = events.post(f"/needs/{radio.id}/claims", json={"amount": 1}, headers=once(helper)).json
    events.post(f"/claims/{made['id']}/accept", headers=clerk)
    events.post(f"/claims/{made['id']}/deliver", headers=helper)
    return radio, helper


def test_the_resident_closes_their_wish_by_slip_and_the_helper_is_thanked(events, delivered, clerk, published):
    radio, helper = delivered
    slip = events.post(f"/wishes/{radio.id}/slip", headers=clerk).json
    link = slip["url"].rpartition("/")[2]

    assert events.get(f"/public/wishes/{link}").json["delivered"] is True
    closed = events.put(f"/public/wishes/{link}/confirmation", json={"pin": slip["pin"]})

    assert closed.json == {"closed": True, "tries_left": None}
    assert events.get(f"/needs/{radio.id}", headers=helper).json["state"] == "closed"
    assert len(published("events.wish_confirmed.v1")) == 1
    assert events.get(f"/public/wishes/{link}").status_code == 404


def test_a_pin_is_tried_five_times(events, delivered, clerk):
    radio, _ = delivered
    slip = events.post(f"/wishes/{radio.id}/slip", headers=clerk).json
    path = f"/public/wishes/{slip['url'].rpartition('/')[2]}/confirmation"
    wrong = f"{(int(slip['pin']) + 1) % 1_000_000:06}"

    left = [events.put(path, json={"pin": wrong}).json["tries_left"] for _ in range(6)]

    assert left == [4, 3, 2, 1, 0, 0]
    assert events.put(path, json={"pin": slip["pin"]}).json == {"closed": False, "tries_left": 0}


def test_neither_the_helper_nor_a_clerk_of_their_unit_closes_a_wish(
    events, delivered, person, token, grant, db, clerk, unit
):
    radio, helper = delivered
    both = person("双重身份")
    grant(both.person_id, "clerk")
    grant(both.person_id, "liaison", unit_id=db.query(Member).filter_by(name="联络员").first().unit_id)
    path = f"/needs/{radio.id}/confirmation"

    for who in (helper, token(both.person_id)):
        refused = events.put(path, json={"note": "说好了"}, headers=who)
        assert (refused.status_code, refused.json["title"]) == (409, "ResidentsWord")
    assert events.post(f"/needs/{radio.id}/close", json={"reason": "x"}, headers=clerk | {"If-Match": "*"}).json[
        "title"
    ] == ("ResidentsWord")


def test_by_telephone_a_clerk_closes_it_with_a_note_of_what_was_said(events, delivered, clerk, db):
    radio, _ = delivered
    path = f"/needs/{radio.id}/confirmation"

    bare = events.put(path, json={}, headers=clerk)
    noted = events.put(path, json={"note": "老人电话里说收到了，很喜欢。"}, headers=clerk)

    assert bare.json["errors"] == {"note": [{"code": "required"}]}
    assert noted.json["state"] == "closed"
    db.expire_all()
    assert db.get(Wish, radio.id).confirmed_by == "desk"


def test_before_anything_was_brought_there_is_nothing_to_confirm(events, wish, clerk):
    radio = wish()
    slip = events.post(f"/wishes/{radio.id}/slip", headers=clerk).json

    early = events.put(f"/public/wishes/{slip['url'].rpartition('/')[2]}/confirmation", json={"pin": slip["pin"]})

    assert (early.status_code, early.json["title"]) == (409, "NotNow")


def test_whoever_asks_to_be_forgotten_leaves_no_wish_behind(events, person, token, hear, db):
    member = person("爱丽丝")
    made = events.post("/wishes", json=a_wish(on_behalf=False), headers=once(token(member.person_id))).json

    hear(PersonErased, subject=member.person_id, person_id=member.person_id, erased_at=now())

    assert db.query(Wish).count() == 0
    assert db.get(Need, made["id"]).state == "withdrawn"


def test_the_public_list_shows_wishes_and_never_whose(events, wish):
    radio = wish(text="想听听戏。")

    listed = events.get("/public/needs")

    assert [(each["id"], each["unit"]) for each in listed.json["items"]] == [(str(radio.id), None)]
    assert not any(word in listed.text for word in WHOSE.values())
