"""The three lists: what is offered, what is needed, who takes it on, and what households support."""

from itertools import islice

from demo import people, wishes
from demo.company import Company
from demo.desk import Desk
from demo.needs import MATCHED, ON_THEIR_OWN
from demo.offers import OFFERS, Line
from demo.places import entrances

SKILLS = tuple(people.SKILLS)
#: What officers of units wrote themselves: a draft, and what waits for a clerk.
DRAFT, TO_APPROVE = ("二手课外活动器材",), ("自测血压计", "家电维修摆摊点")
WITHDRAWN = ("通勤车夜间停车位",)
CLAIMS: tuple[tuple[str, str, int, list[str], str], ...] = (
    # need, unit, how many, who is asked to join, how far it is
    ("清雪义务劳动人手", "U02", 15, ["U08"], "open"),
    ("清雪义务劳动人手", "U09", 10, [], "open"),
    ("租房与合同咨询日", "U07", 2, [], "open"),
    ("义诊接送驾驶员", "U08", 3, [], "delivered"),
    ("新年联欢会会场", "U04", 1, ["U03"], "open"),
    ("请人看一看小组经费账目", "U12", 1, [], "confirmed"),
)
PROJECTS = (
    # unit, title, steps, how many of them are done
    ("U01", "体院家属院健身路径", ("立项", "认捐到位", "施工", "居民验收"), 4),
    ("U10", "顺店北院危墙修缮", ("勘察", "加固设计", "施工", "居民验收"), 2),
    ("U01", "公交新村保温层", ("测量", "筹款", "施工", "居民验收"), 1),
    ("U03", "新年联欢会节目", ("节目单", "彩排", "演出"), 0),
)
SUPPORTED = (
    # need, households, what is answered
    ("公交站加一个遮雨棚", 9, ("do", "车队下月动工，入冬前完成。")),
    ("自行车棚加装充电桩", 14, ("not_now", "变压器容量不够，等电力增容后再装，三个月内答复进度。")),
    ("垃圾分类亭", 5, ("no", "场地不够九处，改为在三处设流动收集点。")),
    ("老楼楼道加装扶手", 11, None),
)


def load(company: Company) -> None:
    """All of it; claims wait for the matcher, which takes a moment."""
    desk = company.secretary
    known = {line["title"]: line for path in ("needs", "offers") for line in desk.items(f"/events/{path}")}
    offers = {(line.unit, line.what): _offer(desk, line, known) for line in OFFERS}
    needs = {line.title: _need(company, line, known) for line in (*MATCHED, *ON_THEIR_OWN)}
    wishes.load(company, offers, known)
    for title, unit, amount, together, how_far in CLAIMS:
        offer = offers[unit, next(line.what for line in MATCHED if line.title == title)]
        body = {"unit": unit, "amount": amount, "together": together, "offer_id": offer["id"]}
        wishes.fulfil(desk, needs[title], body, how_far)
    for unit, title, steps, done in PROJECTS:
        _project(desk, unit, title, [{"text": text, "done": n < done} for n, text in enumerate(steps)])
    for title, households, answer in SUPPORTED:
        _support(company, needs[title], households, answer)


def _offer(desk: Desk, line: Line, known: dict[str, dict]) -> dict:
    found = known.get(line.title) or _written(desk, "offers", line)
    return _published(desk, "offers", found) if found["state"] == "draft" else found


def _need(company: Company, line: Line, known: dict[str, dict]) -> dict:
    by_officer = line.title in (*DRAFT, *TO_APPROVE)
    desk = company.officer(line.unit) if by_officer else company.secretary
    found = known.get(line.title) or _written(desk, "needs", line)
    if found["state"] == "draft" and line.title not in DRAFT:
        found = _published(desk, "needs", found)
    if found["state"] == "published" and line.title in WITHDRAWN:
        path = f"/events/needs/{found['id']}/withdraw"
        found = desk.post(path, {"reason": "已经另外找到车位"}, version=found["version"])
    return found


def _written(desk: Desk, path: str, line: Line) -> dict:
    return desk.post(f"/events/{path}", {"unit": line.unit, **line.words(SKILLS)}, key=f"{path} {line.title}")


def _published(desk: Desk, path: str, line: dict) -> dict:
    return desk.post(f"/events/{path}/{line['id']}/publish", version=line["version"])


def _project(desk: Desk, unit: str, title: str, steps: list[dict]) -> None:
    made = desk.make("/events/projects", {"unit": unit, "title": title, "steps": steps}, key=f"project {title}")
    done = [step["done"] for step in steps]
    if made["state"] == "planned" and any(done):
        state = "done" if all(done) else "running"
        body = {"title": title, "steps": steps, "state": state}
        desk.put(f"/events/projects/{made['id']}", body, version=made["version"])


def _support(company: Company, need: dict, households: int, answer: tuple[str, str] | None) -> None:
    """At the desk, door by door; what is answered is owed no more support."""
    desk, path = company.secretary, f"/events/needs/{need['id']}"
    if desk.get(path)["answer"]["at"]:
        return
    for door in islice(entrances(), households):
        desk.put(f"{path}/support", {"entrance": door.code, "room": "101", "on_behalf": True})
    company.signed_in["吴艳霞"].put(f"{path}/support", {"entrance": "C4-B6-E2", "room": "202"})
    if answer:
        desk.post(f"{path}/answer", dict(zip(("decision", "text"), answer, strict=True)))
