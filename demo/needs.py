"""Fifty-eight needs: of them thirty-two of units, and twenty-six small wishes of residents.

The matcher finds forty-one offers for them: tests/demo/test_lists.py counts. Twenty-six are for the first twelve needs
of units, fifteen for wishes; the other needs are for the joint meeting to speak about.
"""

from demo.offers import DAY, EVENING, Line

MATCHED = (
    Line("U03", "venue", "合唱队冬季排练场地", "hall", 10, "times", EVENING),
    Line("U01", "venue", "新年联欢会会场", "hall", 2, "times", ("weekend_day",), "C3"),
    Line("U13", "venue", "青少年小组活动室", "room", 8, "times", (), "C2"),
    Line("U05", "venue", "亲子运动会场地", "sports_ground", 1, "times", ("weekend_day",), "C6"),
    Line("U01", "people", "清雪义务劳动人手", "volunteers", 40, "people", (), "C4"),
    Line("U06", "people", "义诊接送驾驶员", "drivers", 3, "people", DAY, "C7"),
    Line("U03", "people", "社区健身操领操人", "coaches", 2, "people"),
    Line("U01", "service", "租房与合同咨询日", "legal_advice", 4, "times", DAY, "C5"),
    Line("U05", "service", "教职工体质测试", "health_check", 17, "people", ("weekend_day",), "C6"),
    Line("U08", "skill", "给晚班司机讲一次反诈", "lecture", 1, "times", EVENING, "C5"),
    Line("U01", "goods", "清雪工具", "tools", 20, "pieces", (), "C4"),
    Line("U13", "skill", "请人看一看小组经费账目", "accounting", 1),
)
ON_THEIR_OWN = (
    Line("U01", "other", "自行车棚加装充电桩", "equipment", 12, "pieces", place="C1"),
    Line("U01", "other", "老楼楼道加装扶手", "repair", 24, "pieces", place="C4"),
    Line("U08", "other", "公交站加一个遮雨棚", "equipment", 1, "pieces", place="C5"),
    Line("U01", "other", "垃圾分类亭", "equipment", 9, "pieces"),
    Line("U01", "other", "健身路径加宽", "sports_ground", 1, "pieces", place="C1"),
    Line("U10", "other", "危墙修缮的配套资金", "repair", 1, "pieces", place="C4"),
    Line("U01", "other", "保温层改造", "repair", 2, "pieces", place="C5"),
    Line("U06", "other", "老年食堂选址", "food", 1, "pieces", place="C7"),
    Line("U11", "venue", "家电维修摆摊点", "repair", 1, "places", place="C8"),
    Line("U08", "venue", "通勤车夜间停车位", "transport", 3, "places", place="C5"),
    Line("U03", "venue", "二人台排练厅", "performers", 20, "times"),
    Line("U06", "goods", "自测血压计", "health_check", 3, "pieces", place="C7"),
    Line("U01", "goods", "志愿者马甲", "volunteers", 60, "pieces"),
    Line("U13", "goods", "棋盘与棋子", "company", 10, "sets"),
    Line("U04", "goods", "二手课外活动器材", "sports_ground", 12, "sets", place="C9"),
    Line("U01", "skill", "请懂法的人看物业合同", "law", 1),
    Line("U05", "skill", "请老师带一次科学小实验", "teaching", 1, place="C6"),
    Line("U03", "skill", "展览摄影", "photos", 2),
    Line("U07", "people", "反诈宣传模特", "photos", 4, "people"),
    Line("U12", "people", "读报志愿者", "lecture", 6, "people"),
)  # fmt: skip
#: What residents wish for, and which unit made it true: with an offer where the thing is named.
WISHES = (
    ("下不了楼，想理个发", "haircut", "U11", "C4"),
    ("想请人上门给家里两位老人理发", "haircut", "U11", "C5"),
    ("电视坏了，想要一台能看新闻的", "appliances", "U11", "C3"),
    ("屋里冷，想要一台小电暖器", "appliances", "U11", "C4"),
    ("想照一次全家合影", "photos", "U03", "C1"),
    ("下雪路滑，想请人代买一袋米", "shopping", "U11", "C4"),
    ("想有人陪着下盘棋", "company", "U13", "C2"),
    ("想有人教我用手机视频", "company", "U13", "C6"),
    ("想要一张写作业的小书桌", "furniture", "U10", "C5"),
    ("想要一件过冬的棉衣", "clothing", "U05", "C8"),
    ("想要一套课外读物", "books", "U03", "C9"),
    ("想请车去一趟火车站接孩子", "transport", "U08", "C5"),
    ("厨房水龙头滴水，想请人修一修", "repair", "U09", "C3"),
    ("门厅的灯不亮，想换个灯泡", "repair", "U09", "C4"),
    ("想要一盆能过冬的花", None, "U05", "C6"),
    ("想要一台大字号的收音机", None, "U12", "C2"),
    ("想给孩子过一次生日", None, "U13", "C5"),
    ("想学会包一次饺子给孩子吃", None, "U11", "C8"),
    ("想要一根结实的拐杖", None, "U06", "C7"),
    ("想要一把歇脚的折叠凳", None, "U10", "C2"),
    ("想要一块浴室防滑垫", None, "U12", "C9"),
    ("想看一场二人台", None, "U03", "C1"),
    ("想要一张大字的公交线路图", None, "U08", "C5"),
    ("想要一副老花镜", None, "U12", "C3"),
)
CLAIMED = ("想有人每周读一次报", "company", "U13", "C1")
#: For the clerk to look at: the words tell who it is.
TO_CHECK = ("想拍一张金婚照片", "请和三号楼二单元的白奶奶约时间，照片放大挂在墙上。", "photos", "C1")
