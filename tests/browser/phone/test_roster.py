"""My shifts on the phone: what I say of myself, a place that passes on, and being asked to stand in."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import SECRETARY

LEADER, VOLUNTEER = "郭建国", "苏红梅"


@pytest.fixture
def tour(who):
    """Call it with people for a shift of 夜安一队 at an hour of which nobody else thinks."""
    boss = who(SECRETARY)
    made: list[dict] = []

    def tour(*names: str) -> dict:
        squad = next(squad for squad in boss.get("/patrol/squads")["items"] if squad["name"] == "夜安一队")
        starts = datetime.now(UTC).replace(hour=17, minute=0, second=0, microsecond=0) + timedelta(days=7 + len(made))
        times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
        crew = [who(name).get("/members/me")["id"] for name in names]
        made.append(boss.post("/patrol/shifts", {"squad_id": squad["id"], "crew": crew, **times}))
        return made[-1]

    yield tour
    for shift in made:
        boss.post(f"/patrol/shifts/{shift['id']}/cancel", {"reason": "测试"})


@pytest.fixture
def crew_of(who):
    return lambda shift: {one["name"] for one in who(SECRETARY).get(f"/patrol/shifts/{shift['id']}")["crew"]}


def card_of(page, shift, kind="article"):
    hour = datetime.fromisoformat(shift["starts_at"]) + timedelta(hours=8)
    return page.locator(kind).filter(has_text=f"{hour.month}月{hour.day}日").filter(has_text=f"{hour:%H:%M}")


def test_limits_are_kept_with_consent_only_and_what_was_typed_survives(phone_of):
    page = phone_of(VOLUNTEER)
    page.goto("/me/volunteer")
    page.get_by_role("button", name="加一段时间").click()
    page.get_by_label("一周最多几个班").select_option("3")
    page.get_by_label("不爬楼").check()
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("alert")).to_contain_text("请先勾选同意")
    page.get_by_label("我同意保存这些不方便的情况").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("记下了，以后照这个排。")).to_be_visible()
    page.reload()
    expect(page.get_by_label("一周最多几个班")).to_have_value("3")
    expect(page.get_by_label("不爬楼")).to_be_checked()

    page.get_by_role("button", name="收回我填的内容").click()
    page.get_by_role("dialog").get_by_role("button", name="收回我填的内容").click()
    expect(page.get_by_text("已经删掉了。")).to_be_visible()


def test_who_cannot_come_asks_a_mate_who_takes_it(phone_of, tour, crew_of):
    shift = tour(VOLUNTEER, "王金凤")
    page = phone_of(VOLUNTEER)
    page.goto("/patrol")
    page.goto("/my-shifts")
    card_of(page, shift).get_by_role("button", name="这一班去不了").click()
    page.get_by_role("dialog").get_by_label("想请谁替").select_option(label=LEADER)
    page.get_by_role("dialog").get_by_role("button", name="请人替").click()
    expect(card_of(page, shift)).to_contain_text("正在找人替")

    mate = phone_of(LEADER)
    mate.goto("/my-shifts")
    offer = card_of(mate, shift, "[data-swap]")
    expect(offer).to_contain_text(f"{VOLUNTEER}想请您替这一班")
    offer.get_by_role("button", name="我来替").click()
    expect(mate.get_by_text("谢谢，这一班是您的了。")).to_be_visible()
    assert crew_of(shift) == {LEADER, "王金凤"}


def test_a_shift_short_of_hands_finds_somebody_who_sees_why_they_are_asked(phone_of, tour, who, crew_of):
    shift = tour(LEADER)
    page = phone_of(LEADER)
    page.goto("/my-shifts")
    card_of(page, shift).get_by_role("button", name="找人顶班").click()
    page.get_by_role("dialog").get_by_role("button", name="开始找人").click()
    expect(page.get_by_role("dialog")).to_contain_text("正在找人")
    asks = who(SECRETARY).get(f"/patrol/shifts/{shift['id']}/cover")["asks"]
    assert len(asks) == 3

    helper = phone_of(asks[0]["name"])
    helper.goto("/my-shifts")
    ask = card_of(helper, shift, "[data-ask]")
    expect(ask).to_contain_text("问您是因为：")
    ask.get_by_role("button", name="我能来").click()
    expect(helper.get_by_text("已经把您排进这一班。")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text("已经找齐", timeout=30_000)
    assert asks[0]["name"] in crew_of(shift)
