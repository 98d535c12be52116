"""Seventeen posts of the bus fleet, the market and the bank; some wait for the clerk, and people were referred."""

from datetime import date, timedelta

from demo.company import Company

JOBS = (
    # unit, title, hours, pay, openings
    ("U08", "公交驾驶员（A1）", "早晚班轮换", "每月 5500 元起", 6),
    ("U08", "公交驾驶员（A3）", "早晚班轮换", "每月 4800 元起", 4),
    ("U08", "车辆检修工", "白班，做五休二", "每月 4600 元", 2),
    ("U08", "站台引导员", "早高峰 3 小时", "每小时 22 元", 5),
    ("U08", "车队保洁", "晚 20:00-23:00", "每月 2200 元", 3),
    ("U11", "蔬菜摊位店员", "6:00-14:00，轮休", "每月 3200 元", 2),
    ("U11", "水产摊位店员", "6:00-14:00，轮休", "每月 3400 元", 1),
    ("U11", "超市收银员", "两班倒", "每月 3000 元加提成", 3),
    ("U11", "理货员", "白班", "每月 2900 元", 2),
    ("U11", "面点师傅", "4:30-12:00", "每月 4500 元", 1),
    ("U11", "市场夜间值守", "22:00-6:00，做一休一", "每月 2800 元", 2),
    ("U11", "送货三轮车司机", "白班", "每单计酬，约 3500 元", 2),
    ("U11", "缝纫改衣", "时间自定", "计件", 1),
    ("U12", "大堂引导员", "工作日 9:00-17:00", "每月 3300 元", 1),
    ("U12", "银行保洁", "工作日 7:00-9:00", "每月 1600 元", 1),
    ("U12", "厅堂暑期实习", "工作日", "每天 100 元", 4),
    ("U12", "社区理财课助教", "每月四次", "每次 150 元", 1),
)
PLACES = {"U08": "公交车队", "U11": "利民市场", "U12": "丰穗银行顺店支行"}
WAITING = 2  # of the market's, for the clerk's look


def load(company: Company, today: date) -> list[dict]:
    """The posts; the last ones of the market's officer are submitted, the others are open."""
    waiting = [job for job in JOBS if job[0] == "U11"][-WAITING:]
    found = [_job(company, job, number, today, job in waiting) for number, job in enumerate(JOBS)]
    path = "/events/jobs/{id}/referral"
    for name, number in (("吴艳霞", 7), ("杨国庆", 2), ("李玉梅", 7)):
        company.signed_in[name].put(path.format(**found[number]), {"consent": True})
    driver = {"person_id": company.able("driving", 1)[0], "consent": "paper"}
    made = company.secretary.post(path.format(**found[0]) + "s", driver, key="referral driver")
    company.secretary.put(f"/events/referrals/{made['id']}/result", {"result": "hired"})
    return found


def _job(company: Company, job: tuple, number: int, today: date, waits: bool) -> dict:
    unit, title, hours, pay, openings = job
    until = today + timedelta(days=21 + number * 3)
    body = {"unit": unit, "title": title, "hours": hours, "pay": pay, "openings": openings, "until": until.isoformat()}
    body |= {"place": PLACES[unit], "contact": f"{PLACES[unit]}办公室，工作日 9:00-17:00", "submit": True}
    desk = company.officer("U11") if waits else company.secretary
    return desk.make("/events/jobs", body, key=f"job {title}")
