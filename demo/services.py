"""The ten services of the happy family: for whom, by whom, what is missing, and what was asked for."""

from demo.company import Company
from demo.desk import Desk

SERVICES: tuple[tuple[int, str, list[str], list[str], dict[str, tuple[str | None, int]]], ...] = (
    # number, name, skills and kinds of units that could give it, and for each type of families: unit and times a month
    (1, "四点半课堂与假期看护", ["teaching"], ["school"], {"minors": ("U04", 20), "mobile": (None, 0)}),
    (2, "家庭教育与亲子活动", ["teaching"], ["kindergarten", "school"], {"minors": ("U05", 4), "adults": ("U05", 4)}),
    (3, "未成年人安全与心理关爱", [], ["social", "safety"], {"minors": ("U13", 6), "mobile": (None, 0)}),
    (4, "就业信息与技能培训", [], ["shops", "transport", "bank"], {"adults": ("U11", 4), "mobile": ("U11", 2)}),
    (5, "婚姻家庭与邻里调解", ["law"], ["social"],
     {"adults": ("U13", 4), "elders": ("U13", 2), "mobile": (None, 0)}),
    (6, "法律咨询与政策代办", ["law"], ["safety", "bank"],
     {"minors": (None, 0), "adults": ("U07", 4), "elders": ("U12", 4), "mobile": ("U07", 2)}),
    (7, "健康档案与义诊", ["medicine"], ["health"],
     {"minors": ("U06", 4), "adults": ("U06", 8), "elders": ("U06", 8), "mobile": ("U06", 1)}),
    (8, "空巢老人探访与助餐", [], ["social", "community"], {"elders": ("U01", 12)}),
    (9, "新居民融入（入学、居住证、租房安全）", ["mongolian"], ["community", "safety"], {"mobile": ("U01", 4)}),
    (10, "文体活动与节日慰问", ["coaching", "errentai"], ["sports", "culture"],
     {"minors": ("U02", 8), "adults": ("U02", 8), "elders": ("U03", 6)}),
)  # fmt: skip
#: Who asks for which service as what, and what becomes of it. Two for one time a month make a thin cell.
ASKED = (
    ("刘静", 7, "elders", "想给家里老人建健康档案。", "finish"),
    ("吴艳霞", 7, "mobile", "外地回来，想补一次体检登记。", "take"),
    ("王改梅", 7, "mobile", "想知道义诊哪天方便。", None),
    ("杨国庆", 4, "adults", "想学一门手艺，周末有空。", None),
    ("李玉梅", 5, "mobile", "邻里停车的事，想请人说合说合。", None),
)


def load(company: Company) -> None:
    """The matrix, with four cells that nobody fills yet and a thin one, and five requests."""
    desk = company.secretary
    for number, name, skills, kinds, cells in SERVICES:
        body = {"number": number, "name": name, "types": sorted(cells), "skills": skills, "unit_kinds": kinds}
        desk.post("/events/family-services", body, key=f"service {number}")
        for family_type, (unit, slots) in cells.items():
            if unit:
                giving = {"family_type": family_type, "unit": unit, "slots": slots}
                desk.put(f"/events/family-services/{number}/cells", giving)
    for name, number, family_type, words, step in ASKED:
        _ask(desk, company.signed_in[name], number, {"family_type": family_type, "words": words}, step)


def _ask(desk: Desk, person: Desk, number: int, body: dict, step: str | None) -> None:
    made = person.post(f"/events/family-services/{number}/requests", body, key=f"request {number} {body}")
    state = next(one["state"] for one in person.items("/events/service-requests") if one["id"] == made["id"])
    if step and state == "asked":
        desk.post(f"/events/service-requests/{made['id']}/{step}")
