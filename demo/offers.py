"""Seventy-three offers: unit, title, what it is in the words that both lists share, how many, and when."""

from typing import Any, NamedTuple


class Line(NamedTuple):
    """A line of either list. *what*: a thing or a skill; *times*: when in the week, none of them whenever."""

    unit: str
    kind: str
    title: str
    what: str
    amount: int = 1
    measure: str = "times"
    times: tuple[str, ...] = ()
    place: str | None = None

    def words(self, skills: tuple[str, ...]) -> dict[str, Any]:
        what = {"skills": [self.what]} if self.what in skills else {"what": self.what}
        place = {"place": {"compound": self.place}} if self.place else {}
        facts = {"kind": self.kind, "title": self.title, "amount": self.amount, "unit_of_amount": self.measure}
        return {**facts, **what, **place, "times": list(self.times)}


DAY, EVENING, WEEKEND = ("weekday_day",), ("weekday_evening",), ("weekend_day", "weekend_evening")

OFFERS = (
    # small things for wishes
    Line("U11", "service", "上门理发", "haircut", 12, place="C8"),
    Line("U11", "goods", "新小家电，商户成本价捐出", "appliances", 6, "pieces", place="C8"),
    Line("U03", "service", "家庭合影拍摄与冲印", "photos", 10),
    Line("U11", "service", "代买送到家", "shopping", 20, place="C8"),
    Line("U13", "people", "上门陪伴与陪聊", "company", 24, "hours"),
    Line("U10", "goods", "自制书桌与小柜", "furniture", 5, "pieces", place="C2"),
    Line("U05", "goods", "新棉衣与童装", "clothing", 15, "pieces", place="C6"),
    Line("U03", "goods", "少儿与大字读物", "books", 40, "pieces"),
    Line("U08", "service", "预约用车", "transport", 8, place="C5"),
    Line("U09", "service", "水电小修上门", "repair", 20, place="C3"),
    # rooms and grounds
    Line("U01", "venue", "社区大讲堂", "room", 30, times=DAY, place="C3"),
    Line("U01", "venue", "党群会客厅", "room", 40, place="C3"),
    Line("U10", "venue", "设计所会议室", "room", 10, times=(*EVENING, *WEEKEND), place="C2"),
    Line("U12", "venue", "银行二楼活动室", "room", 12, times=WEEKEND, place="C8"),
    Line("U03", "venue", "文化馆小剧场", "hall", 12, times=(*DAY, "weekend_day")),
    Line("U04", "venue", "晨光小学礼堂", "hall", 12, times=WEEKEND, place="C9"),
    Line("U08", "venue", "车队食堂大厅", "hall", 8, times=EVENING, place="C5"),
    Line("U02", "venue", "体工二大队操场", "sports_ground", 60, times=(*EVENING, "weekend_evening"), place="C1"),
    Line("U04", "venue", "晨光小学操场", "sports_ground", 20, times=("weekend_day",), place="C9"),
    # hands
    Line("U02", "people", "青年突击队", "volunteers", 20, "people", place="C1"),
    Line("U04", "people", "教师志愿者", "volunteers", 15, "people", WEEKEND, "C9"),
    Line("U07", "people", "民警与辅警志愿者", "volunteers", 8, "people"),
    Line("U08", "people", "车队志愿者", "volunteers", 15, "people", place="C5"),
    Line("U09", "people", "供热站志愿者", "volunteers", 10, "people", place="C3"),
    Line("U12", "people", "银行青年志愿者", "volunteers", 6, "people", WEEKEND),
    Line("U02", "people", "健身操教练", "coaches", 2, "people", EVENING, "C1"),
    Line("U02", "people", "篮球与田径教练", "coaches", 3, "people", place="C1"),
    Line("U03", "people", "二人台小分队", "performers", 6, "people"),
    Line("U03", "people", "合唱队", "performers", 20, "people", WEEKEND),
    Line("U05", "people", "幼儿园教师舞蹈队", "performers", 10, "people", WEEKEND),
    Line("U07", "people", "应急驾驶员", "drivers", 2, "people"),
    Line("U08", "people", "公交驾驶员志愿者", "drivers", 6, "people", place="C5"),
    # services
    Line("U07", "service", "户籍与租房法律咨询", "legal_advice", 12, times=DAY),
    Line("U12", "service", "反诈与合同咨询", "legal_advice", 8, times=DAY),
    Line("U13", "service", "婚姻家庭法律咨询", "legal_advice", 10),
    Line("U06", "service", "血压血糖检测", "health_check", 40, times=DAY, place="C7"),
    Line("U06", "service", "建立健康档案", "health_check", 60, times=DAY, place="C7"),
    Line("U06", "service", "中医养生指导", "health_check", 10, times=DAY, place="C7"),
    Line("U02", "service", "体质测试", "health_check", 50, "people", ("weekend_day",), "C1"),
    Line("U04", "service", "小学语文辅导", "tutoring", 20, "hours", DAY, "C9"),
    Line("U04", "service", "小学数学辅导", "tutoring", 20, "hours", DAY, "C9"),
    Line("U04", "service", "英语角", "tutoring", 12, "hours", WEEKEND, "C9"),
    Line("U05", "service", "幼小衔接辅导", "tutoring", 8, "hours", WEEKEND, "C6"),
    # lectures
    Line("U04", "skill", "讲课：作业与手机", "lecture", 3, times=WEEKEND),
    Line("U05", "skill", "讲课：隔代教养", "lecture", 3, times=WEEKEND),
    Line("U06", "skill", "讲课：高血压管理", "lecture", 4, times=DAY),
    Line("U07", "skill", "讲课：反诈防骗", "lecture", 6, times=(*DAY, *EVENING)),
    Line("U09", "skill", "讲课：冬季用热安全", "lecture", 2, times=DAY),
    Line("U10", "skill", "讲课：老楼安全怎么看", "lecture", 2, times=DAY),
    Line("U12", "skill", "讲课：守好养老钱", "lecture", 4, times=DAY),
    Line("U13", "skill", "讲课：青春期沟通", "lecture", 3, times=WEEKEND),
    # skills
    Line("U02", "skill", "运动队康复与体能指导", "coaching", 10),
    Line("U03", "skill", "书法教师", "calligraphy", 8),
    Line("U03", "skill", "二人台教师", "errentai", 6),
    Line("U03", "skill", "蒙汉双语讲解", "mongolian", 6),
    Line("U06", "skill", "急救培训师", "first_aid", 6),
    Line("U08", "skill", "大客车驾驶", "driving", 10),
    Line("U09", "skill", "管道工", "plumbing", 15),
    Line("U10", "skill", "电气工程师", "electrics", 6),
    Line("U12", "skill", "账目审计", "accounting", 6),
    Line("U13", "skill", "手语翻译", "sign_language", 8),
    # goods on loan or given
    Line("U02", "goods", "户外音响", "equipment", 2, "sets", place="C1"),
    Line("U03", "goods", "投影与幕布", "equipment", 2, "sets"),
    Line("U04", "goods", "折叠桌椅", "equipment", 40, "sets", WEEKEND, "C9"),
    Line("U08", "goods", "大帐篷", "equipment", 4, "pieces", place="C5"),
    Line("U10", "goods", "测绘仪器", "equipment", 1, "sets", DAY, "C2"),
    Line("U11", "goods", "集市摊位架", "equipment", 20, "sets", place="C8"),
    Line("U01", "goods", "雪铲与扫帚", "tools", 50, "pieces", place="C3"),
    Line("U08", "goods", "融雪工具", "tools", 12, "pieces", place="C5"),
    Line("U09", "goods", "管道工具", "tools", 6, "sets", place="C3"),
    Line("U11", "goods", "时令蔬菜", "food", 30, "sets", place="C8"),
    Line("U11", "goods", "米面粮油", "food", 20, "sets", place="C8"),
    Line("U12", "goods", "节日慰问品", "food", 20, "sets", place="C8"),
)  # fmt: skip
