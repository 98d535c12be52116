"""What is said when many hands are needed, and of the weather."""

from services.notify.domain.defaults.rule import Words, rule

RUNG, OVER = "patrol.response_rung.v1", "patrol.response_stood_down.v1"
CHANGED = "patrol.weather_mode_changed.v1"
PAGE = "/responses/{response_id}"
EVERYBODY = [{"audience": "audience"}]
QUIETLY = ["inbox", "web_push", "wecom"]
NEEDED = {"zh": "现在需要人手，您在这一圈里", "en": "hands are needed, and it is your ring's turn"}
COMMON = {"thread": "response_id", "link": PAGE, "needs_answer": True, "why": NEEDED}
OUTSIDE = {"zh": "天气关系到每个人", "en": "the weather concerns everybody"}

RULES = [
    rule(
        "response_pressing",
        RUNG,
        [{"field": "asked_ids"}],
        "response",
        "critical",
        condition={"severity": ["serious", "major"], "drill": [False]},
        **COMMON,
    ),
    rule(
        "response_minor",
        RUNG,
        [{"field": "asked_ids"}],
        "response",
        "duty",
        condition={"severity": ["minor"], "drill": [False]},
        **COMMON,
    ),
    rule("response_drill", RUNG, [{"field": "asked_ids"}], "response", "duty", condition={"drill": [True]}, **COMMON),
    rule(
        "response_over",
        OVER,
        [{"told": "response_id"}],
        "response_over",
        "duty",
        thread="response_id",
        link=PAGE,
        channels=QUIETLY,
        why={"zh": "之前通知过您", "en": "you were told before"},
    ),
    rule(
        "response_review",
        "patrol.response_review_due.v1",
        [{"role": "duty"}],
        "response_review",
        "service",
        thread="response_id",
        link="/desk/responses/{response_id}",
        why={"zh": "每次响应三天内要复盘", "en": "each call is reviewed within three days"},
    ),
    *(
        rule(
            f"weather_{kind}",
            CHANGED,
            EVERYBODY,
            f"weather_{kind}",
            "service",
            condition={"weather": [kind], "mode": ["on"]},
            thread="weather_id",
            why=OUTSIDE,
        )
        for kind in ("cold", "heat", "storm", "air")
    ),
    rule(
        "weather_over",
        CHANGED,
        EVERYBODY,
        "weather_over",
        "service",
        condition={"mode": ["off"]},
        thread="weather_id",
        why=OUTSIDE,
    ),
]
TEMPLATES: Words = {
    "response": {
        "zh": (
            "{drill_mark}{place}：{emergency}，需要人手",
            "{drill_mark}{place} {emergency}。{words} 现在缺：{needed}。请点一下：我去、10 分钟后到，或者去不了。",
        ),
        "en": (
            "{drill_mark}Hands needed: {emergency}, {place}",
            "{drill_mark}{emergency}, {place}. {words} Needed: {needed}. Please tap: I come, in 10 minutes, I cannot.",
        ),
    },
    "response_over": {
        "zh": (
            "{drill_mark}已解除：{place}",
            "{drill_mark}{place}的{emergency}已经解除，不用再去了。{by_name}：{note}",
        ),
        "en": (
            "{drill_mark}Over: {place}",
            "{drill_mark}{emergency}, {place}, is over; nobody need come. {by_name}: {note}",
        ),
    },
    "response_review": {
        "zh": (
            "{drill_mark}请复盘：{place}",
            "{drill_mark}{place}的{emergency}还没有复盘。请在 {until} 前写下经过和要改的地方。",
        ),
        "en": (
            "{drill_mark}To review: {place}",
            "{drill_mark}{emergency}, {place}: please write the review by {until}.",
        ),
    },
    "weather_cold": {
        "zh": (
            "寒潮{level}预警",
            "寒潮来了：{words} 户外巡逻暂停，操场关闭，暖心屋 8:00–22:00 开放，有热水。烧煤取暖请开窗留缝，"
            "头晕恶心马上到室外并拨打 120，谨防一氧化碳中毒。出门防滑，也请看一看身边独居的老人。",
        ),
        "en": (
            "Cold wave ({level})",
            "Cold wave: {words} Outdoor patrols pause, the ground is closed, the warm room is open 8:00–22:00."
            " If you burn coal, leave a window ajar: dizzy or sick? Go outside, call 120."
            " Look after neighbours who live alone.",
        ),
    },
    "weather_heat": {
        "zh": (
            "高温{level}预警",
            "天气很热：{words} 户外巡逻暂停，操场关闭，纳凉点 8:00–22:00 开放，有饮水。中午少出门，多喝水；"
            "有人中暑请扶到阴凉处并拨打 120。",
        ),
        "en": (
            "Heat ({level})",
            "It is hot: {words} Outdoor patrols pause, the ground is closed, the cool room is open 8:00–22:00."
            " Stay in at noon and drink; somebody with a heat stroke belongs in the shade: call 120.",
        ),
    },
    "weather_storm": {
        "zh": (
            "大风暴雨{level}预警",
            "大风暴雨：{words} 户外巡逻暂停，操场关闭，需要避一避可到暖心屋。请收好阳台花盆，关好门窗，"
            "远离广告牌、大树和积水。",
        ),
        "en": (
            "Storm ({level})",
            "Storm: {words} Outdoor patrols pause, the ground is closed, the warm room gives shelter."
            " Take in flower pots, shut windows, keep away from signs, trees and standing water.",
        ),
    },
    "weather_air": {
        "zh": ("空气污染{level}预警", "空气不好：{words} 户外巡逻暂停，操场关闭。请关好门窗，少出门，出门戴口罩。"),
        "en": (
            "Bad air ({level})",
            "Bad air: {words} Outdoor patrols pause, the ground is closed."
            " Keep windows shut, stay in, wear a mask outside.",
        ),
    },
    "weather_over": {
        "zh": ("{weather}解除了", "{weather}已经解除，巡逻和场地恢复正常。谢谢大家互相照应。"),
        "en": (
            "{weather} is over",
            "{weather} is over: patrols and venues are as usual again. Thank you for looking out.",
        ),
    },
}
SMS_CODES: dict[str, str] = {"response": "SMS_ALARM"}
