"""What is said when an activity is over: how was it, and what people said."""

from services.notify.domain.defaults.rule import Words, rule

RESULTS = "/activities/{activity_id}/feedback/results"

RULES = [
    rule(
        "feedback_asked",
        "events.feedback_asked.v1",
        [{"field": "person_ids"}],
        "feedback_asked",
        "news",
        channels=["inbox", "web_push", "wecom"],  # it is not worth an e-mail
        thread="activity_id",
        link="/activities/{activity_id}/feedback",
        why={"zh": "您参加了这次活动", "en": "you were there"},
    ),
    rule(
        "feedback_gathered",
        "events.feedback_gathered.v1",
        [{"field": "person_ids"}],
        "feedback_gathered",
        "news",
        condition={"led": [True]},
        thread="activity_id",
        link=RESULTS,
        why={"zh": "您是主讲人或领队", "en": "you spoke or led"},
    ),
    rule(
        "feedback_gathered_unit",
        "events.feedback_gathered.v1",
        [{"unit_officers": "unit_id"}],
        "feedback_gathered",
        "news",
        condition={"led": [False]},
        thread="activity_id",
        link=RESULTS,
        why={"zh": "您单位办了这次活动", "en": "your unit held it"},
    ),
]
TEMPLATES: Words = {
    "feedback_asked": {
        "zh": (
            "怎么样？{title}",
            "谢谢您来参加“{title}”。怎么样？点三下就行，不记名；到 {useless_after} 前都可以说。",
        ),
        "en": (
            "How was it? {title}",
            "Thank you for coming to “{title}”. How was it? Three taps, without your name, until {useless_after}.",
        ),
    },
    "feedback_gathered": {
        "zh": (
            "大家怎么说：{title}",
            "“{title}”有 {answers} 人说了感受。怎么样：好 {overall_good}，一般 {overall_fair}，不好 {overall_poor}；"
            "听得懂、跟得上吗：跟得上 {followed_yes}，有点难 {followed_partly}，跟不上 {followed_no}；"
            "还想再来吗：想 {more_yes}，再看看 {more_maybe}，不想 {more_no}。点开看大家写的话。",
        ),
        "en": (
            "What people said: {title}",
            "{answers} said how “{title}” was. It was good {overall_good}, so-so {overall_fair}, poor {overall_poor}; "
            "followed it: yes {followed_yes}, partly {followed_partly}, no {followed_no}; "
            "more of it: yes {more_yes}, maybe {more_maybe}, no {more_no}. Tap to read their words.",
        ),
    },
}
SMS_CODES: dict[str, str] = {}
