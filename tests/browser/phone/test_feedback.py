"""How was it: three taps on the phone, a voice if one likes, and what the others said."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.phone.conftest import MATE, NEIGHBOUR, SECRETARY, WALKER

SAID = {"overall": "good", "followed": "yes", "more": "yes"}
FAKE_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def recording_phone(browser, site, who):
    """Call it with a name for a page on that person's phone, which has a microphone."""
    with_microphone = browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *FAKE_MICROPHONE])

    def recording_phone(name: str):
        screen = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
        context = with_microphone.new_context(base_url=site, locale="zh-CN", **screen)
        context.add_cookies([{"name": c.name, "value": c.value, "url": site} for c in who(name).http.cookies])
        return context.new_page()

    yield recording_phone
    with_microphone.close()


def tap(page, **faces: str) -> None:
    for question, face in faces.items():
        page.locator(f"[data-question={question}]").get_by_text(face, exact=True).click()


def test_three_taps_say_how_it_was_and_can_be_changed(who, phone_of, over):
    activity, page = over(WALKER, MATE, NEIGHBOUR), phone_of(WALKER)
    path = f"/events/activities/{activity['id']}/feedback"
    page.goto(f"/activities/{activity['id']}")
    page.get_by_role("link", name="怎么样？点三下").click()
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_text("请点一张脸。")).to_have_count(3)
    tap(page, overall="好", followed="有点难", more="想")
    page.get_by_label("还想说点什么").fill("曲子选得好")
    page.get_by_role("button", name="开始录音").click()
    expect(page.get_by_text("没有打开麦克风，不录也可以。")).to_be_visible()
    page.get_by_role("button", name="交上去").click()
    page.get_by_role("link", name="改一改我说的").click()
    expect(page.get_by_label("还想说点什么")).to_have_value("曲子选得好")
    tap(page, followed="跟得上")
    page.get_by_role("button", name="改成这样").click()
    expect(page.get_by_role("link", name="改一改我说的")).to_be_visible()

    for name in (MATE, NEIGHBOUR):
        who(name).put(f"{path}/mine", SAID)
    leader = phone_of(SECRETARY)
    leader.goto(f"/activities/{activity['id']}/attendance")
    leader.get_by_role("link", name="看大家怎么说").click()
    expect(leader.locator("[data-counts=followed]")).to_contain_text("跟得上3 人")
    expect(leader.get_by_text("曲子选得好")).to_be_visible()


def test_a_voice_is_recorded_heard_and_sent(who, recording_phone, phone_of, over):
    activity, page = over(WALKER, MATE, NEIGHBOUR), recording_phone(WALKER)
    page.goto(f"/activities/{activity['id']}/feedback")
    tap(page, overall="好", followed="跟得上", more="想")
    page.get_by_role("button", name="开始录音").click()
    expect(page.get_by_text("正在录，1 秒")).to_be_visible()
    page.get_by_role("button", name="录好了").click()
    expect(page.locator("[data-voice] audio")).to_be_visible()
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_role("link", name="改一改我说的")).to_be_visible()

    for name in (MATE, NEIGHBOUR):
        who(name).put(f"/events/activities/{activity['id']}/feedback/mine", SAID)
    leader = phone_of(SECRETARY)
    leader.goto(f"/activities/{activity['id']}/feedback/results")
    leader.get_by_role("button", name="听第 1 段").click()
    expect(leader.locator("audio")).to_have_js_property("error", None)
    expect(leader.locator("audio")).to_have_js_property("paused", False)


def test_who_was_not_there_is_told_so(phone_of, over):
    activity, page = over(WALKER), phone_of(MATE)
    page.goto(f"/activities/{activity['id']}/feedback")

    expect(page.get_by_text("到场的人才能说")).to_be_visible()
