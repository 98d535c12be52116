"""What is said of needs, offers, claims and wishes. Titles of needs are read by everybody: they name nobody."""

from services.notify.domain.defaults.rule import Words, rule

PAGE, DESK = "/needs/{need_id}", "/desk/needs/{need_id}"
OWNERS = [{"unit_officers": "unit_ids"}, {"field": "person_ids"}]
OFFERING = [{"unit_officers": "offering_unit_ids"}, {"field": "offering_person_ids"}]
NEEDED = {"zh": "这是您或您单位的需求", "en": "you, or your unit, need it"}
TOOK_ON = {"zh": "您或您单位认领了它", "en": "you, or your unit, took it on"}
WISHES_OF_THE_DESK = {"zh": "微心愿由社区干事照看", "en": "clerks look after wishes"}


def _of_need(code: str, topic: str, audience: list[dict], why: dict[str, str], **more) -> dict:
    facts = {"thread": "need_id", "link": PAGE, "why": why} | more
    return rule(code, f"events.{topic}.v1", audience, facts.pop("template", code), "service", **facts)


RULES = [
    _of_need(
        "need_to_check",
        "need_to_check",
        [{"role": "clerk"}],
        {"zh": "干事先看一看再上清单", "en": "clerks look at what comes onto the list"},
        link=DESK,
    ),
    _of_need("need_on_the_list", "need_published", OWNERS, NEEDED),
    _of_need("need_matched", "need_matched", OWNERS, NEEDED),
    _of_need("offer_matched", "need_matched", OFFERING, {"zh": "您的资源可能对得上", "en": "your offer may fit"}),
    _of_need("need_claimed", "need_claimed", OWNERS, NEEDED, condition={"to_accept": [False]}),
    _of_need(
        "wish_claimed",
        "need_claimed",
        [{"role": "clerk"}],
        WISHES_OF_THE_DESK,
        condition={"to_accept": [True]},
        link=DESK,
    ),
    _of_need(
        "asked_to_join",
        "need_claimed",
        [{"unit_officers": "asked_unit_ids"}],
        {"zh": "认领的单位请您单位一起做", "en": "who took it on asks your unit to join"},
    ),
    _of_need("claim_accepted", "claim_accepted", OWNERS, TOOK_ON),
    _of_need("claim_given_back", "claim_given_back", OWNERS, NEEDED),
    _of_need("need_delivered", "need_delivered", OWNERS, NEEDED),
    _of_need(
        "wish_delivered",
        "need_delivered",
        [{"role": "clerk"}],
        WISHES_OF_THE_DESK,
        condition={"wish": [True]},
        link=DESK,
    ),
    _of_need("need_met", "need_closed", OWNERS, TOOK_ON, condition={"outcome": ["met"]}),
    _of_need(
        "need_over",
        "need_closed",
        OWNERS,
        {"zh": "您提出或认领了它", "en": "you need it, or took it on"},
        condition={"outcome": ["closed", "withdrawn"]},
    ),
    _of_need("wish_thanks", "wish_confirmed", OWNERS, TOOK_ON),
    _of_need("need_unmatched", "need_unmatched", OWNERS, NEEDED),
    _of_need(
        "need_for_the_meeting",
        "need_unmatched",
        [{"role": "secretary"}],
        {"zh": "联席会议要议一议", "en": "the joint meeting speaks about it"},
        link="/desk/agenda",
    ),
    _of_need(
        "need_answered",
        "need_answered",
        OWNERS,
        {"zh": "您家支持了这件事，或者是您提出的", "en": "your household supports it, or you need it"},
    ),
]
TEMPLATES: Words = {
    "need_to_check": {
        "zh": ("请看一看：{title}", "有一件事想上需求清单：“{title}”。请看看文字里有没有个人信息，再发布。"),
        "en": (
            "To check: {title}",
            "“{title}” would like to be on the list. Please see that its words tell of nobody.",
        ),
    },
    "need_on_the_list": {
        "zh": ("已上清单：{title}", "“{title}”已经上了需求清单，正在找能帮上忙的单位和邻居。"),
        "en": ("On the list: {title}", "“{title}” is on the list of needs now; we look for those who can help."),
    },
    "need_matched": {
        "zh": ("有人可能帮得上：{title}", "“{title}”找到了 {offers} 个可能对得上的资源，点开看看为什么合适。"),
        "en": ("Somebody may help: {title}", "For “{title}” there are {offers} new offers that may fit. See why."),
    },
    "offer_matched": {
        "zh": (
            "有需求和您的资源对得上：{title}",
            "清单上的“{title}”，您提供的资源可能正合适。愿意的话，点开就能认领。",
        ),
        "en": ("Your offer may fit: {title}", "“{title}” is needed, and your offer may fit. Open this to take it on."),
    },
    "need_claimed": {
        "zh": ("有人认领了：{title}", "“{title}”有人认领了：{who}，数量 {amount}，还差 {left}。"),
        "en": ("Taken on: {title}", "“{title}” was taken on by {who}: {amount}; still missing: {left}."),
    },
    "wish_claimed": {
        "zh": ("有人想帮忙实现心愿：{title}", "{who}想实现心愿“{title}”。请看一看，同意后对方才能看到是谁的心愿。"),
        "en": (
            "For a wish: {title}",
            "{who} would like to fulfil “{title}”. Once you accept, they see whose wish it is.",
        ),
    },
    "asked_to_join": {
        "zh": ("请您单位一起做：{title}", "{who}认领了“{title}”，想请您单位一起做。点开选参加或不参加。"),
        "en": ("Join in: {title}", "{who} took on “{title}” and asks your unit to join. Open this to answer."),
    },
    "claim_accepted": {
        "zh": ("可以开始了：{title}", "请您来实现心愿“{title}”。点开能看到怎么联系，谢谢您。"),
        "en": ("You can begin: {title}", "Please fulfil “{title}”. Open this to see whom to contact. Thank you."),
    },
    "claim_given_back": {
        "zh": ("认领退回：{title}", "{who}不能做“{title}”了，原因：{reason}。这件事又回到清单上，会继续找人。"),
        "en": ("Given back: {title}", "{who} can no longer do “{title}”: {reason}. It is on the list again."),
    },
    "need_delivered": {
        "zh": ("做好了，请您看看：{title}", "“{title}”对方说做好了。请您看一看，是的话点一下确认。"),
        "en": ("Done? {title}", "They say that “{title}” is done. Please look, and confirm if it is so."),
    },
    "wish_delivered": {
        "zh": ("心愿送到了：{title}", "心愿“{title}”已经送到。请把回执单交给居民，或者打电话问一问，由居民本人确认。"),
        "en": (
            "A wish was delivered: {title}",
            "“{title}” was delivered. Hand out the slip, or ring: the resident confirms.",
        ),
    },
    "need_met": {
        "zh": ("确认办好了：{title}", "“{title}”对方确认办好了，谢谢您！"),
        "en": ("Confirmed: {title}", "“{title}” is confirmed. Thank you!"),
    },
    "need_over": {
        "zh": ("不再需要：{title}", "“{title}”{outcome}，不用再准备了。{why_reason}"),
        "en": ("No longer needed: {title}", "“{title}” {outcome}; nothing more is to be done. {why_reason}"),
    },
    "wish_thanks": {
        "zh": ("心愿实现了，谢谢您：{title}", "居民说心愿“{title}”实现了，谢谢您！"),
        "en": ("A wish came true: {title}", "The resident says that “{title}” came true. Thank you!"),
    },
    "need_unmatched": {
        "zh": ("提交联席会议：{title}", "“{title}”两周还没有人认领，已列入联席会议议题，大家一起想办法。"),
        "en": (
            "To the joint meeting: {title}",
            "Nobody took on “{title}” for two weeks; the joint meeting speaks about it.",
        ),
    },
    "need_for_the_meeting": {
        "zh": ("联席会议新议题：{title}", "“{title}”在清单上两周没有人认领，已列入联席会议议题。"),
        "en": ("On the agenda: {title}", "“{title}” found nobody for two weeks and is on the joint meeting's agenda."),
    },
    "need_answered": {
        "zh": ("答复来了：{title}", "“{title}”的答复：{decision}。原因：{reason}"),
        "en": ("Answered: {title}", "“{title}”: {decision}. Why: {reason}"),
    },
}
SMS_CODES: dict[str, str] = {}
