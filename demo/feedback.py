"""What those said who were at the work day: some on their phones, some on slips of paper."""

from demo.company import Company
from demo.desk import fixed_id

ANSWERS = (
    ("刘静", "good", "yes", "yes", "人多力量大，一上午楼道就亮堂了。"),
    ("吴艳霞", "good", "yes", "yes", ""),
    ("王改梅", "good", "partly", "maybe", "台阶多，岁数大的可以分在一楼。"),
    ("杨国庆", "fair", "yes", "yes", "手套不够，下次多备几双。"),
)
SLIPS = (
    ("good", "yes", "yes", "孩子也跟着干，挺好。"),
    ("good", None, "maybe", ""),
    ("fair", "partly", "yes", "开始得太早。"),
)


def load(company: Company, activity: dict) -> None:
    """Whoever answers was there, too: the clerk ticks them first."""
    desk, path = company.secretary, f"/events/activities/{activity['id']}"
    for name, overall, followed, more, words in ANSWERS:
        desk.put(f"{path}/attendance/{company.ids[name]}", {"id": fixed_id(f"mark {company.ids[name]}")})
        said = {"overall": overall, "followed": followed, "more": more, "words": words}
        company.signed_in[name].put(f"{path}/feedback/mine", said)
    for number, slip in enumerate(SLIPS):
        typed = dict(zip(("overall", "followed", "more", "words"), slip, strict=True))
        desk.post(f"{path}/feedback/slips", typed, key=f"slip {number}")
