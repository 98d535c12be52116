"""Papers as the browser prints them: one sheet each, whatever stands on it, with letters that are really there."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

LONG = {
    "title": "社区大讲堂" * 20,
    "summary": "带上身份证和老花镜。\n" * 150,
    "place": "体育学院家属院三号楼前的小广场" * 3,
}


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def size(pdf: bytes) -> tuple[int, int]:
    """Of its sheets, in millimetres."""
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert box
    width, height = (round(float(points) / 72 * 25.4) for points in box.groups())
    return width, height


def printed(page) -> bytes:
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert re.search(rb"/FontFile|/Subtype\s*/Type3", pdf), "the letters are not in the file"
    return pdf


@pytest.mark.parametrize("facts", [{}, LONG, {"title": "棋会"}])
def test_a_poster_is_one_sheet_whatever_stands_on_it(secretary_page, held, facts):
    activity = held(**facts)

    secretary_page.goto(f"/desk/activities/{activity['id']}")
    address = secretary_page.get_by_role("link", name="打印海报").get_attribute("href")
    secretary_page.goto(address)
    expect(secretary_page.get_by_role("heading", level=1)).to_have_text(activity["title"])
    pdf = printed(secretary_page)

    assert (sheets(pdf), size(pdf)) == (1, (210, 297))
    code = secretary_page.locator("footer svg").bounding_box() or {"width": 0}
    assert code["width"] > 150  # read from two steps away


@pytest.mark.parametrize(("form", "paper"), [("landscape", (297, 210)), ("portrait", (210, 297))])
def test_the_plan_of_a_week_lies_as_it_is_wanted(secretary_page, held, form, paper):
    starts = datetime.now(UTC) + timedelta(days=21)
    activity = held(starts_at=starts.isoformat(), ends_at=(starts + timedelta(hours=2)).isoformat())

    secretary_page.goto(f"/week/paper?form={form}&unit=U01&from={starts:%Y-%m-%d}")  # other tests open venues
    expect(secretary_page.get_by_text(activity["title"]).first).to_be_visible()
    pdf = printed(secretary_page)

    assert size(pdf) == paper
    assert sheets(pdf) <= 2
